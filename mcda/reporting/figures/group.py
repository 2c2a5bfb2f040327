"""Figure of a group's weights: every member stays visible beside what the group makes of them."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes

from mcda.preferences.hierarchies.group import Group
from mcda.reporting import language as words
from mcda.reporting.figures.drawing.canvas import (
    ACROSS,
    BLUE,
    CLEAR,
    GREY,
    INK,
    ORANGE,
    RULE,
    SMALL,
    canvas,
    shortened,
    tell,
)


def members_weights(group: Group, labels: Mapping[str, str], axes: Axes | None = None) -> Axes:
    """Draw the weight of each criterion for every member as a dot, for the group as a diamond.

    There is a row for each criterion, and the two members furthest apart are named. labels:
    criterion -> the name to show.
    """
    spread = group.spread
    with canvas(axes, ACROSS, 1.6 + 0.62 * len(spread)) as axes:
        for row, key in enumerate(spread.index):
            low = 100 * spread.loc[key, "lowest"]
            high = 100 * spread.loc[key, "highest"]
            axes.plot([low, high], [row, row], color=RULE, linewidth=2, zorder=1)
            axes.scatter(
                100 * group.members[key],
                [row] * len(group.members),
                s=34,
                color=BLUE,
                alpha=0.65,
                zorder=2,
            )
            axes.scatter(
                [100 * group.priorities[key]],
                [row],
                s=74,
                marker="D",
                color=ORANGE,
                edgecolor=INK,
                zorder=3,
            )
            for at, end, side in ((low, "lowest", "left"), (high, "highest", "right")):
                axes.text(
                    at,
                    row + 0.3,
                    shortened(spread.loc[key, f"{end} for"], 30),
                    ha=side,
                    va="center",
                    fontsize=SMALL,
                    color=GREY,
                    bbox=CLEAR,
                )
        axes.set_yticks(range(len(spread)), [shortened(labels[key]) for key in spread.index])
        axes.set_ylim(len(spread) - 0.4, -0.5)
        axes.set_xlim(left=0)
        axes.set_xlabel(words.told("members_weights.axis"))
        tell(axes, *_texts(group, labels))
    return axes


def _texts(group: Group, labels: Mapping[str, str]) -> tuple[str, str]:
    spread = group.spread
    widest = (spread["highest"] - spread["lowest"]).idxmax()
    row = spread.loc[widest]
    finding = words.told(
        "members_weights.finding",
        label=labels[widest],
        low=row["lowest"],
        low_who=row["lowest for"],
        high=row["highest"],
        high_who=row["highest for"],
    )
    each = words.joined(
        words.told(
            "members_weights.criterion",
            label=labels[key],
            low=ends["lowest"],
            high=ends["highest"],
            group=group.priorities[key],
        )
        for key, ends in spread.iterrows()
    )
    return finding, words.told(
        "members_weights.alternative", members=len(group.members), parts=each
    )
