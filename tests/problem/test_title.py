"""What a question is called: its title, or its name."""

from dataclasses import replace

from mcda import Frame

CELLS = {"A": (10, 30, 20), "B": (40, 90, 80)}


def test_a_question_without_a_title_is_called_by_its_name(make_problem):
    """A title that is given goes first."""
    problem = make_problem(CELLS)
    named = replace(problem, name="heating", frame=Frame())
    assert named.title == "heating"
    assert replace(named, frame=Frame(title="How to heat")).title == "How to heat"
