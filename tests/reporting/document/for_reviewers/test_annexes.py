"""Annexes of a report, for every method that may lead it."""

import pytest

from mcda.methods.method import every_method
from mcda.reporting import language as words
from mcda.reporting.document.for_reviewers.annexes import method_statement
from mcda.reporting.study.study import Settings, Study

# how a statement says that a score hangs on the other options
COMPARES = ("turn the order of others", "compare options with each other", "change the list")


@pytest.mark.parametrize("method", every_method(), ids=lambda method: method.name)
def test_every_method_has_a_statement(method):
    """The statement is of the method itself: one that reads numbers as they stand says so."""
    statement = words.method_statement(method)
    assert ("numbers as they stand" in statement) is not method.reads_values
    compares = any(text in statement for text in COMPARES)
    assert compares is not method.own_row


def test_each_method_of_a_run_is_stated(cooling_question):
    """The methods of the run and the one that leads it, each once."""
    problem, holders = cooling_question
    stated = str(method_statement(Study(problem, holders, Settings(method="electre1"))))
    assert stated.count("Weighted mean of the values") == stated.count("A short list") == 1
