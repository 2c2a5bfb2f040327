"""The notebooks that come with the toolkit, and a reader's own copies of them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from mcda.checks.faults import Fault, InputError
from mcda.reporting.notebooks.parameters import parameters, set_parameters

HERE = Path(__file__).parent
CONFIG = HERE / "jupyter"
INSTALLED = HERE.parents[1] / "notebooks"
CHECKOUT = HERE.parents[2] / "notebooks"
EXPLORER = "06_explore_weights.ipynb"


def notebooks() -> list[Path]:
    """Return the notebooks of the installation or the checkout, in order."""
    folder = INSTALLED if INSTALLED.is_dir() else CHECKOUT
    return sorted(folder.glob("*.ipynb"))


def copied(folder: Path, given: Mapping[str, str]) -> list[Path]:
    """Copy each notebook that a folder doesn't have yet; return the copies.

    They get these parameters where they have them. What is there already is the reader's and stays.
    The copies are trusted, so that what they show is live at once. Raises InputError for a
    parameter that no notebook has.
    """
    import nbformat
    from nbformat.sign import NotebookNotary

    folder.mkdir(parents=True, exist_ok=True)
    made = {
        path.name: nbformat.read(path, as_version=4)
        for path in notebooks()
        if not (folder / path.name).exists()
    }
    known = {name for notebook in made.values() for name in parameters(notebook)}
    unknown = [
        Fault(f"parameter '{name}'", "a parameter of a notebook that is copied", "none")
        for name in given
        if name not in known
    ]
    if unknown:
        raise InputError(*unknown)
    notary = NotebookNotary()
    with closing(notary.store):  # a database, which nobody else closes
        for name, notebook in made.items():
            set_parameters(
                notebook, {key: text for key, text in given.items() if key in parameters(notebook)}
            )
            nbformat.write(notebook, folder / name)
            notary.sign(notebook)
    return [folder / name for name in made]


def first_to_open(folder: Path) -> str:
    """Return the notebook to begin with: the explorer, or the first there is."""
    names = sorted(path.name for path in folder.glob("*.ipynb"))
    if EXPLORER in names:
        return EXPLORER
    return names[0] if names else ""
