"""`mcda lab`: the reader's own copies of the notebooks, and JupyterLab on this machine alone."""

import json
from contextlib import closing

import nbformat
import pytest

from mcda.cli import main
from mcda.commands.serving.lab import command, environment
from mcda.reporting.notebooks.notebook_folder import CONFIG, notebooks
from mcda.reporting.notebooks.parameters import parameters


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Signatures of trusted notebooks go nowhere near the user's."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))


def test_notebooks_are_copied_once(tmp_path, capsys):
    """A copy that the reader changed is never touched again."""
    folder = tmp_path / "mine"
    assert main(["lab", str(folder), "--copy-only"]) == 0
    names = [path.name for path in notebooks()]
    assert sorted(path.name for path in folder.iterdir()) == names
    (folder / names[0]).write_text("mine")
    capsys.readouterr()
    assert main(["lab", str(folder), "--copy-only"]) == 0
    assert capsys.readouterr().out == ""
    assert (folder / names[0]).read_text() == "mine"


def test_copies_are_trusted_and_take_parameters(tmp_path):
    """What is shown is live at once; each notebook takes the parameters that it has."""
    from nbformat.sign import NotebookNotary

    assert main(["lab", str(tmp_path / "mine"), "--copy-only", "--set", "holder=Kyiv"]) == 0
    notary = NotebookNotary()
    with closing(notary.store):
        for path in (tmp_path / "mine").iterdir():
            notebook = nbformat.read(path, as_version=4)
            assert parameters(notebook)["holder"] == "Kyiv"
            assert notary.check_signature(notebook)


def test_a_parameter_that_no_notebook_has_is_told(tmp_path, capsys):
    """Before anything is written."""
    assert main(["lab", str(tmp_path / "mine"), "--copy-only", "--set", "holders=Kyiv"]) == 1
    assert (
        "parameter 'holders': expected a parameter of a notebook that is copied"
        in capsys.readouterr().err
    )
    assert list((tmp_path / "mine").iterdir()) == []


def test_it_opens_the_explorer_on_this_machine_alone(tmp_path):
    """Loopback, the folder and nothing above it; no question about news."""
    main(["lab", str(tmp_path), "--copy-only"])
    start = command(tmp_path, no_browser=True)
    assert "--ip=127.0.0.1" in start and "--no-browser" in start
    assert f"--ServerApp.root_dir={tmp_path}" in start
    assert "--LabApp.default_url=/lab/tree/06_explore_weights.ipynb" in start
    assert environment()["JUPYTER_CONFIG_PATH"].startswith(str(CONFIG))
    page = json.loads((CONFIG / "labconfig" / "page_config.json").read_text())
    assert page["disabledExtensions"] == {"@jupyterlab/apputils-extension:announcements": True}


def test_a_question_is_named_from_where_the_reader_is(tmp_path, monkeypatch):
    """The copies find it from their own folder, and start with its first holder."""
    from mcda.files.question.new_question import new_question

    monkeypatch.chdir(tmp_path)
    new_question("heating.xlsx")
    assert main(["lab", "mine", "--copy-only", "--set", "question=heating.xlsx"]) == 0
    held = parameters(nbformat.read(tmp_path / "mine" / "01_decision_brief.ipynb", as_version=4))
    assert held == {"question": "../heating.xlsx", "holder": ""}
    assert main(["lab", "other", "--copy-only", "--set", "question=ukraine_force"]) == 0
    held = parameters(nbformat.read(tmp_path / "other" / "01_decision_brief.ipynb", as_version=4))
    assert held == {"question": "ukraine_force", "holder": ""}


def test_a_question_that_is_nowhere_is_told_before_anything_is_copied(tmp_path, capsys):
    """With the place that was named, and no notebook half written."""
    asked = ["lab", str(tmp_path / "mine"), "--copy-only", "--set", "question=nowhere"]
    assert main(asked) == 1
    assert "question 'nowhere': expected a folder, a workbook" in capsys.readouterr().err
    assert not (tmp_path / "mine").exists()
