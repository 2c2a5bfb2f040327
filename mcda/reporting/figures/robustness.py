"""Figures of how the ranking holds over the draws.

They show shares of tested assumptions, never the likelihood of an event.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from mcda.checks.faults import Fault, NotApplicable
from mcda.checks.of_many import SHOWN
from mcda.checks.significant_digits import as_parts, fixed, percent
from mcda.problem.model import Problem
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import (
    INK,
    basis,
    canvas,
    column_names,
    leaf_name,
    option_name,
    plain_name,
    tell,
)
from mcda.reporting.figures.drawing.strips import (
    places,
    row_inches,
    strip,
    strip_inches,
    strip_texts,
)
from mcda.uncertainty.counting.drawn_and_held import nothing_drawn
from mcda.uncertainty.smaa.indices import Acceptability
from mcda.uncertainty.smaa.robustness import Robustness


def rank_acceptability(problem: Problem, robust: Acceptability, axes: Axes | None = None) -> Axes:
    """Draw the share of draws in which each option has each rank.

    A frame holds the ranks of an option from 5% to 95% of the draws.
    """
    _check_drawn(robust)
    shares = robust.rank_acceptability
    order = _by_mean_rank(shares)
    ordered = words.rank_shares(robust, order[:SHOWN])
    with canvas(axes, strip_inches(3.4, shares.shape[1]), 1.8 + row_inches(len(order))) as axes:
        strip(
            axes,
            ordered.to_numpy(),
            _percents(ordered.iloc[:, :SHOWN]),
            _rows(problem, order),
            [str(rank) for rank in shares.columns],
        )
        for row, option in enumerate(order[:SHOWN]):
            _frame(axes, row, robust.rank_intervals.loc[option])
        axes.set_xlabel(
            words.told("rank_acceptability.axis", draws=robust.draws, basis=_basis(robust))
        )
        firsts = words.first_places(robust)[order].sort_values(ascending=False, kind="stable")
        tell(axes, *_acceptability_told(problem, robust, ordered, firsts))
    return axes


def _by_mean_rank(shares: pd.DataFrame) -> list[str]:
    """Return the options in the order of their mean rank.

    The options that come first have the first columns.
    """
    mean = shares.to_numpy() @ np.arange(1, shares.shape[1] + 1) + (
        1 - shares.sum(axis=1).to_numpy()
    ) * len(shares)
    return list(shares.index[np.argsort(mean, kind="stable")])


def _percents(shares: pd.DataFrame) -> np.ndarray:
    """Return shares as whole percent: blank for never, "<1" for what is not nothing."""
    return strip_texts(shares.to_numpy(dtype=float), _percent)


def _percent(share: float) -> str:
    if np.isnan(share):
        return "–"
    return percent(share, unit="") if share else ""


def _frame(axes: Axes, row: int, interval: pd.Series) -> None:
    low = interval["5%"]
    high = interval["95%"]
    if pd.isna(low) or pd.isna(high):
        return
    axes.add_patch(
        Rectangle(
            (low - 1.5, row - 0.5),
            high - low + 1,
            1,
            facecolor="none",
            edgecolor=INK,
            linewidth=1.4,
            zorder=3,
        )
    )


def _rows(problem: Problem, options: list[str]) -> list[str]:
    return [option_name(problem, option) for option in options]


def _basis(robust: Acceptability) -> str:
    """Return what the shares rest on, where it is known: method, weights, seed."""
    if not isinstance(robust, Robustness):
        return words.told("rank_acceptability.given")
    drawn = words.what_was_drawn(robust)
    return words.told(
        "rank_acceptability.basis", drawn=drawn, basis=basis(robust), seed=robust.seed
    )


def _check_drawn(robust: Acceptability) -> None:
    """Refuse to draw shares of draws that are all the same."""
    if isinstance(robust, Robustness) and not robust.drawn:
        raise NotApplicable(
            Fault("shares of draws", "something drawn", nothing_drawn(robust.held_because))
        )


def _acceptability_told(
    problem: Problem, robust: Acceptability, ordered: pd.DataFrame, firsts: pd.Series
) -> tuple[str, str]:
    rival = ""
    if len(firsts) > 1 and firsts.iloc[1] > 0:
        rival = words.told(
            "rank_acceptability.rival",
            option=problem.name_of(str(firsts.index[1])),
            share=_told_percent(firsts.iloc[1]),
        )
    finding = words.told(
        "rank_acceptability.finding",
        option=problem.name_of(str(firsts.index[0])),
        share=_told_percent(firsts.iloc[0]),
        rival=rival,
    )
    parts = words.joined(
        words.told(
            "rank_acceptability.option",
            option=problem.name_of(str(option)),
            share=_told_percent(row[1]),
            ranks=_ranks(robust.rank_intervals.loc[option]),
        )
        for option, row in ordered.iterrows()
    )
    return finding, words.told(
        "rank_acceptability.alternative", draws=robust.draws, basis=_basis(robust), parts=parts
    )


def _told_percent(share: float) -> str:
    return f"{_percent(share)}%" if share else words.told("rank_acceptability.no_share")


def _ranks(interval: pd.Series) -> str:
    if pd.isna(interval["5%"]) or pd.isna(interval["95%"]):
        return words.told("rank_acceptability.tied")
    return words.told("rank_acceptability.ranks", low=interval["5%"], high=interval["95%"])


def pairwise_winning(problem: Problem, robust: Acceptability, axes: Axes | None = None) -> Axes:
    """Draw the share of draws in which the option of the row is ahead of the option of the column.

    Raises InputError where the shares weren't kept, as for very many options.
    """
    _check_drawn(robust)
    if robust.pairwise_winning is None:
        raise NotApplicable(
            Fault(
                "pairwise winning indices",
                "a table",
                "none",
                "they aren't kept for so many options",
            )
        )
    order = _by_mean_rank(robust.rank_acceptability)
    wins = robust.pairwise_winning.loc[order, order].astype(float).copy()
    wins = wins.where(~np.eye(len(order), dtype=bool))
    with canvas(axes, strip_inches(3.4, len(order)), 1.9 + row_inches(len(order))) as axes:
        strip(
            axes,
            wins.to_numpy(),
            _percents(wins),
            _rows(problem, order),
            column_names(problem, order),
        )
        axes.set_xlabel(
            words.told("pairwise_winning.axis", draws=robust.draws, basis=_basis(robust))
        )
        tell(axes, *_winning_told(problem, robust, wins))
    return axes


def _winning_told(problem: Problem, robust: Acceptability, wins: pd.DataFrame) -> tuple[str, str]:
    if len(wins) < 2:
        return words.told("leads.single"), ""
    leader = str(wins.index[0])
    closest = str(wins.loc[leader].idxmin())
    finding = words.told(
        "pairwise_winning.finding",
        option=problem.name_of(leader),
        closest=problem.name_of(closest),
        share=_told_percent(wins.loc[leader, closest]),
    )
    parts = words.told("join.comma").join(
        words.told(
            "pairwise_winning.pair",
            leader=problem.name_of(leader),
            option=problem.name_of(str(option)),
            share=_told_percent(share),
        )
        for option, share in wins.loc[leader].dropna().items()
    )
    return finding, words.told(
        "pairwise_winning.alternative", draws=robust.draws, basis=_basis(robust), parts=parts
    )


def central_weights(problem: Problem, robust: Acceptability, axes: Axes | None = None) -> Axes:
    """Draw the mean weights of the draws in which each option comes first, leaves x options.

    Undefined weights are hatched.
    """
    _check_drawn(robust)
    order = _by_mean_rank(robust.rank_acceptability)
    weights = robust.central_weights.loc[order].T.astype(float)
    down = places([problem.top(str(key)) for key in weights.index])
    most = float(np.nanmax(weights.to_numpy(), initial=0.0)) or 1.0
    weights = weights.apply(lambda column: pd.Series(as_parts(column), column.index))
    texts = np.where(weights.isna(), "–", (100 * weights).map(fixed).to_numpy())
    firsts = words.first_places(robust).loc[order]
    never = words.told("central_weights.never")
    columns = [
        words.told(
            "central_weights.column",
            option=option_name(problem, str(option)),
            share=_percent(share) or never,
        )
        for option, share in firsts.items()
    ]
    with canvas(axes, strip_inches(3.4, len(order)), 2.1 + 0.3 * len(weights)) as axes:
        strip(
            axes,
            weights.to_numpy() / most,
            texts,
            [leaf_name(problem, str(key)) for key in weights.index],
            columns,
            down=down,
        )
        axes.set_xlabel(words.told("central_weights.axis", basis=_basis(robust)))
        tell(axes, *_central_told(problem, robust, weights))
    return axes


def _central_told(
    problem: Problem, robust: Acceptability, weights: pd.DataFrame
) -> tuple[str, str]:
    defined = weights.dropna(axis="columns")
    if defined.empty:
        return words.told("central_weights.none"), ""
    spread = (defined.max(axis=1) - defined.min(axis=1)).sort_values(ascending=False, kind="stable")
    key = str(spread.index[0])
    row = defined.loc[key]
    parted = defined.shape[1] > 1 and spread.iloc[0] >= 0.005
    finding_key = "central_weights.parted" if parted else "central_weights.finding"
    finding = words.told(
        finding_key,
        count=defined.shape[1],
        options=weights.shape[1],
        label=problem.criterion(key).label,
        low=row.min(),
        lowest=problem.name_of(str(row.idxmin())),
        high=row.max(),
        highest=problem.name_of(str(row.idxmax())),
    )
    parts = words.told("join.comma").join(
        words.told(
            "central_weights.option",
            option=problem.name_of(str(option)),
            key=plain_name(problem, str(column.idxmax())),
            share=column.max(),
        )
        for option, column in defined.items()
    )
    return finding, words.told(
        "central_weights.alternative", draws=robust.draws, basis=_basis(robust), parts=parts
    )
