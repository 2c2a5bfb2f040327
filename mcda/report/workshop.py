"""The tables and texts of an AHP workshop, for a reader in a notebook: from judgement sheets to weights, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from mcda.methods.additive import weighted_sum
from mcda.methods.ranking import rank
from mcda.methods.ranks import competition_ranks
from mcda.preferences.consistency import LIMIT, Consistency
from mcda.preferences.contradictions import contradictions
from mcda.preferences.group import CAUTION, CONSENSUS, Group
from mcda.preferences.judgements import Judgements
from mcda.preferences.saaty_scale import in_words
from mcda.preferences.spaces import WeightSpace
from mcda.preferences.weights import Weights, over_leaves
from mcda.problem.faults import Fault, InputError
from mcda.problem.model import Problem
from mcda.problem.screening import screen
from mcda.report import words
from mcda.report.brief import Picture, Table, Text
from mcda.report.figures.group import members_weights
from mcda.report.results import proposed_floors

STEP = "pairwise judgements"
TOLD = 3
NOTHING = 1e-9  # a share of contradiction below this is rounding


def sheets(holders: Mapping[str, Weights]) -> dict[str, Judgements]:
    """Return the judgement sheet of every holder who has one, by name; raises InputError where nobody has."""
    judged = {name: Judgements.from_matrix(weights.pairwise.steps[STEP])
              for name, weights in holders.items() if weights.pairwise is not None}  # fmt: skip
    if not judged:
        raise InputError(Fault("judgements", "a sheet for at least one holder", "none", "add judgements/HOLDER_ID.csv"))
    return judged


def asked(problem: Problem, holders: Mapping[str, Weights]) -> Text:
    """Return which question it is, what kinds of number stand behind its judgements, and whether a holder was asked."""
    judged = [weights.pairwise for weights in holders.values() if weights.pairwise is not None]
    return Text(f"*{problem.frame.title or problem.name}.* {words.asked(judged, 'judgements')}")


def labels_of(problem: Problem, items: Iterable[str]) -> dict[str, str]:
    """Return the labels of criteria by key."""
    return {key: problem.criterion(key).label for key in items}


def sheet(problem: Problem, judged: Judgements, holder: str) -> Table:
    """Return one holder's judgements as sentences, the preferred criterion first."""
    labels = labels_of(problem, judged.items)
    rows = []
    for (a, b), ratio in judged.exact.items():
        first, second, times = (a, b, ratio) if ratio >= 1 else (b, a, 1 / ratio)
        counts = "as much as" if times == 1 else "more than"
        strength = "equal" if times == 1 else in_words(times)
        rows.append((labels[first], counts, labels[second], strength, f"{float(times):g}"))
    columns = ["this criterion", "counts", "than or as this one", "how strongly", "times"]
    return Table(pd.DataFrame(rows, columns=columns, index=range(1, len(rows) + 1)), f"Judgement sheet of {holder}")


def weights(problem: Problem, priorities: pd.Series, holder: str) -> Table:
    """Return one holder's weights in percent."""
    labels = labels_of(problem, priorities.index)
    shown = pd.DataFrame({"weight, percent": [f"{100 * share:.0f}" for share in priorities]}, index=labels.values())
    return Table(shown, f"Weights that the judgements of {holder} imply")


def coherence(found: Consistency, holder: str) -> Text:
    """Return what a consistency ratio says and doesn't, in a sentence each."""
    side = "within" if found.ratio <= LIMIT else "above"
    return Text(
        f"{holder}: {found}. That is {side} the customary limit of {LIMIT:.2f}. It says how little the judgements "
        "contradict each other. It doesn't say that they are right, that they were thought about, or that others share "
        "them."
    )


def tables(found: Consistency) -> Table:
    """Return the ratio by every random-index table, with the verdict and the source."""
    verdicts = found.verdicts
    shown = pd.DataFrame({
        "random index": [f"{index:.4g}" for index in verdicts["random index"]],
        "consistency ratio": [f"{ratio:.3f}" for ratio in verdicts["ratio"]],
        "up to 0.10": np.where(verdicts["coherent"], "yes", "no"),
        "source": verdicts["source"],
    }, index=verdicts.index)  # fmt: skip
    return Table(shown, f"The same judgements ({found.size} criteria) by five tables")


def against(problem: Problem, judged: Judgements, holder: str) -> Table | Text:
    """Return the judgements that contradict the others most, with what the others imply: shown, never applied."""
    labels = labels_of(problem, judged.items)
    found = contradictions(judged).judgements.head(TOLD)
    found = found[found["share of error"] > NOTHING]
    if found.empty:
        return Text(f"No judgement of {holder} contradicts the others.")
    rows = pd.DataFrame({
        "judgement": [f"{labels[row['first']]} to {labels[row['second']]}" for _, row in found.iterrows()],
        "judged, times": [_times(ratio) for ratio in found["judged"]],
        "the others imply, times": [_times(ratio) for ratio in found["implied"]],
        "share of all contradiction": [f"{100 * share:.0f}%" for share in found["share of error"]],
        "consistency ratio then": [f"{ratio:.3f}" for ratio in found["ratio then"]],
    }).set_index("judgement")  # fmt: skip
    return Table(rows, f"What to ask {holder} about: shown, never changed for them")


def _times(ratio: float) -> str:
    if np.isnan(ratio):
        return "nothing"
    return f"{ratio:.1f}" if ratio >= 1 else f"1/{1 / ratio:.1f}"


def order(problem: Problem, judged: Judgements, holder: str) -> Text:
    """Return how many judged preferences the weights don't keep, with the first of them in words."""
    found = contradictions(judged).order
    if found.empty:
        return Text(f"The weights of {holder} keep the order of all judged preferences.")
    labels = labels_of(problem, judged.items)
    kinds = found["kind"].value_counts()
    told = f"{kinds.get('order', 0)} judged preferences and {kinds.get('intensity', 0)} comparisons of their strength"
    row = found.iloc[0]
    named = {f"{a} over {b}": f"{labels[a]} over {labels[b]}" for a in labels for b in labels}
    stronger, weaker = named[row["stronger"]], named.get(row["weaker"])
    example = f"{stronger} was judged {row['judged']:.3g} times, the weights say {row['derived']:.2f}"
    if row["kind"] == "intensity":
        example += (
            f"; {weaker} was judged {row['weaker judged']:.3g} times, the weights say {row['weaker derived']:.2f}"
        )
    return Text(f"The weights of {holder} don't keep the order of {told}. For instance: {example}.")


def members(problem: Problem, group: Group) -> Table:
    """Return every member's weights in percent and consistency ratio, the group below them."""
    labels = labels_of(problem, group.priorities.index)
    shown = (100 * group.members).map("{:.0f}".format).rename(columns=labels)
    shown["consistency ratio"] = [f"{ratio:.3f}" for ratio in group.ratios]
    own = f"{group.consistency.ratio:.3f}" if group.consistency else "none: judgements were not joined"
    shown.loc["the group"] = [*(f"{100 * share:.0f}" for share in group.priorities), own]
    return Table(shown, f"Weights in percent; the group by {group.way}")


def picture(problem: Problem, group: Group) -> Picture:
    """Return the figure of all members' weights beside the group's."""
    return Picture(members_weights(group, labels_of(problem, group.priorities.index)))


def caution(group: Group) -> Text:
    """Return what the group's ratio hides, and how far the members agree."""
    own = f"The group's own ratio is {group.consistency.ratio:.3f}, " if group.consistency else ""
    middle = f"the members' lie between {group.ratios.min():.3f} and {group.ratios.max():.3f}. "
    told = f"{own}{middle if own else middle.capitalize()}{CAUTION} Their {CONSENSUS}. "
    return Text(f"{told}Here it is {group.consensus:.2f}.")


def ways(problem: Problem, groups: Iterable[Group]) -> Table:
    """Return the group's weights in percent by each way of putting members together."""
    rows = {}
    for group in groups:
        labels = labels_of(problem, group.priorities.index)
        rows[f"{group.way}, {group.rule}"] = {
            labels[key]: f"{100 * share:.1f}" for key, share in group.priorities.items()
        }
    return Table(
        pd.DataFrame.from_dict(rows, orient="index"), "The group's weights in percent, put together in other ways"
    )


def cloud(problem: Problem, space: WeightSpace, draws: int, seed: int) -> Table:
    """Return the range that holds nine in ten drawn weights of each criterion, in percent."""
    low, middle, high = np.quantile(100 * space.sample(draws, seed), (0.05, 0.5, 0.95), axis=0).round().astype(int)
    labels = labels_of(problem, space.criteria).values()
    shown = pd.DataFrame({"5% of draws below": low, "half below": middle, "5% above": high}, index=labels)
    told = f"Weights in percent over {draws:,} draws around the judgements of {space.holder}, seed {seed}"
    return Table(shown.astype(str), told)


def leaders(problem: Problem, space: WeightSpace, draws: int, seed: int) -> Table:
    """Return the share of draws in which each option comes first by the additive model, without the floor and with."""
    drawn = over_leaves(problem, space).sample(draws, seed)
    columns = {name: _firsts(screen(problem, floors)[0], drawn) for name, floors in _answers(problem).items()}
    shown = pd.DataFrame(columns, index=problem.options.index)
    shown = shown[(shown > 0).any(axis=1)].sort_values(list(columns), ascending=False, kind="stable")
    told = shown.map(lambda share: "excluded" if np.isnan(share) else f"{words.share(share)} of draws")
    told.insert(0, "option", problem.labels[shown.index])
    return Table(
        told, "How often each option comes first: a share of the drawn weights, not the likelihood of anything"
    )


def _firsts(passed: Problem, drawn: np.ndarray) -> pd.Series:
    ranked = competition_ranks(weighted_sum(passed.values.to_numpy(), drawn))
    return pd.Series((ranked == 1).mean(axis=0), passed.options.index)


def _answers(problem: Problem) -> dict[str, bool | None]:
    return {"without a floor": None, **({"with the floor": True} if proposed_floors(problem) else {})}


def _place(place: float) -> str:
    return "excluded" if np.isnan(place) else f"{place:.0f}"


def ranks(problem: Problem, stated: Iterable[Weights]) -> Table:
    """Return the ranks of all options by AHP ratings under several weights, without the floor and with it."""
    stated = list(stated)
    columns = {(name, each.holder): rank(problem, each, "ahp", floors=floors).table["rank"]
               for name, floors in _answers(problem).items() for each in stated}  # fmt: skip
    shown = pd.DataFrame(columns, index=problem.options.index).map(_place)
    shown.insert(0, ("", "option"), problem.labels)
    return Table(shown, "Ranks by AHP, ratings mode: no option touches another's score")
