"""Each notebook is committed with the outputs that a clean kernel gives, and tells what the results say."""

import re
from pathlib import Path

import nbformat
import pytest

from mcda.reporting.notebooks.execute import LIVE, as_page, executed, main, tidied
from mcda.reporting.notebooks.parameters import parameters
from mcda.reporting.panels.panel import PARTS, module, policy

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.slow


def shown(notebook):
    """What a reader sees of each code cell, without the shapes of figures (other font versions draw other curves)."""
    return [
        [(output.output_type, plain(output)) for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def plain(output):
    """An output as a reader has it: a figure is its alternative text."""
    data = output.get("data", {})
    told = (
        data.get("text/html") or data.get("text/markdown") or data.get("text/plain") or str(output)
    )
    return re.sub(r'<img src="data:[^"]*"', "<img", told)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_fresh(path):
    """A clean kernel gives the outputs that are committed; no cell fails or warns."""
    committed = nbformat.read(path, as_version=4)
    again = executed(path)
    assert [cell.source for cell in again.cells] == [cell.source for cell in committed.cells]
    assert shown(again) == shown(committed)
    assert {output.output_type for cell in again.cells for output in cell.get("outputs", [])} <= {
        "execute_result"
    }


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_loads_nothing(path):
    """No address that a browser would fetch."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|iframe|img)[^>]+https?://", text)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_as_a_page_it_runs_our_panels_alone_and_hides_its_code(path):
    """Tables, figures and texts for a reader who knows no code; a script is one of ours, named by its hash."""
    page = as_page(nbformat.read(path, as_version=4), "A brief")
    scripts = re.findall(r'<script type="module">(.*?)</script>', page, re.S)
    kinds = [kind for kind in PARTS if f'data-mcda="{kind}"' in page]
    assert scripts == [module(kind) for kind in kinds]
    assert all(policy(kind) in re.search(r"script-src[^\"]*", page).group(0) for kind in kinds)
    assert kinds or "script-src 'none'" in page
    assert page.count("<script") == 2 * len(kinds)
    assert "default-src 'none'" in page
    assert "import mcda" not in page


def test_the_brief_says_what_it_does_not_say():
    """Limits are part of the story."""
    page = as_page(nbformat.read(NOTEBOOKS[0], as_version=4), "A brief")
    assert "What the ranking does not say" in page


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_small_and_without_noise(path):
    """Under 1.6 MB; no times, no kernel's details, no widget that died with its kernel; parameters in one cell."""
    assert path.stat().st_size < 1_600_000
    notebook = nbformat.read(path, as_version=4)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert [cell.id for cell in notebook.cells] == [
        f"cell-{at:02d}" for at in range(len(notebook.cells))
    ]
    assert sum("parameters" in cell.metadata.get("tags", ()) for cell in notebook.cells) == 1
    assert {"question", "holder"} <= set(parameters(notebook))
    assert not any(
        LIVE in output.get("data", {})
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )


def test_parameters_are_set_and_the_notebook_is_kept_as_it_was(tmp_path, capsys):
    """Another holder, all the way through to what is shown; its page beside it, what was run untouched."""
    path = next(path for path in NOTEBOOKS if "explore_weights" in path.name)
    before = path.read_bytes()
    assert main([str(path), "--out", str(tmp_path), "--set", "holder=Berlin"]) == 0
    assert path.read_bytes() == before
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".html", ".ipynb"]
    assert str(tmp_path) in capsys.readouterr().out
    again = nbformat.read(tmp_path / path.name, as_version=4)
    assert parameters(again)["holder"] == "Berlin"
    assert "weights of Berlin" in str([cell.get("outputs") for cell in again.cells])


def test_a_parameter_that_is_not_there_is_told_on_the_command_line(tmp_path, capsys):
    """Without a traceback, and before anything is run."""
    path = next(path for path in NOTEBOOKS if "explore_weights" in path.name)
    assert main([str(path), "--out", str(tmp_path / "out"), "--set", "holders=Berlin"]) == 1
    assert "parameter 'holders': expected one of 'question', 'holder'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_cell_that_fails_is_an_error(tmp_path):
    """Nothing is written half."""
    broken = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    nbformat.write(broken, tmp_path / "broken.ipynb")
    with pytest.raises(Exception, match="ZeroDivisionError"):
        main([str(tmp_path / "broken.ipynb"), "--out", str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()


def test_a_slow_machine_leaves_no_place_of_its_progress():
    """What is shown doesn't hang on how long a run took: the line that was cleared is gone, other outputs stay."""
    cleared = nbformat.v4.new_output("display_data", {"text/plain": ""}, metadata={})
    found = nbformat.v4.new_output("execute_result", {"text/plain": "1"}, metadata={})
    cell = nbformat.v4.new_code_cell("mcda.robustness(...)", outputs=[cleared, found])
    assert tidied(nbformat.v4.new_notebook(cells=[cell])).cells[0].outputs == [found]


def test_what_has_a_richer_form_has_no_plain_one():
    """The plain form of a result names places in memory: it differs from run to run, and nobody is shown it."""
    both = {"text/html": "<p>1</p>", "text/plain": "<object at 0x7f>"}
    found = nbformat.v4.new_output("execute_result", both, metadata={})
    cell = nbformat.v4.new_code_cell("found", outputs=[found])
    (left,) = tidied(nbformat.v4.new_notebook(cells=[cell])).cells[0].outputs
    assert left.data == {"text/html": "<p>1</p>"}
    for path in NOTEBOOKS:
        assert " at 0x" not in path.read_text(encoding="utf-8"), path.name
