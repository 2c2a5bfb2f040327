"""Every command runs on the flattest questions that the reader accepts, and every notebook on the worst of them."""

import ast
import json

import nbformat
import pytest

import mcda
from mcda.cli import main
from mcda.reporting.notebooks.notebook_folder import notebooks
from mcda.reporting.notebooks.parameters import parameters, set_parameters

from .conftest import QUESTIONS

pytestmark = pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
DRAWN = ["--draws", "40"]
QUICK = {
    "check": [],
    "rank": [],
    "rank one": ["--method", "vikor"],
    "weights": [],
    "robust": DRAWN,
    "robust anyone": ["--any-weights", *DRAWN],
}
# reports draw every picture: each of these holds several of the others
REPORTED = ["all at once", "equal points of nobody", "one leaf", "floor one passes"]
WORST = ["the one option fails", "equal points of nobody", "one leaf"]


def ran(capsys, *words):
    """What a command printed; it ended well."""
    status = main([str(word) for word in words])
    told = capsys.readouterr()
    assert status == 0, told.err
    assert "Traceback" not in told.err
    return told.out


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_read_at_a_terminal(name, written, capsys):
    """Check, rank, weights and robust end well, and each prints one document when asked for it."""
    question = written(name)
    for command, settings in QUICK.items():
        word = command.split()[0]
        assert ran(capsys, word, question, *settings).strip()
        assert json.loads(ran(capsys, word, question, *settings, "--json"))


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name not in ("301 options",)])
def test_what_would_change_it(name, written, capsys):
    """The challenge of the first holder, or of equal weights where there is none."""
    found = json.loads(ran(capsys, "challenge", written(name), "--json", *DRAWN))
    assert not found["failed"] and found["leaders"]


@pytest.mark.parametrize("name", REPORTED)
def test_a_report_is_made_signed_and_verified(name, written, tmp_path, capsys):
    """As a page; with what changed since another version, and signed."""
    question, out = written(name), tmp_path / "out"
    asked = ("report", question, "--to", "html", "--out", out, *DRAWN)
    ran(capsys, *asked)
    sign = ("--state", "assured", "--signed-by", "O. Colleague", "--report", out)
    ran(capsys, "log", question, "signoffs", *sign)
    ran(capsys, *asked, "--since", question)
    assert "assured" in (out / "report.html").read_text(encoding="utf-8")
    assert "verified: files, manifest" in ran(capsys, "verify", out)


def test_the_worst_in_every_format(written, tmp_path, capsys):
    """One option on one leaf, points, nobody's weights: a page, a PDF, a Word file, and the figures."""
    question, out = written("all at once"), tmp_path / "out"
    ran(capsys, "report", question, "--to", "html,pdf,docx", "--out", out, *DRAWN)
    assert {"report.html", "report.pdf", "report.docx"} <= {path.name for path in out.iterdir()}
    ran(capsys, "figures", question, "--out", tmp_path / "drawn", *DRAWN)
    assert (tmp_path / "drawn" / "gallery.md").is_file()


def test_a_report_of_300_options_and_more(written):
    """Its sentences do without the table of pairs, which isn't kept for so many."""
    problem, holders = mcda.open_question(written("301 options"))
    draws = mcda.sample(problem, 40, seed=1)
    robust = mcda.robustness(draws, holders["Ann"], "topsis")
    assert robust.pairwise_winning is None or robust.pairwise_winning.shape == (301, 301)


def run_cells(path, given):
    """Run the code cells of a notebook in this process and show what each gives."""
    notebook = nbformat.read(path, as_version=4)
    held = parameters(notebook)
    set_parameters(notebook, {key: text for key, text in given.items() if key in held})
    space = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            tree = ast.parse(cell.source)
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, path.name, "exec"), space)  # noqa: S102
            if last is not None:
                code = compile(ast.Expression(last.value), path.name, "eval")
                yield shown(eval(code, space))  # noqa: S307


def shown(result):
    """A result as a notebook shows it."""
    for way in ("_repr_mimebundle_", "_repr_html_", "_repr_markdown_"):
        told = getattr(result, way, None)
        if told is not None:
            return told()
    return repr(result)


@pytest.mark.parametrize("name", WORST)
def test_every_notebook_runs(name, written):
    """With the first holder, from the path of the question; each cell shows something."""
    given = {"question": str(written(name)), "holder": "", "start": "", "draws": "40", "n": "40"}
    for path in notebooks():
        assert all(run_cells(path, given))
