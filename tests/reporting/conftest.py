"""The study of the invented second question and its report, made once: tests that only read them share them."""

from pathlib import Path

import pytest

import mcda
from mcda.files.question.logs import read_logs
from mcda.reporting.study.study import Settings, Study
from mcda.reporting.writers.report import composed

COOLING = Path(__file__).parents[1] / "questions" / "cooling_centre"


@pytest.fixture(scope="session")
def cooling_study():
    """Its study at the best estimates, with its logs."""
    problem = mcda.read_problem(COOLING)
    holders = mcda.read_perspectives(COOLING, problem)
    return Study(problem, holders, Settings(), read_logs(COOLING), COOLING)


@pytest.fixture(scope="session")
def cooling_report(cooling_study):
    """Its report, composed."""
    return composed(cooling_study)
