"""Net present cost: costs and expected losses over the horizon, discounted, with optimism bias."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from mcda.problem.chances import certain
from mcda.problem.estimates import Drawn, Estimate
from mcda.problem.events.expected_losses import DISCOUNT_RATE, OPTIMISM_BIAS
from mcda.problem.model import Problem
from mcda.sensitivity.events.bills import Bills

LATER = re.compile(rf"{DISCOUNT_RATE}/(\d+)")


def discount_factors(rates: Mapping[int, np.ndarray | float], years: int) -> np.ndarray:
    """Return what one paid after 0, 1, ... years is worth today, (..., years + 1).

    rates: shares of 1 by the first year that each holds for.

    >>> green_book = discount_factors({1: 0.035, 31: 0.03}, 75)
    >>> green_book[[10, 30, 31]].round(4).tolist()
    [0.7089, 0.3563, 0.3459]
    """
    starts = sorted(rates)
    of_years = []
    for year in range(1, years + 1):
        start = [first for first in starts if first <= year][-1]
        of_years.append(1.0 + np.asarray(rates[start], dtype=float))
    shape = np.broadcast_shapes(*(of_year.shape for of_year in of_years))
    first = np.ones((*shape, 1))
    rest = [np.broadcast_to(of_year, shape)[..., None] for of_year in of_years]
    return 1.0 / np.cumprod(np.concatenate([first, *rest], axis=-1), axis=-1)


def present_costs(asked: Problem, drawn: Drawn, bills: Bills) -> np.ndarray | None:
    """Return the net present cost of every option, (..., m); None where no discount rate is stated.

    What is paid once is paid now; yearly costs and the expected loss come at the end of each year
    of the horizon. The estimate "discount_rate" holds from the first year on, "discount_rate/31"
    from year 31 on; costs (not losses) grow by the estimate "optimism_bias", or an option's own
    "optimism_bias/OPTION".
    """
    problem = asked.whole
    if DISCOUNT_RATE not in problem.estimates:
        return None
    rates = {start: share(problem, drawn, key) for start, key in rate_keys(problem).items()}
    later = discount_factors(rates, bills.years)[..., 1:].sum(axis=-1)[..., None]
    grown = 1.0 + _bias(problem, drawn)
    paid = bills.lottery(grown * (bills.once + bills.yearly * later))
    return np.asarray(paid + bills.expected_loss * later)


def rate_keys(problem: Problem) -> dict[int, str]:
    """Return the estimates of the discount rate, by the first year that each holds for."""
    keys = {1: DISCOUNT_RATE} if DISCOUNT_RATE in problem.estimates else {}
    for key in problem.estimates:
        year = LATER.fullmatch(key)
        if year:
            keys[int(year[1])] = key
    return keys


def bias_keys(problem: Problem) -> dict[str, str]:
    """Return the estimate of the optimism bias of each option that has one, by option."""
    keys = {}
    for option in problem.options.index:
        for key in (f"{OPTIMISM_BIAS}/{option}", OPTIMISM_BIAS):
            if key in problem.estimates:
                keys[str(option)] = key
                break
    return keys


def _bias(problem: Problem, drawn: Drawn) -> np.ndarray:
    """Return by what share the costs of each option grow, (..., m): 0 where no bias is stated."""
    keys = bias_keys(problem)
    columns = [
        share(problem, drawn, keys[option]) if option in keys else np.float64(0.0)
        for option in problem.options.index
    ]
    return np.stack(np.broadcast_arrays(*columns), axis=-1)


def share(problem: Problem, drawn: Drawn, key: str) -> np.ndarray:
    """Return an estimate as a share of 1, (...): its unit says whether it is in percent."""
    estimate: Estimate = problem.estimates[key]
    return np.asarray(drawn.along(key) / certain(estimate))
