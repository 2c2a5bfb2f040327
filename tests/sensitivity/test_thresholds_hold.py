"""Every number printed as a threshold, set as printed, gives the leader told: both questions, random ones."""

import hashlib
import math
import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

import mcda
from mcda.methods.method import find_method
from mcda.preferences.weighting.stated import over_leaves
from mcda.reporting import figures
from mcda.reporting import language as words
from mcda.reporting.document import watch

PRINTED = re.compile(r"(rises|falls) (to|just above|just below) (-?[\d,]*\.?\d+)")
SIDES = [None, True]
METHODS = ["topsis", "additive"]
TIE = 1e-9  # of scores from 0 to 1, as ranks have it


@dataclass(frozen=True)
class Ranked:
    """Who leads in many tables, weights and floors at once: written anew, to try what the engine prints."""

    problem: mcda.Problem
    weights: mcda.Weights
    method: str
    floors: bool | None = None

    @cached_property
    def shares(self):
        """The weight of each leaf, (n,)."""
        return over_leaves(self.problem, self.weights).values.to_numpy()

    @cached_property
    def minimum(self):
        """The floor of each leaf, NaN where none is in force."""
        stated = [leaf.floor if self.floors else None for leaf in self.problem.leaves]
        return np.array([np.nan if floor is None else floor for floor in stated])

    def leaders(self, tables, shares=None, minimum=None):
        """Return the leaders (k,) of performances (k, m, n) under weights (k, n) and floors (k, n)."""
        by = find_method(self.method, 2.0)
        shares = np.broadcast_to(
            self.shares if shares is None else shares, (len(tables), tables.shape[-1])
        )
        minimum = np.broadcast_to(self.minimum if minimum is None else minimum, shares.shape)[
            :, None
        ]
        scores = np.asarray(by.scores(self.problem.valued(tables), shares))
        signs = np.array([1 if leaf.direction == "max" else -1 for leaf in self.problem.leaves])
        passed = ~(signs * tables < signs * minimum).any(axis=-1)
        ids = self.problem.options.index.to_numpy()
        return [", ".join(ids[first]) or "no option" for first in map(first_of, scores, passed)]


def first_of(scores, passed):
    """Return who is first among those that pass: from the best down, as long as no gap is wider than a tie."""
    first = np.zeros(len(scores), dtype=bool)
    order = [at for at in np.argsort(-scores, kind="stable") if passed[at]]
    for place, at in enumerate(order):
        if place and scores[order[place - 1]] - scores[at] > TIE:
            break
        first[at] = True
    return first


@dataclass
class Tries:
    """Numbers to set as printed: where each stands in a table, weights or floors, and what must hold there."""

    ranked: Ranked
    before: tuple[str, ...]
    tables: list = field(default_factory=list)
    shares: list = field(default_factory=list)
    minimum: list = field(default_factory=list)
    told: list = field(default_factory=list)

    def add(self, place, threshold, table, before=None):
        """Note a threshold; table: number -> (performances, weights, floors), None for those of the question."""
        for number, changed in set_as_printed(threshold):
            performances, shares, minimum = table(number)
            self.tables.append(
                self.ranked.problem.performance.to_numpy() if performances is None else performances
            )
            self.shares.append(self.ranked.shares if shares is None else shares)
            self.minimum.append(self.ranked.minimum if minimum is None else minimum)
            self.told.append((place, threshold, number, changed, before or self.before))

    def check(self):
        """Assert that at every number the leaders are those told; return how many thresholds hold."""
        if not self.told:
            return 0
        found = self.ranked.leaders(
            np.stack(self.tables), np.stack(self.shares), np.stack(self.minimum)
        )
        for leaders, (place, threshold, number, changed, before) in zip(
            found, self.told, strict=True
        ):
            stay = set(before) <= set(leaders.split(", "))
            assert stay != changed, (place, str(threshold), number, leaders)
            assert not changed or leaders == threshold.then, (
                place,
                str(threshold),
                number,
                leaders,
            )
        return len({(place, str(threshold)) for place, threshold, *_ in self.told})


def set_as_printed(threshold):
    """The numbers to try, read from the phrase: the one printed; and the next past it where it says "just"."""
    way, relation, shown = PRINTED.fullmatch(str(threshold)).groups()
    number = float(shown.replace(",", ""))
    if relation == "to":
        return [(number, True)]
    return [
        (number, False),
        (math.nextafter(number, math.inf if way == "rises" else -math.inf), True),
    ]


def leaders_of(problem, weights, method, floors):
    """The leaders, "no option" where none passes."""
    try:
        return mcda.rank(problem, weights, method, floors=floors).leaders
    except mcda.InputError:
        return ("no option",)


def judged(problem):
    """The same performance table with every cell judged, so that any can be set."""
    criteria = [replace(one, measure=None) if one.scale else one for one in problem.criteria]
    cells = {
        f"{key}/{option}": mcda.Estimate(f"{key}/{option}", number, number, number)
        for key, column in problem.performance.items()
        for option, number in column.items()
    }
    return replace(
        problem,
        criteria=tuple(criteria),
        estimates=cells,
        tables={},
        structures=(),
        events=(),
        parts=None,
    )


def with_number(problem, key, number):
    one = problem.estimates[key]
    moved = replace(
        one,
        low=min(number, one.low),
        mode=number,
        high=max(number, one.high),
        distribution="triangular",
        interval="",
        points=(),
        chances=(),
        counts=(),
    )
    return replace(problem, estimates={**problem.estimates, key: moved})


def with_cell(problem, at):
    """Return what gives the performances with one cell (row, column) at a number."""

    def table(number):
        performances = problem.performance.to_numpy().copy()
        performances[at] = number
        return performances, None, None

    return table


def behind(problem, key):
    """Return what gives a floor on one leaf at a number."""

    def minimum(number):
        floors = np.full(problem.performance.shape[1], np.nan)
        floors[problem.performance.columns.get_loc(key)] = number
        return None, None, floors

    return minimum


def check_scores(ranked, found):
    """Every cell that can change the leader; returns how many."""
    problem, tries = ranked.problem, Tries(ranked, found.leaders)
    rows, columns = list(problem.options.index), list(problem.performance.columns)
    for (option, key), row in found.table[found.table["threshold"].notna()].iterrows():
        at = rows.index(option), columns.index(key)
        tries.add((option, key), row["threshold"], with_cell(problem, at))
        assert (
            row["reach"] != "within its range"
            or row["low"] <= row["threshold"].first <= row["high"]
        )
    within = found.table[
        (found.table["reach"] == "within its range") & found.table["threshold"].notna()
    ]
    assert within.empty or str(within.loc[within["share"].idxmin(), "threshold"]) in found.finding
    return tries.check()


class Typed(dict):
    """Performance tables of a question in which one best estimate is typed as a number, each measured once."""

    def __init__(self, problem):
        super().__init__()
        self.problem = problem

    def __missing__(self, typed):
        self[typed] = with_number(self.problem, *typed).performance.to_numpy()
        return self[typed]


def check_estimates(ranked, found, typed):
    """Every estimate that can change the leader inside its range, and the sentence of the report about the nearest."""
    table, tries = found.table[found.table["threshold"].notna()], Tries(ranked, found.leaders)
    for key, row in table.iterrows():
        tries.add(key, row["threshold"], lambda number, key=key: (typed[key, number], None, None))
        assert row["low"] <= row["threshold"].first <= row["high"]
    if len(table) and len(found.leaders) == 1:
        near = words.flips(found).iloc[0]["threshold"]
        assert f"if it {near} (" in words.signposts(ranked.problem, found, "here")
        assert str(table.iloc[0]["threshold"]) in found.finding
    return tries.check()


def proportions(ranked, key):
    """Return what a criterion's weight is shared among, and what all others are, each (n,) and summing to 1."""
    leaves, parent = ranked.problem.leaves, {one.key: one.parent for one in ranked.problem.criteria}

    def under(at):
        return at == key or (bool(at) and under(parent[at]))

    inside = np.array([under(leaf.key) for leaf in leaves])
    parts = [np.where(mask, ranked.shares, 0.0) for mask in (inside, ~inside)]
    return [
        part / part.sum() if part.sum() else mask / mask.sum()
        for part, mask in zip(parts, (inside, ~inside), strict=True)
    ]


def in_proportion(ranked, key):
    """Return what gives the weights where one is at points of 100 and the others keep their proportions."""
    inside, outside = proportions(ranked, key)
    return lambda points: (None, points / 100 * inside + (1 - points / 100) * outside, None)


def check_weights(ranked, found):
    """Every weight that can change the leader, the others in proportion."""
    tries = Tries(ranked, found.leaders)
    for key, row in found.table.iterrows():
        for threshold in (row["falls"], row["rises"]):
            if threshold is not None:
                tries.add(key, threshold, in_proportion(ranked, key))
    return tries.check()


def check_floors(ranked, found):
    """Every floor at which the leader changes, and none told where it doesn't."""
    before, tries = found.table["leaders"].iloc[0], Tries(ranked, ())
    for _, row in found.table[found.table["starts"].notna()].iterrows():
        tries.add(
            found.criterion,
            row["starts"],
            behind(ranked.problem, found.criterion),
            tuple(before.split(", ")),
        )
        starts = str(row["starts"])
        assert starts in found.finding and starts in words.floor_steps(ranked.problem, found)
        before = row["leaders"]
    return tries.check()


def has_floor(problem):
    return any(leaf.floor is not None for leaf in problem.leaves)


def check_all(problem, weights, method, floors, typed):
    """Cells, estimates, weights and, once, floors; returns how many thresholds hold."""
    ranked, asked = Ranked(problem, weights, method, floors), {"floors": floors}
    assert ranked.leaders(problem.performance.to_numpy()[None])[0].split(", ") == sorted(
        leaders_of(problem, weights, method, floors), key=list(problem.options.index).index
    )
    tried = check_scores(ranked, mcda.switching_scores(problem, weights, method, **asked))
    tried += check_estimates(
        ranked, mcda.switching_estimates(problem, weights, method, **asked), typed
    )
    tried += check_weights(ranked, mcda.switching_weights(problem, weights, method, **asked))
    if floors is None and has_floor(problem):
        tried += check_floors(ranked, mcda.floor_curve(problem, weights, method))
    return tried


def check_smallest_change(problem, weights, method, floors):
    """The numbers of the smallest change, all set as printed."""
    found = mcda.fragility(problem, weights, method, floors=floors)
    if not len(found.changes):
        return 0
    still, raw = judged(problem), weights.raw.copy()
    if "weights as stated" not in weights.steps:
        raw = raw / raw.sum()  # told as shares of 1
    for row in found.changes.itertuples():
        assert str(row.threshold) in found.finding
        number = set_as_printed(row.threshold)[-1][0]
        if row.kind == "weight":
            raw[row.criterion] = number
        else:
            still = with_number(still, f"{row.criterion}/{row.option}", number)
    assert leaders_of(still, mcda.weights(raw.to_dict(), "moved"), method, floors) == (
        found.then_leads,
    )
    return 1


def remembering(problem):
    """Return the question with formulas that are asked once for the same numbers, whoever's weights are tried."""
    criteria = [
        replace(one, measure=remembered(one.measure)) if one.derived else one
        for one in problem.criteria
    ]
    return replace(problem, criteria=tuple(criteria))


def remembered(measure):
    memory = {}

    def measured(problem, drawn):
        given = np.concatenate(
            [problem.modes, drawn._numbers.ravel()]
        )  # some formulas read best estimates too
        asked = (
            hashlib.sha256(given.tobytes()).digest(),
            drawn._numbers.shape,
            tuple(problem.options.index),
        )
        if asked not in memory:
            memory[asked] = measure(problem, drawn), set(drawn.read)
        found, read = memory[asked]
        drawn.read |= read
        return found

    return measured


def opened(name):
    problem, holders = mcda.open_question(name)
    return remembering(problem), holders


UKRAINE, HEPARIN = opened("ukraine_force"), opened("heparin")
TYPED = Typed(UKRAINE[0])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("holder", UKRAINE[1])
def test_every_threshold_of_the_ukraine_question_holds(holder, method):
    """On both sides of the minimum: cells, estimates, weights, floors, each set as it is printed and ranked again."""
    problem, holders = UKRAINE
    tried = [check_all(problem, holders[holder], method, floors, TYPED) for floors in SIDES]
    assert min(tried) > 4


@pytest.mark.parametrize("method", METHODS)
def test_every_threshold_of_the_heparin_question_holds(method):
    """The question proposes no minimum: one side."""
    problem, holders = HEPARIN
    typed = Typed(problem)
    assert all(check_all(problem, weights, method, None, typed) for weights in holders.values())


@pytest.mark.parametrize("floors", SIDES)
@pytest.mark.parametrize("holder", ["London", "Paris"])
def test_the_smallest_change_of_page_one_holds(holder, floors):
    """The numbers that the first page names."""
    problem, holders = UKRAINE
    assert check_smallest_change(problem, holders[holder], "topsis", floors)


def random_question(seed):
    """A few options, often level; bent scales; less or more is better; a floor on the first leaf."""
    numbers = np.random.default_rng(seed)
    m, n = int(numbers.integers(2, 6)), int(numbers.integers(1, 5))
    leaves, estimates = [], {}
    for j in range(n):
        ends = (
            (0.0, float(numbers.integers(40, 90)), 100.0)
            if numbers.random() < 0.5
            else (0.0, 100.0)
        )
        worth = (0.0, 0.5, 1.0)[: len(ends)] if len(ends) == 3 else (0.0, 1.0)
        least = numbers.random() < 0.4
        anchors = tuple(100.0 - end for end in ends) if least else ends
        floor = float(numbers.integers(20, 70)) if j == 0 else None
        leaves.append(
            mcda.Criterion(
                f"c{j}",
                "",
                f"Leaf {j}",
                "points",
                "min" if least else "max",
                scale=mcda.Scale(anchors, worth),
                floor=floor,
            )
        )
        for i in range(m):
            mode = float(
                numbers.choice([numbers.integers(0, 11) * 10, round(100 * numbers.random(), 3)])
            )
            width = float(numbers.integers(0, 60))
            key = f"c{j}/o{i}"
            estimates[key] = mcda.Estimate(key, mode - width, mode, mode + 0.7 * width, "points")
    options = pd.DataFrame(
        {"label": [f"Option {i}" for i in range(m)]}, index=[f"o{i}" for i in range(m)]
    )
    weights = mcda.weights({f"c{j}": float(numbers.integers(1, 10)) for j in range(n)}, "panel")
    return mcda.Problem(
        f"random {seed}", mcda.Frame(), options=options, criteria=tuple(leaves), estimates=estimates
    ), weights


@pytest.mark.parametrize(
    "seeds",
    [
        pytest.param(range(20), id="twenty"),
        pytest.param(range(20, 50), id="thirty more", marks=pytest.mark.thorough),
    ],
)
def test_every_threshold_of_random_questions_holds(seeds):
    """By TOPSIS and by a weighted sum, with and without floors, with ties; a smallest change in some of them."""
    tried = changes = 0
    for seed in seeds:
        problem, weights = random_question(seed)
        method, typed = METHODS[seed % 2], Typed(problem)
        for floors in SIDES:
            if leaders_of(problem, weights, method, floors) == ("no option",):
                continue
            tried += check_all(problem, weights, method, floors, typed)
            if seed < seeds.start + 4:
                changes += check_smallest_change(problem, weights, method, floors)
    assert tried > 10 * len(seeds) and changes > 2


@dataclass(frozen=True)
class Phrase:
    """A threshold as a reader has it: its words, and who is said to lead then."""

    words: str
    then: str

    def __str__(self):
        return self.words


TURN = PRINTED.pattern.replace("(", "(?:")
IDS = {UKRAINE[0].name_of(option): option for option in UKRAINE[0].options.index}
OPTION = "|".join([r"OPT\d+", *map(re.escape, IDS)])  # by its code or by its name
WHO = rf"((?:no option|(?:{OPTION})(?:(?:, | and )(?:{OPTION}))*))"


def phrases(text, pattern):
    """The phrases in a text: the pattern names the turn and who leads."""
    found = re.finditer(pattern, text)
    return [Phrase(one["turn"], ids_of(one["who"])) for one in found]


def ids_of(told):
    """The ids of options that a text names."""
    options = re.findall(OPTION, told)
    return ", ".join(IDS.get(option, option) for option in options) or told


def part_about(text, key, keys, mark):
    """What a text of parts, each begun by a key and a mark, says about one of them."""
    starts = {one: text.index(f" {one} {mark} ") for one in keys}
    after = [start for start in starts.values() if start > starts[key]]
    return text[starts[key] : min(after, default=len(text))]


def told_of(axes):
    """The alternative text of a figure and the words drawn in it."""
    drawn = [one.get_text() for one in axes.texts]
    text = axes.get_label()
    plt.close(axes.figure)
    return text, drawn


def named(pattern):
    return pattern.replace("(", "(?P<who>", 1)


def typed(key):
    """Return what gives the performances where one best estimate of the question is typed as a number."""
    return lambda number: (TYPED[key, number], None, None)


def read_tornado(tries, estimates):
    text, _ = told_of(figures.tornado(tries.ranked.problem, estimates))
    shown = [key for key in estimates.table.index if f" {key} from " in text]
    for key in shown:
        for phrase in phrases(
            part_about(text, key, shown, "from"), f"if it (?P<turn>{TURN}) {named(WHO)} leads"
        ):
            tries.add(key, phrase, typed(key))


def read_watched(tries, estimates):
    """The table of what to watch in the report."""
    problem, side = tries.ranked.problem, "behind" if tries.ranked.floors else "without"
    block = watch.signposts(
        SimpleNamespace(problem=problem, analysis=SimpleNamespace(signposts={side: estimates}))
    )
    rows = [row for part in block["blocks"] if part["is"] == "table" for row in part["rows"]]
    names = {words.then_leads(problem, who): who for who in estimates.table["then_leads"] if who}
    for key, row in zip(words.flips(estimates).index, rows, strict=False):
        assert row[0]["text"] == words.estimate_name(problem, key)
        tries.add(key, Phrase(row[3]["text"], names[row[4]["text"]]), typed(key))


def read_intervals(tries, weights):
    problem = tries.ranked.problem
    text, _ = told_of(figures.switching_intervals(problem, weights))
    labels = {key: problem.criterion(key).label for key in weights.table.index}
    for key, label in labels.items():
        part = part_about(text, label, labels.values(), "at")
        for phrase in phrases(part, f"{named(WHO)} if it (?P<turn>{TURN})"):
            tries.add(key, phrase, in_proportion(tries.ranked, key))


def read_scores(tries, scores):
    problem = tries.ranked.problem
    _, drawn = told_of(figures.switching_scores(problem, scores))
    nearest = scores.table[scores.table["reach"] == "within its range"].sort_values(
        "share", kind="stable"
    )
    turns = [
        found["turn"] for text in drawn for found in re.finditer(f"^now .*: (?P<turn>{TURN})", text)
    ]
    assert len(turns) == min(len(nearest), 6)
    for (at, row), turn in zip(nearest.iterrows(), turns, strict=False):
        place = problem.options.index.get_loc(at[0]), problem.performance.columns.get_loc(at[1])
        tries.add(at, Phrase(turn, row["then_leads"]), with_cell(problem, place))


def read_floors(problem, curve, weights):
    """The figure's text and the sentence of the first page."""
    text, _ = told_of(figures.floor_steps(problem, curve))
    count = 0
    for told, link in ((text, "the minimum"), (words.floor_steps(problem, curve), "it")):
        before, steps = (
            curve.table["leaders"].iloc[0],
            Tries(Ranked(problem, weights, "topsis"), ()),
        )
        for phrase in phrases(told, f"{named(WHO)} if {link} (?P<turn>{TURN})"):
            steps.add(
                curve.criterion, phrase, behind(problem, curve.criterion), tuple(before.split(", "))
            )
            before = phrase.then
        count += steps.check()
    return count


@pytest.mark.parametrize("floors", SIDES)
@pytest.mark.parametrize("holder", ["London", "Paris"])
def test_every_threshold_read_in_figures_and_report_holds(holder, floors):
    """Read from the text that is printed, not from results: tornado, what to watch, intervals, scores, floors."""
    problem, holders = UKRAINE
    weights = holders[holder]
    asked = (problem, weights, "topsis")
    estimates = mcda.switching_estimates(*asked, floors=floors)
    tries = Tries(Ranked(*asked, floors), estimates.leaders)
    read_tornado(tries, estimates)
    read_watched(tries, estimates)
    read_intervals(tries, mcda.switching_weights(*asked, floors=floors))
    read_scores(tries, mcda.switching_scores(*asked, floors=floors))
    assert tries.check() > 4
    assert read_floors(problem, mcda.floor_curve(*asked), weights) > 1
