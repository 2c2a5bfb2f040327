"""Expected bills in other futures: what a state of a scenario does to costs and to chances of events."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from mcda.problem.estimates import Drawn
from mcda.problem.model import Problem
from mcda.sensitivity.events.bills import bills_of
from mcda.sensitivity.scenarios.scenarios import futures, has_scenarios

COLUMNS = ("scenario", "label", "state", "option", "cost", "expected_loss", "bill")
NOISE = 1e-9  # relative: bills that differ by less are equal


def bills_in_states(problem: Problem) -> pd.DataFrame:
    """Return the bills at the best estimates where one scenario is in a state, the others at rest.

    A state acts on what leaves hold: costs, the chance of an event, the chance that an option comes
    about; all effects are at their modes. Only states in which some bill is another have rows.
    Columns: scenario, label, state, option, cost, expected_loss and bill, of a year.
    """
    if not has_scenarios(problem):
        return pd.DataFrame(columns=list(COLUMNS))
    made = futures(problem)
    best = Drawn(problem.estimates, problem.modes)
    rest = bills_of(problem, best).expected
    once = best.over(problem.modes[None])
    rows = []
    for at, scenario in enumerate(made.scenarios):
        for which, state in enumerate(scenario.states):
            future = np.array([made.reference])
            future[0, at] = which
            bills = bills_of(problem, once, partial(made.changed, future, None))
            parts = (bills.cost[0], bills.expected_loss[0], bills.expected[0])
            if (np.abs(parts[-1] - rest) > NOISE * np.abs(rest).max()).any():
                for option, *amounts in zip(problem.options.index, *parts, strict=True):
                    rows.append((scenario.key, scenario.label, state.name, option, *amounts))
    return pd.DataFrame(rows, columns=list(COLUMNS))
