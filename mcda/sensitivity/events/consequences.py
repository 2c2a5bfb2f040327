"""Consequences: what events mean for every option, in money and in the units of criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_several
from mcda.checks.faults import Fault, InputError, NotApplicable
from mcda.checks.labels import as_numbers
from mcda.display.html_table import html_table
from mcda.preferences.weighting.stated import Weights, check_holders, check_weights, over_leaves
from mcda.problem.estimates import Drawn
from mcda.problem.events.events import amounts_of, chances_of
from mcda.problem.events.expected_losses import losses_in_money
from mcda.problem.model import Problem
from mcda.problem.screening import check_problem
from mcda.sampling.streams import runs
from mcda.sensitivity.events.bills import Bills, bills_of
from mcda.sensitivity.events.bills_in_states import bills_in_states
from mcda.sensitivity.events.break_evens import break_evens
from mcda.sensitivity.events.frontier import frontier
from mcda.sensitivity.events.implied_losses import implied_losses
from mcda.sensitivity.events.present_costs import present_costs
from mcda.sensitivity.events.risk_profiles import (
    draws_looked_at,
    first_order,
    profile_table,
    profiles_of,
    round_amounts,
)
from mcda.sentences.catalogue import counted, told
from mcda.uncertainty.draws.draws import AT_ONCE, Draws, sample

ENDS = (0.05, 0.95)  # of draws, the ends of a range
SPREAD = ("best", "mean", "low", "high")
BY_LABEL = ("bills", "profiles", "present_costs")  # tables whose rows have names
BY_ROW = ("dominance", "break_evens", "frontier", "implied_losses", "losses", "states")
LOSS_COLUMNS = ("event", "option", "unit", "chance", *SPREAD)


@dataclass(frozen=True, eq=False)
class Consequences:
    """What events mean for every option, as tables.

    Attributes
    ----------
    bills : pandas.DataFrame
        A row for each option: cost (of a year: yearly ones, and those paid once spread over the
        years), expected_loss (of a year: chance times loss), bill (both), all at the best
        estimates; mean, low and high (5% to 95%) of the expected bill over draws; cheapest (in
        what share of draws no other option's expected bill is lower).
    profiles : pandas.DataFrame
        The risk profiles: with what chance the bill of each option (columns) is over an amount
        (rows), when estimates are drawn and events happen or not.
    dominance : pandas.DataFrame
        Pairs in which one option dominates the other in the first order: whatever the amount, its
        bill is over it with no larger chance. Columns dominator, dominated.
    break_evens : pandas.DataFrame
        For each event and pair: the loss from which on the option's expected bill is below that
        of the other, with its side.
    present_costs : pandas.DataFrame
        The net present cost of each option over the years: at the best estimates, and mean, low
        and high over draws. Empty where the question states no estimate "discount_rate".
    frontier : pandas.DataFrame
        For each holder, the value of each option on what isn't cost beside its cost a year, and
        whether any other is worth as much for less. Empty without weights.
    implied_losses : pandas.DataFrame
        For each holder who weighs the chance of an event as a leaf beside a yearly cost: the loss
        at which these weights are fair prices. Empty without weights.
    losses : pandas.DataFrame
        The expected loss of each event and option over the years, in money and in the units of
        criteria, with the chance at the best estimates.
    states : pandas.DataFrame
        The bill of every option where a scenario is in a state that changes some bill, the others
        at rest: columns scenario, label, state, option, cost, expected_loss, bill. Empty without
        scenarios.
    unit : str
        The unit of money; that of bills is this per year.
    years : int
        The horizon.
    draws, seed : int
        How often the estimates were drawn, and where the random numbers start.
    profile_draws : int
        Over how many of these draws, the first ones, profiles and dominance were made: all of them,
        unless many events can turn out in many ways.
    problem : Problem
        The question.
    """

    bills: pd.DataFrame
    profiles: pd.DataFrame
    dominance: pd.DataFrame
    break_evens: pd.DataFrame
    present_costs: pd.DataFrame
    frontier: pd.DataFrame
    implied_losses: pd.DataFrame
    losses: pd.DataFrame
    states: pd.DataFrame
    unit: str
    years: int
    draws: int
    profile_draws: int
    seed: int
    problem: Problem = field(repr=False)

    def _repr_html_(self) -> str:
        about = {"unit": self.unit, "years": self.years, "seed": self.seed}
        draws = counted(self.draws, "draw")
        tables = {
            told("caption.bills", **about, draws=draws): self.bills,
            told("caption.break_evens"): self.break_evens,
            told("caption.profiles"): self.profiles,
        }
        return "\n".join(html_table(table, name) for name, table in tables.items())


def consequences(
    problem: Problem,
    weights: Weights | Mapping[str, Weights] | None = None,
    *,
    n: int = 20_000,
    seed: int = 2025,
    amounts: Sequence[float] | None = None,
) -> Consequences:
    """Return what the events of a question mean for its options.

    An expected bill is what an option costs a year plus chance times loss. Estimates are drawn once
    for all options, as everywhere; whether an event happens is not drawn but counted with its
    chance. Where an option may fail to happen, its bill is the lottery of its own and that of what
    happens otherwise.

    Parameters
    ----------
    problem : Problem
        A question with events.
    weights : Weights or mapping of str to Weights, optional
        One holder's weights, or those of several by name, for the frontier of value against cost
        and the losses that weights imply.
    n : int
        How often the estimates are drawn.
    seed : int
        Of all random numbers.
    amounts : sequence of float, optional
        The amounts of the risk profiles, in money per year; about twenty round ones, if not given.

    Returns
    -------
    Consequences
        The tables.

    Raises
    ------
    InputError
        For weights that don't fit the question, amounts that are no numbers, or chances of events
        of one group above 100 percent together.
    NotApplicable
        For a question without events, or with events in money over different years.

    References
    ----------
    Raiffa (1968), Decision Analysis. Hadar and Russell (1969), Am. Econ. Rev. 59, 25. HM Treasury
    (2022), The Green Book.

    Examples
    --------
    >>> from mcda import Criterion, Estimate, Event, Frame, Loss, Scale
    >>> cost = Criterion("cost", unit="EUR m a year", direction="min", bill="yearly",
    ...     scale=Scale((10.0, 0.0), (0.0, 1.0)))
    >>> numbers = {"cost/WALL": 3, "cost/NONE": 0, "flood/loss": 200}
    >>> numbers |= {"flood/chance/WALL": 5, "flood/chance/NONE": 40}
    >>> estimates = {key: Estimate(key, at, at, at, "percent") for key, at in numbers.items()}
    >>> options = pd.DataFrame({"label": ["Wall", "Nothing"]}, index=["WALL", "NONE"])
    >>> loss = Loss(dict.fromkeys(options.index, "flood/loss"), "EUR m")
    >>> chances = {option: f"flood/chance/{option}" for option in options.index}
    >>> flood = Event("flood", chances, (loss,), years=10)
    >>> asked = Problem("p", Frame(), options, (cost,), estimates, events=(flood,))
    >>> found = consequences(asked, n=10)
    >>> found.bills["bill"].tolist(), found.break_evens["told"].tolist()
    ([4.0, 8.0], ['from 85.8 on'])
    """
    check_problem(problem)
    missing = missing_for_bills(problem)
    if missing is not None:
        raise NotApplicable(missing)
    draws = sample(problem, n, seed)
    stated = None if amounts is None else _checked(amounts)
    shares = _shares(problem, weights)
    at_best = Drawn(problem.estimates, problem.modes)
    best = bills_of(problem, at_best)
    best_present = present_costs(problem, at_best, best)
    best_losses = _expected_losses(problem, at_best)
    drawn, present, losses = _draw_bills(problem, draws, at_best.read)
    looked_at = draws_looked_at(drawn)
    profiles = profiles_of(drawn.first(looked_at), list(problem.options.index))
    looked_up = round_amounts(profiles) if stated is None else stated
    return Consequences(
        bills=_bill_table(problem, best, drawn.expected),
        profiles=profile_table(profiles, looked_up),
        dominance=first_order(profiles),
        break_evens=break_evens(problem, drawn.expected),
        present_costs=_present_table(problem, best_present, present),
        frontier=frontier(problem, shares, best.cost),
        implied_losses=implied_losses(problem, shares),
        losses=_loss_table(problem, best_losses, losses),
        states=bills_in_states(problem),
        unit=losses_in_money(problem.events)[0][1].unit,
        years=best.years,
        draws=draws.n,
        profile_draws=looked_at,
        seed=draws.seed,
        problem=problem,
    )


def missing_for_bills(problem: Problem) -> Fault | None:
    """Return what keeps bills from being made: no event in money, or such events over other years.

    None where nothing does.
    """
    pairs = losses_in_money(problem.events)
    if not pairs:
        remedy = "add the sheet events.csv, as data/README.md says"
        found = "one in the unit of a criterion alone" if problem.events else "none"
        return Fault("events", "an event with a loss in money", found, remedy)
    years = sorted({event.years for event, _ in pairs})
    if len(years) > 1:
        found = ", ".join(map(str, years))
        return Fault("events", "events in money over the same years", found)
    return None


def _checked(amounts: Sequence[float]) -> np.ndarray:
    """Return the amounts of a risk profile; refuse what are no numbers."""
    check_several(amounts, "amounts", "a list of amounts", "such as [50, 100]")
    numbers = as_numbers(list(amounts), lambda at: f"amount {at[0] + 1}")
    if numbers.ndim != 1 or not len(numbers):
        raise InputError(Fault("amounts", "a list of amounts", f"{len(numbers)}", "such as [50]"))
    return numbers


def _shares(
    problem: Problem, weights: Weights | Mapping[str, Weights] | None
) -> dict[str, np.ndarray]:
    """Return the leaf weights of each holder, over what is weighed; none without holders."""
    if weights is None:
        return {}
    if isinstance(weights, Mapping):
        check_holders(weights)
        holders = dict(weights)
    else:
        check_weights(weights)
        holders = {weights.holder: weights}
    keys = [leaf.key for leaf in problem.weighed]
    return {
        holder: over_leaves(problem, each).values[keys].to_numpy(float)
        for holder, each in holders.items()
    }


def _bill_table(problem: Problem, best: Bills, expected: np.ndarray) -> pd.DataFrame:
    """Return the bills of all options, with their range over draws (n, m)."""
    cheapest = expected <= expected.min(axis=1, keepdims=True)
    columns = {
        "cost": best.cost,
        "expected_loss": best.expected_loss,
        "bill": best.expected,
        **_over_draws(expected),
        "cheapest": cheapest.mean(axis=0),
    }
    return pd.DataFrame(columns, index=problem.options.index).rename_axis("option")


def _over_draws(numbers: np.ndarray) -> dict[str, np.ndarray]:
    """Return mean, low and high over draws of numbers (n, m)."""
    low, high = np.quantile(numbers, ENDS, axis=0)
    return {"mean": numbers.mean(axis=0), "low": low, "high": high}


def _draw_bills(
    problem: Problem, draws: Draws, read: set[str]
) -> tuple[Bills, np.ndarray | None, list[list[np.ndarray]]]:
    """Return bills, net present costs and losses (n, m) over draws, made a part at a time.

    The losses are in the order of events and of what each has. read: the estimates behind all
    these, which alone are drawn.
    """
    drawing = draws.drawing.only(read)
    names = Drawn(drawing.estimates, np.zeros(len(drawing.estimates)))
    bills: list[Bills] = []
    present: list[np.ndarray] = []
    losses: list[list[np.ndarray]] = []
    for first, count in runs(0, draws.n, AT_ONCE):
        drawn = names.over(drawing.numbers(first, count).T)
        bills.append(bills_of(problem, drawn))
        costs = present_costs(problem, drawn, bills[-1])
        present += [] if costs is None else [costs]
        losses.append(_expected_losses(problem, drawn))
    whole = np.concatenate(present) if present else None
    return Bills.joined(bills), whole, losses


def _expected_losses(problem: Problem, drawn: Drawn) -> list[np.ndarray]:
    """Return chance times loss (..., m) of each loss of each event, over its years."""
    shape = (*drawn.draws, len(problem.options))
    rows = []
    for event in problem.events:
        chance = chances_of(problem, drawn, event)
        for loss in event.losses:
            rows.append(np.broadcast_to(chance * amounts_of(problem, drawn, loss), shape))
    return rows


def _present_table(
    problem: Problem, best: np.ndarray | None, drawn: np.ndarray | None
) -> pd.DataFrame:
    """Return the net present cost of all options; empty where no discount rate is stated."""
    if best is None or drawn is None:
        return pd.DataFrame(columns=list(SPREAD)).rename_axis("option")
    table = pd.DataFrame({"best": best, **_over_draws(drawn)}, index=problem.options.index)
    return table.rename_axis("option")


def _loss_table(
    problem: Problem, stated: list[np.ndarray], drawn: list[list[np.ndarray]]
) -> pd.DataFrame:
    """Return the expected loss of each event and option over its years, whatever its unit."""
    best = Drawn(problem.estimates, problem.modes)
    about = [(event, loss) for event in problem.events for loss in event.losses]
    rows = []
    for at, (event, loss) in enumerate(about):
        chance = chances_of(problem, best, event)
        spread = _over_draws(np.concatenate([part[at] for part in drawn]))
        for row, option in enumerate(problem.options.index):
            over = [spread[name][row] for name in SPREAD[1:]]
            rows.append((event.key, option, loss.unit, chance[row], stated[at][row], *over))
    return pd.DataFrame(rows, columns=list(LOSS_COLUMNS))
