"""What a notebook types holds for any question; what is so of one question is computed from its data."""

import re
from pathlib import Path

import nbformat
import pytest

import mcda
from mcda.reporting.notebooks.parameters import parameters

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_text_types_a_fact_of_the_data(path):
    """Neither the question's title, nor whether its holders were asked."""
    notebook = nbformat.read(path, as_version=4)
    problem, _ = mcda.open_question(parameters(notebook)["question"])
    typed = re.compile(f"nobody was asked|one analyst|{re.escape(problem.frame.title)}", re.I)
    assert not [
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and typed.search(cell.source)
    ]
