"""Small questions whose values are their performances: leaves from 0 to 1, and one with heads."""

import numpy as np
import pandas as pd
import pytest

from mcda.problem.estimates import Estimate
from mcda.problem.model import Criterion, Frame, Problem
from mcda.problem.value_scales import Scale


def plain_problem(values, heads=None, local=None):
    """A question of values (m, n) from 0 to 1 on leaves c1, c2, ...; heads: by leaf, its head."""
    heads = heads or {}
    scale = Scale(anchors=(0.0, 1.0), worth=(0.0, 1.0))
    keys = [f"c{at + 1}" for at in range(values.shape[1])]
    criteria = [Criterion(head) for head in dict.fromkeys(heads.values())]
    for key in keys:
        criteria.append(Criterion(key, heads.get(key, ""), direction="max", scale=scale))
    names = [f"o{at + 1}" for at in range(len(values))]
    cells = {}
    for option, row in zip(names, values, strict=True):
        for key, value in zip(keys, row, strict=True):
            cells[f"{key}/{option}"] = Estimate(f"{key}/{option}", value, value, value)
    tables = {}
    if local:
        tables["criteria"] = pd.DataFrame({"local_weight": local})
    options = pd.DataFrame({"label": names}, index=names)
    return Problem("small", Frame(), options, tuple(criteria), cells, tables=tables)


@pytest.fixture(scope="session")
def random_problem():
    """A question of random values, by its seed and its size."""

    def made(seed, options=4, leaves=3):
        return plain_problem(np.random.default_rng(seed).uniform(size=(options, leaves)))

    return made
