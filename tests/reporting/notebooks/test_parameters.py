"""Parameters of a notebook: found in their tagged cell, set by name, of the kind they are."""

import nbformat
import pytest

from mcda import InputError
from mcda.reporting.notebooks.execute import settings
from mcda.reporting.notebooks.parameters import parameters, set_parameters

SOURCE = """# what a reader may change
holder = "Kýiv"  # whose weights
seed = 2025
share = 0.5; draws = 300
both = seed + 1
flag = True"""


@pytest.fixture
def notebook():
    """A notebook with a cell of parameters between two others."""
    tagged = nbformat.v4.new_code_cell(SOURCE, metadata={"tags": ["parameters"]})
    cells = [
        nbformat.v4.new_markdown_cell("# Title"),
        tagged,
        nbformat.v4.new_code_cell("holder = 'other'"),
    ]
    return nbformat.v4.new_notebook(cells=cells)


def test_plain_values_are_parameters(notebook):
    """Text, whole numbers, numbers; nothing that is computed."""
    assert parameters(notebook) == {"holder": "Kýiv", "seed": 2025, "share": 0.5, "draws": 300}
    assert parameters(nbformat.v4.new_notebook()) == {}


def test_they_are_set_where_they_stand(notebook):
    """Comments stay, other cells too; text is written so that it stays text."""
    hostile = """x"; import os; os.abort() #"""
    set_parameters(notebook, {"holder": hostile, "draws": "500", "share": "1e-3"})
    assert parameters(notebook) == {"holder": hostile, "seed": 2025, "share": 0.001, "draws": 500}
    assert "  # whose weights" in notebook.cells[1].source
    assert notebook.cells[2].source == "holder = 'other'"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"seeds": "1"},
            "parameter 'seeds': expected one of 'holder', 'seed', 'share', 'draws', found no such parameter",
        ),
        ({"seed": "1.5"}, "parameter 'seed': expected a whole number, found '1.5'"),
        ({"share": "half"}, "parameter 'share': expected a number, found 'half'"),
    ],
)
def test_what_does_not_fit_is_refused(notebook, given, message):
    """By name; nothing is set."""
    with pytest.raises(InputError, match=message):
        set_parameters(notebook, {"holder": "Paris", **given})
    assert notebook.cells[1].source == SOURCE


def test_settings_of_a_command():
    """NAME=VALUE, the value as it stands."""
    assert settings(["holder=A = B", "seed=0"]) == {"holder": "A = B", "seed": "0"}
    with pytest.raises(InputError, match="parameter 'holder': expected NAME=VALUE, found no '='"):
        settings(["holder"])
