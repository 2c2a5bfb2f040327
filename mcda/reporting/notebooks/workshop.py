"""The tables and texts of an AHP workshop, for a reader in a notebook.

They go from judgement sheets to weights, in words.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from mcda.checks.faults import AssumptionWarning
from mcda.checks.significant_digits import as_parts, fixed, percents, plain
from mcda.methods.additive import weighted_sum
from mcda.methods.ranking import rank
from mcda.methods.ranks import competition_ranks
from mcda.preferences.hierarchies.contradictions import contradictions
from mcda.preferences.hierarchies.group import Group
from mcda.preferences.hierarchies.group import group as joined
from mcda.preferences.hierarchies.judgements import Judgements
from mcda.preferences.pairwise.consistency import LIMIT, Consistency, ratio_told
from mcda.preferences.pairwise.incomplete import parts_of
from mcda.preferences.pairwise.saaty_scale import in_words
from mcda.preferences.weighting.spaces import WeightSpace
from mcda.preferences.weighting.stated import Weights, over_leaves
from mcda.problem.model import Problem
from mcda.problem.screening import keep_passing, usable_floors
from mcda.reporting import language as words
from mcda.reporting.figures.group import members_weights
from mcda.reporting.notebooks.absent import Absent, attempt, passing
from mcda.reporting.notebooks.brief import Picture, Table, Text, titled
from mcda.reporting.panels.judging import JudgementPanel
from mcda.reporting.panels.judging import judge as panel_of

STEP = "pairwise judgements"
TOLD = 3  # pairs that a sentence names; the others are counted
NOTHING = 1e-9  # a share of contradiction below this is rounding


def sheets(holders: Mapping[str, Weights]) -> dict[str, Judgements]:
    """Return the judgement sheet of every holder who has one, by name."""
    return {
        name: Judgements.from_matrix(weights.pairwise.steps[STEP])
        for name, weights in holders.items()
        if weights.pairwise is not None
    }


def begun(held: Mapping[str, Judgements]) -> Mapping[str, Judgements] | Absent:
    """Return the sheets of holders, or that nobody has one."""
    return held or Absent(words.told("absent.judgements"))


def chosen(held: Mapping[str, Judgements], holder: str) -> tuple[str, Any]:
    """Return a holder with a sheet, and the sheet: the one named if it has one, else the first."""
    if not held:
        return holder, begun(held)
    name = holder if holder in held else next(iter(held))
    return name, held[name]


def asked(problem: Problem, holders: Mapping[str, Weights]) -> Text:
    """Return the question of a notebook, and what kinds of number are behind its judgements.

    The text also says whether a holder was asked.
    """
    judged = [weights.pairwise for weights in holders.values() if weights.pairwise is not None]
    sentence = words.asked(judged, "judgements") if judged else words.told("absent.judgements")
    return Text(f"{problem.title}. {sentence}")


@passing
def ask_next(problem: Problem, judged: Judgements) -> Text:
    """Return the pair that would tell most next; there is none for two criteria or fewer."""
    pair = judged.next_question()
    if pair is None:
        return Text(words.told("judgement_sheet.complete"))
    first, second = labels_of(problem, pair).values()
    return Text(words.told("judgement_sheet.next", first=first, second=second))


def labels_of(problem: Problem, items: Iterable[str]) -> dict[str, str]:
    """Return the labels of criteria by key."""
    return {key: problem.criterion(key).label for key in items}


@passing
def sheet(problem: Problem, judged: Judgements, holder: str) -> Table:
    """Return one holder's judgements as sentences, the preferred criterion first."""
    labels = labels_of(problem, judged.items)
    rows = []
    for (a, b), ratio in judged.exact.items():
        first, second, times = (a, b, ratio) if ratio >= 1 else (b, a, 1 / ratio)
        key = "judgement_sheet.as_much" if times == 1 else "judgement_sheet.more"
        counts = words.told(key)
        strength = words.told("judgement_sheet.equal") if times == 1 else in_words(times)
        rows.append((labels[first], counts, labels[second], strength, plain(float(times))))
    shown = pd.DataFrame(
        rows, columns=["first", "counts", "second", "how", "times"], index=range(1, len(rows) + 1)
    )
    return Table(
        titled("judgement_sheet", shown), words.told("judgement_sheet.caption", holder=holder)
    )


@passing
def weights(problem: Problem, priorities: pd.Series, holder: str) -> Table:
    """Return one holder's weights in percent."""
    labels = labels_of(problem, priorities.index)
    shown = pd.DataFrame({"weight": percents(priorities, unit="")}, index=labels.values())
    return Table(
        titled("judged_weights", shown), words.told("judged_weights.caption", holder=holder)
    )


@passing
def coherence(found: Consistency, holder: str) -> Text:
    """Return what a consistency ratio says and doesn't, in a sentence each."""
    key = "coherence.within" if found.ratio <= LIMIT else "coherence.above"
    key = "coherence.undefined" if np.isnan(found.ratio) else key
    return Text(
        words.told(
            key, holder=holder, found=found, limit=LIMIT, meaning=words.told("coherence.meaning")
        )
    )


@passing
def tables(found: Consistency) -> Table:
    """Return the ratio by every random-index table, with the verdict and the source."""
    verdicts = found.verdicts
    shown = pd.DataFrame(
        {
            "index": [plain(index, 4) for index in verdicts["random index"]],
            "ratio": [fixed(ratio, 3) for ratio in verdicts["ratio"]],
            "coherent": np.where(
                verdicts["coherent"], words.told("agreement.yes"), words.told("agreement.no")
            ),
            "source": verdicts["source"],
        },
        index=verdicts.index,
    )
    return Table(
        titled("index_tables", shown), words.told("index_tables.caption", criteria=found.size)
    )


@passing
def against(problem: Problem, judged: Judgements, holder: str) -> Table | Text | Absent:
    """Return the judgements that contradict the others most.

    What the others imply is beside them: it is shown, never applied.
    """
    gone = unlinked(judged)
    if gone:
        return gone[0]
    labels = labels_of(problem, judged.items)
    pairs = contradictions(judged).judgements
    pairs = pairs.assign(shown=percents(pairs["share of error"].fillna(0.0))).head(TOLD)
    pairs = pairs[pairs["share of error"] > NOTHING]
    if pairs.empty:
        return Text(words.told("contradictions.none", holder=holder))
    rows = pd.DataFrame(
        {
            "pair": [
                words.told(
                    "contradictions.of", first=labels[row["first"]], second=labels[row["second"]]
                )
                for _, row in pairs.iterrows()
            ],
            "judged": [_times(ratio) for ratio in pairs["judged"]],
            "implied": [_times(ratio) for ratio in pairs["implied"]],
            "share": pairs["shown"].tolist(),
            "ratio": [fixed(ratio, 3) for ratio in pairs["ratio then"]],
        }
    )
    shown = titled("contradictions", rows).set_index(words.told("contradictions.pair"))
    return Table(shown, words.told("contradictions.caption", holder=holder))


def _times(ratio: float) -> str:
    if np.isnan(ratio):
        return words.told("contradictions.nothing")
    return fixed(ratio, 1) if ratio >= 1 else f"1/{fixed(1 / ratio, 1)}"


@passing
def fewer(judged: Judgements, most: int) -> Judgements:
    """Return the first answers of a sheet alone."""
    return Judgements(judged.items, dict(list(judged.ratios.items())[:most]))


@passing
def order(problem: Problem, judged: Judgements, holder: str) -> Text:
    """Return how many judged preferences the weights don't keep.

    The first of them are in words.
    """
    order_of_items = contradictions(judged).order
    if order_of_items.empty:
        return Text(words.told("judged_order.kept", holder=holder))
    labels = labels_of(problem, judged.items)
    kinds = order_of_items["kind"].value_counts()
    row = order_of_items.iloc[0]
    named = {
        f"{a} over {b}": words.told("judged_order.pair", stronger=labels[a], weaker=labels[b])
        for a in labels
        for b in labels
    }
    rows = [
        words.told(
            "judged_order.example",
            pair=named[row["stronger"]],
            judged=row["judged"],
            derived=row["derived"],
        )
    ]
    if row["kind"] == "intensity":
        rows.append(
            words.told(
                "judged_order.example",
                pair=named[row["weaker"]],
                judged=row["weaker judged"],
                derived=row["weaker derived"],
            )
        )
    return Text(
        words.told(
            "judged_order.broken",
            holder=holder,
            preferences=kinds.get("order", 0),
            strengths=kinds.get("intensity", 0),
            example=words.joined(rows),
        )
    )


@passing
def members(problem: Problem, group: Group) -> Table:
    """Return every member's weights in percent and consistency ratio, the group below them."""
    labels = labels_of(problem, group.priorities.index)
    points = [percents(row, unit="") for row in group.members.to_numpy()]
    shown = pd.DataFrame(
        points, index=group.members.index, columns=[labels[key] for key in group.members.columns]
    )
    shown[words.told("index_tables.ratio")] = [ratio_told(ratio) for ratio in group.ratios]
    own = ratio_told(group.consistency.ratio) if group.consistency else words.told("members.none")
    shown.loc[words.told("members.group")] = [*percents(group.priorities, unit=""), own]
    return Table(shown, words.told("members.caption", way=group.way))


@passing
def picture(problem: Problem, group: Group) -> Picture:
    """Return the figure of all members' weights beside the group's."""
    return Picture(members_weights(group, labels_of(problem, group.priorities.index)))


@passing
def group(sheets: Mapping[str, Judgements], **settings: Any) -> Group:
    """Return the group that holds all sheets, by the settings of `mcda.group`.

    `caution` says what it warns of.
    """
    return _joined(sheets, settings)


def _joined(sheets: Mapping[str, Judgements], settings: Mapping[str, Any]) -> Group:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AssumptionWarning)
        return joined(sheets, **settings)


@passing
def caution(problem: Problem, group: Group) -> Text:
    """Return what the group's ratio hides, and how far the members agree.

    The text also says where they contradict each other.
    """
    own = group.consistency.ratio if group.consistency else None
    key = "members.apart" if own is None else "members.joined"
    ratios = words.told(
        key,
        own=own or 0.0,
        low=group.ratios.min(),
        high=group.ratios.max(),
    )
    agreed = words.told(
        "members.caution",
        caution=words.told("group_notes.caution"),
        measure=words.told("group_notes.measure"),
        consensus=group.consensus,
    )
    return Text(" ".join([ratios, agreed, *_splits(problem, group)]))


def _splits(problem: Problem, group: Group) -> list[str]:
    """Return a sentence for each of the pairs on which the members are most split.

    The last sentence says how many more pairs there are.
    """
    labels = labels_of(problem, group.priorities.index)
    rows = [
        words.told(
            "members.split",
            first=labels[row["first"]],
            second=labels[row["second"]],
            for_first=words.listed(row["for the first"]),
            for_second=words.listed(row["for the second"]),
        )
        for _, row in group.split[:TOLD].iterrows()
    ]
    more = len(group.split) - TOLD
    return [*rows, words.told("members.more_splits", count=more)] if more > 0 else rows


@passing
def every_way(group: Group, held: Mapping[str, Judgements]) -> list[Group]:
    """Return the group by each way of putting members together: their answers, or their weights."""
    settings = ({"way": "AIP"}, {"way": "AIP arithmetic"}, {"rule": "geometric mean"})
    return [group, *(_joined(held, setting) for setting in settings)]


@passing
def ways(problem: Problem, groups: Iterable[Group]) -> Table:
    """Return the group's weights in percent by each way of putting members together."""
    rows = {}
    for group in groups:
        labels = labels_of(problem, group.priorities.index)
        rows[f"{group.way}, {group.rule}"] = {
            labels[key]: points
            for key, points in zip(
                group.priorities.index, percents(group.priorities, 1, ""), strict=True
            )
        }
    return Table(pd.DataFrame.from_dict(rows, orient="index"), words.told("members.ways"))


@passing
def cloud(problem: Problem, space: WeightSpace, draws: int, seed: int) -> Table:
    """Return the range that holds nine in ten drawn weights of each criterion, in percent."""
    ends = np.quantile(100 * space.sample(draws, seed), (0.05, 0.5, 0.95), axis=0)
    labels = labels_of(problem, space.criteria).values()
    shown = pd.DataFrame(dict(zip(("low", "middle", "high"), ends, strict=True)), index=labels).map(
        fixed
    )
    caption = words.told("weight_cloud.caption", draws=draws, holder=space.holder, seed=seed)
    return Table(titled("weight_cloud", shown), caption)


@passing
def leaders(problem: Problem, space: WeightSpace, draws: int, seed: int) -> Table:
    """Return the share of draws in which each option comes first by the additive model.

    There is a column without the floor and one with it.
    """
    drawn = over_leaves(problem, space).sample(draws, seed)
    columns = {
        name: _firsts(keep_passing(problem, floors), drawn)
        for name, floors in _answers(problem).items()
    }
    shown = pd.DataFrame(columns, index=problem.options.index)
    shown = shown[(shown > 0).any(axis=1)].sort_values(
        list(columns), ascending=False, kind="stable"
    )
    cells = shown.apply(
        lambda column: pd.Series(as_parts(column.dropna()), column.dropna().index)
    ).map(_share)
    cells.insert(0, words.told("drawn_leaders.option"), problem.labels[shown.index])
    return Table(cells, words.told("drawn_leaders.caption", draws=words.counted(draws, "draw")))


def _share(share: float) -> str:
    if np.isnan(share):
        return words.told("drawn_leaders.excluded")
    return words.told("drawn_leaders.share", share=words.share(share))


def _firsts(passed: Problem, drawn: np.ndarray) -> pd.Series:
    ranked = competition_ranks(weighted_sum(passed.values.to_numpy(), drawn))
    return pd.Series((ranked == 1).mean(axis=0), passed.options.index)


def _answers(problem: Problem) -> dict[str, bool | None]:
    screened: dict[str, bool | None] = (
        {words.told("leads.behind"): True} if usable_floors(problem) else {}
    )
    return {words.told("leads.without"): None, **screened}


def _mean_rank(place: float) -> str:
    return words.told("drawn_leaders.excluded") if np.isnan(place) else fixed(place)


@passing
def group_ranks(
    problem: Problem, group: Group, holders: Mapping[str, Weights], holder: str
) -> Table:
    """Return the ranks under the group's weights, a holder's, and of the two who differ most."""
    at = (group.spread["highest"] - group.spread["lowest"]).idxmax()
    apart = group.spread.loc[at, ["lowest for", "highest for"]]
    shown = dict.fromkeys([holder, *apart])
    named = words.told("members.the_group")
    return ranks(problem, [group.weights(named), *(holders[name] for name in shown)])


def ranks(problem: Problem, stated: Iterable[Weights]) -> Table:
    """Return the ranks of all options by AHP ratings under several weights.

    They are without the floor and with it.
    """
    stated = list(stated)
    columns = {
        (name, each.holder): rank(problem, each, "ahp", floors=floors).table["rank"]
        for name, floors in _answers(problem).items()
        for each in stated
    }
    shown = pd.DataFrame(columns, index=problem.options.index).map(_mean_rank)
    shown.insert(0, ("", words.told("drawn_leaders.option")), problem.labels)
    return Table(shown, words.told("drawn_leaders.ranks"))


def judge(problem: Problem, first: Any, holder: str) -> JudgementPanel | Absent:
    """Return the judgement panel, with the first answers of a sheet where there is one."""
    given = None if isinstance(first, Absent) else first
    panel: JudgementPanel | Absent = attempt(panel_of, problem, given, holder=holder)
    return panel


@passing
def weights_of(panel: JudgementPanel) -> pd.Series | Absent:
    """Return the weights that a panel's judgements imply, or that they don't link all yet."""
    gone = unlinked(panel.judgements)
    return gone[0] if gone else panel.weights.values


def unlinked(judged: Judgements) -> list[Absent]:
    """Return that no weights follow yet, where the judgements don't link all criteria."""
    parts = parts_of(~np.isnan(judged.matrix.to_numpy()))
    return [Absent(words.told("judgement_sheet.unlinked"))] if len(parts) > 1 else []
