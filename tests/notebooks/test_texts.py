"""What a notebook types holds for any question; what is so of one question is computed from its data."""

import re
from functools import cache
from pathlib import Path

import nbformat
import pytest

import mcda
from mcda.reporting.notebooks.parameters import parameters

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@cache
def title(question):
    """The title of a question, which several notebooks tell of."""
    return mcda.open_question(question)[0].frame.title


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_text_types_a_fact_of_the_data(path):
    """Neither the question's title, nor whether its holders were asked."""
    notebook = nbformat.read(path, as_version=4)
    own = re.escape(title(parameters(notebook)["question"]))
    typed = re.compile(f"nobody was asked|one analyst|{own}", re.I)
    assert not [
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and typed.search(cell.source)
    ]
