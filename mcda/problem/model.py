"""The question: options, criteria and estimates, put together and checked.

It holds what is known, never what is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np
import pandas as pd

from mcda.checks.arguments import check_kind, check_numbers, check_texts, check_tuples
from mcda.checks.faults import Fault, InputError, known, refuse
from mcda.checks.labels import name_among, name_faults
from mcda.checks.named_one import named_one
from mcda.display.html_table import html_table
from mcda.display.visible_text import visible
from mcda.problem.chances import CHANCE, NO_CHANCE, OTHERWISE, check_fallbacks, with_chance
from mcda.problem.estimates import Drawn, Estimate, Source, modes
from mcda.problem.events.event_faults import event_faults
from mcda.problem.events.events import Event
from mcda.problem.events.expected_losses import COSTS, Priced
from mcda.problem.over_ranges.widening import Widening
from mcda.problem.parts.made_options import MadeMeasure
from mcda.problem.parts.parts import Parts, part_faults
from mcda.problem.structures import (
    AS_CHANCE,
    JUDGED,
    Structure,
    changed_criteria,
    changed_tables,
    gone_with,
)
from mcda.problem.value_scales import Scale, sign_of

Measure = Callable[["Problem", Drawn], np.ndarray]
LONGEST = 120  # characters of an option's name in a sentence
AS_STATED = "as stated"


@dataclass(frozen=True)
class Frame:
    """The decision that the analysis serves.

    `check` reports the fields that are blank.

    Parameters
    ----------
    title, question : str
        The name of the question, and what is decided.
    decision_owner, commissioner, analyst, assurer : str
        Who decides, who asked for the analysis, who made it, who reviewed it.
    date : str
        Of the analysis.
    scope : str
        What the question is about.
    exclusions : tuple of str
        What it leaves out.
    intended_use, not_intended_use : tuple of str
        What the answer may and may not be used for.
    baseline : str
        The id of the option that changes nothing.
    price_year : str
        The year of all prices.
    marking : str
        A mark that every page carries.
    evidence_compiled, evidence_newest : str
        When the evidence was put together, and the date of its newest part.
    notes : tuple of str
        Anything else that a reader should know.
    language : str
        The code of the language of its reports, such as "de"; English, if blank.

    Examples
    --------
    >>> Frame(question="Which shelter first?", baseline="NONE").baseline
    'NONE'
    """

    title: str = ""
    question: str = ""
    decision_owner: str = ""
    commissioner: str = ""
    analyst: str = ""
    assurer: str = ""
    date: str = ""
    scope: str = ""
    exclusions: tuple[str, ...] = ()
    intended_use: tuple[str, ...] = ()
    not_intended_use: tuple[str, ...] = ()
    baseline: str = ""
    price_year: str = ""
    marking: str = ""
    evidence_compiled: str = ""
    evidence_newest: str = ""
    notes: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, eq=False)
class Criterion:
    """A yardstick: a head with children, or a leaf with a scale and a measure.

    Parameters
    ----------
    key : str
        Its id.
    parent : str
        The id of the head above it; blank for one at the top.
    label : str
        Its name for readers.
    unit : str
        The natural unit of a leaf.
    direction : str
        "max" or "min": which way is better on a leaf.
    definition : str
        What exactly is measured.
    scale : Scale, optional
        The value scale of a leaf; None for a head.
    measure : callable, optional
        (problem, drawn estimates) -> performances (..., m) of the options. None means judged cells:
        the estimates "key/option".
    floor : float, optional
        A pass mark in natural units: at least it for "max", at most for "min". It screens only when
        asked for.
    role : str
        Blank for what holders weigh; "chance" for the chance that an option comes about, and
        "otherwise" for what a leaf is if it doesn't: nobody weighs these.
    bill : str
        Of a leaf in money: "yearly" or "once", as it counts in the expected bill; blank for none.

    Raises
    ------
    InputError
        For a direction that the scale contradicts, or a floor that isn't a number.

    Examples
    --------
    >>> scale = Scale(anchors=(100.0, 0.0), worth=(0.0, 1.0))
    >>> Criterion("cost", unit="EUR m", direction="min", scale=scale, floor=80.0).derived
    False
    """

    key: str
    parent: str = ""
    label: str = ""
    unit: str = ""
    direction: str = ""
    definition: str = ""
    scale: Scale | None = None
    measure: Measure | None = None
    floor: float | None = None
    role: str = ""
    bill: str = ""

    def __post_init__(self) -> None:
        """Refuse a direction that the scale contradicts, and a floor that isn't a number."""
        where = f"criterion '{self.key}'"
        texts = ("key", "parent", "label", "unit", "direction", "definition", "bill")
        check_texts("criterion", **{name: getattr(self, name) for name in texts})
        check_kind(self.scale, Scale | None, f"{where}, scale", "a Scale")
        check_kind(self.measure, Callable | None, f"{where}, measure", "a function")
        if self.floor is not None:
            check_numbers(where, floor=self.floor)
        faults = []
        if self.bill and (self.bill not in COSTS or self.scale is None):
            what = f"'{self.bill}'" if self.scale else f"'{self.bill}' on a head"
            faults.append(Fault(f"{where}, bill", f"one of {known(COSTS)}, on a leaf", what))
        if self.scale and self.direction != self.scale.direction:
            expected = f'"{self.scale.direction}", as its anchors run'
            faults.append(
                Fault(f"{where}, direction", expected, repr(self.direction), "correct either")
            )
        if self.floor is not None and not np.isfinite(self.floor):
            faults.append(Fault(f"{where}, floor", "a finite number", repr(self.floor)))
        refuse(faults)

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is."""
        return sign_of(self.direction)

    @property
    def derived(self) -> bool:
        """Whether a formula computes it."""
        return self.measure is not None

    @property
    def prices_events(self) -> str:
        """The name of its measure, where that is computed from events; blank otherwise."""
        return self.measure.name if isinstance(self.measure, Priced) else ""

    def measured(self, problem: Problem, drawn: Drawn) -> np.ndarray:
        """Return its performances (..., m), by formula or from judged cells."""
        if self.measure is None:
            return drawn.along(self.key, problem.options.index)
        return self.measure(problem, drawn)


@dataclass(frozen=True, eq=False)
class Problem:
    """A policy question: options, a tree of criteria, and the estimates behind every number.

    In the shapes below it has m options and n leaves.

    Parameters
    ----------
    name : str
        Its name.
    frame : Frame
        The decision that it serves.
    options : pandas.DataFrame
        A row for each option: the ids as its index, a column "label", and "short" if wanted.
    criteria : tuple of Criterion
        Heads and leaves, in the order in which they are shown.
    estimates : mapping of str to Estimate
        By key.
    sources : mapping of str to Source
        By id.
    tables : mapping of str to pandas.DataFrame
        Any further tables that measures read.
    widening : Widening, optional
        The rule by which weak evidence widens a range.
    structures : tuple of Structure
        Other defensible shapes of the question, by name: `structured` gives one.
    structure : Structure, optional
        The shape that this question is in; None for the stated one.
    stated : Problem, optional
        The question in its stated shape, if this isn't it.
    fallbacks : mapping of str to str
        By option that may fail to happen, the option that happens otherwise: `with_chance`.
    narrowed : Problem, optional
        The question with all its options, if this one has only some: `keep`.
    events : tuple of Event
        What may happen, whatever is decided.
    parts : Parts, optional
        What packages may be made of, with the rules for them.

    Raises
    ------
    InputError
        With every fault found: names, the tree, the baseline, sources, and cells of the performance
        table that are no finite numbers.

    Examples
    --------
    >>> scale = Scale(anchors=(100.0, 0.0), worth=(0.0, 1.0))
    >>> cost = Criterion("cost", label="Cost", unit="EUR m", direction="min", scale=scale)
    >>> options = pd.DataFrame({"label": ["Roof", "Cellar"]}, index=["A", "B"])
    >>> cells = [Estimate("cost/A", 10, 20, 40), Estimate("cost/B", 50, 60, 90)]
    >>> estimates = {cell.key: cell for cell in cells}
    >>> problem = Problem("shelter", Frame(), options, (cost,), estimates)
    >>> problem.values["cost"].to_dict()
    {'A': 0.8, 'B': 0.4}
    """

    name: str
    frame: Frame
    options: pd.DataFrame
    criteria: tuple[Criterion, ...]
    estimates: Mapping[str, Estimate]
    sources: Mapping[str, Source] = field(default_factory=dict)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    widening: Widening | None = None
    structures: tuple[Structure, ...] = ()
    structure: Structure | None = field(default=None, repr=False)
    stated: Problem | None = field(default=None, repr=False)
    fallbacks: Mapping[str, str] = field(default_factory=dict)
    narrowed: Problem | None = field(default=None, repr=False)
    events: tuple[Event, ...] = ()
    parts: Parts | None = None

    def __post_init__(self) -> None:
        """Check names, the tree and the baseline, and that every cell is a finite number."""
        _check_parts(self)
        refuse([*_option_faults(self), *_tree_faults(self.criteria), *_source_faults(self)])
        refuse([*event_faults(self), *part_faults(self)])
        _ = self.performance

    @property
    def title(self) -> str:
        """The title of the question, or its name where it has none."""
        return self.frame.title or self.name

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The criteria that are measured, in order."""
        return tuple(criterion for criterion in self.criteria if criterion.scale)

    @cached_property
    def heads(self) -> tuple[Criterion, ...]:
        """The criteria that have children, in order."""
        return tuple(criterion for criterion in self.criteria if not criterion.scale)

    @cached_property
    def tops(self) -> tuple[Criterion, ...]:
        """The criteria that are under no other, in order."""
        return tuple(one for one in self.criteria if not one.parent and not one.role)

    @cached_property
    def weighed(self) -> tuple[Criterion, ...]:
        """The leaves that holders weigh, in order: all but those that chances need."""
        return tuple(leaf for leaf in self.leaves if not leaf.role)

    @cached_property
    def has_chances(self) -> bool:
        """Whether an option may fail to happen."""
        return bool(self.fallbacks)

    @cached_property
    def own_leaves(self) -> tuple[Criterion, ...]:
        """The leaves on which an option has a number of its own: all but what happens otherwise."""
        return tuple(leaf for leaf in self.leaves if leaf.role != OTHERWISE)

    @cached_property
    def otherwise(self) -> np.ndarray:
        """The place among the options of what happens otherwise to each, (m,): its own where it is sure.

        -1 where `keep` left it out.
        """
        instead = [self.fallbacks.get(one, one) for one in self.options.index]
        return np.asarray(self.options.index.get_indexer(pd.Index(instead)))

    def places_of_cell(self, row: int, column: int) -> list[tuple[int, int]]:
        """Return the places (row, column) of the performance table in which one of its cells stands.

        These are its own, and those of every option to which it is what happens otherwise.
        """
        places = [(row, column)]
        if self.has_chances and column < len(self.weighed):
            behind = len(self.own_leaves) + column
            places += [(int(at), behind) for at in np.flatnonzero(self.otherwise == row)]
        return places

    @cached_property
    def chance(self) -> pd.Series:
        """The chance at the best estimates that each option comes about, from 0 to 1, by id."""
        leaves = [leaf.key for leaf in self.leaves if leaf.role == CHANCE]
        return self.values[leaves[0]] if leaves else pd.Series(1.0, self.options.index)

    @cached_property
    def without_chance(self) -> dict[str, str]:
        """The options that never come about at the best estimates, each with its fallback, by id."""
        never = self.chance.index[self.chance <= NO_CHANCE]
        return {str(option): self.fallbacks[option] for option in never}

    def counted_as_others(self, values: np.ndarray) -> np.ndarray:
        """Return which options never come about in values (..., m, n), (..., m).

        Each is level with its fallback, which leads for both; where that isn't beside it, it stands
        for itself.
        """
        roles = [leaf.role for leaf in self.leaves]
        if CHANCE not in roles:
            return np.zeros(np.shape(values)[:-1], dtype=bool)
        beside = np.array([self.fallbacks.get(one) in self._ids for one in self.options.index])
        return np.asarray((values[..., roles.index(CHANCE)] <= NO_CHANCE) & beside)

    @property
    def expected_values(self) -> pd.DataFrame:
        """The values on what holders weigh at the best estimates: the mean of each lottery."""
        keys = [leaf.key for leaf in self.weighed]
        values = self.values[keys]
        if not self.has_chances:
            return values
        otherwise = self.values[[f"{key} {OTHERWISE}" for key in keys]].set_axis(keys, axis=1)
        return values.mul(self.chance, axis=0) + otherwise.mul(1 - self.chance, axis=0)

    def with_chance(
        self, happens: Measure, fallbacks: Mapping[str, str], key: str = CHANCE
    ) -> Problem:
        """Return the question with options that may fail to happen.

        happens gives the chance of every option in percent, as a criterion's measure does;
        fallbacks, by option, the option that happens otherwise (one without is certain). key: the
        leaf that becomes the chance, or a new one. The score of such an option is then the lottery
        of both, and of its leaves only the first, those in `weighed`, are weighed. Raises
        InputError for a fallback that may fail itself.
        """
        if self.has_chances:
            what = f"'{key}' as well as the chances that are stated"
            remedy = "make one chance of both, as a measure"
            raise InputError(Fault("chances", "one chance of an option", what, remedy))
        check_fallbacks(fallbacks, list(self.options.index))
        criteria = with_chance(self.criteria, key, happens, fallbacks)
        return replace(self, criteria=criteria, fallbacks=dict(fallbacks))

    @cached_property
    def modes(self) -> np.ndarray:
        """The best estimates, in the order of `estimates`."""
        return modes(self.estimates)

    @property
    def labels(self) -> pd.Series:
        """The labels of the options, by id."""
        return self.options["label"]

    @cached_property
    def short(self) -> pd.Series:
        """The names of the options for sentences and figures, by id: "short", or else the label.

        A name that would fill a page is cut and ends with its id; `labels` keeps the whole of it.
        """
        stated = self.labels
        if "short" in self.options:  # to pandas a column without one name is one of numbers
            stated = self.options["short"].astype(object).fillna("")
        own = (stated.astype(str).str.strip() != "") & ~stated.duplicated(keep=False)
        names = stated.where(own, self.labels).rename("short")
        cut = names.astype(str).str.slice(0, LONGEST) + "… (" + names.index.astype(str) + ")"
        return names.where(names.astype(str).str.len() <= LONGEST, cut)

    def name_of(self, option: str) -> str:
        """Return an option's short name for a sentence; its id behind it where another has that name."""
        return name_among(self._short_names, option)

    @cached_property
    def _short_names(self) -> dict[str, str]:
        """The short names of the options by id."""
        return {str(option): str(name) for option, name in self.short.items()}

    @cached_property
    def local_weights(self) -> dict[str, float]:
        """The suggested local weights of the criteria, by key; empty where there are none."""
        table = self.tables.get("criteria", pd.DataFrame())
        return table["local_weight"].dropna().to_dict() if "local_weight" in table else {}

    def criterion(self, key: str) -> Criterion:
        """Return a criterion by its key; raises InputError that lists the keys."""
        if key not in self._criteria:
            raise InputError(Fault("criterion", f"one of {known(self._criteria, 30)}", f"'{key}'"))
        return self._criteria[key]

    @cached_property
    def _criteria(self) -> dict[str, Criterion]:
        """The criteria by key."""
        return {criterion.key: criterion for criterion in self.criteria}

    def measured(self, numbers: np.ndarray) -> np.ndarray:
        """Return performances (..., m, n) in natural units for numbers (..., estimates)."""
        drawn = Drawn(self.estimates, np.asarray(numbers, dtype=float))
        shape = (*np.shape(numbers)[:-1], len(self.options))
        table = np.stack(
            [np.broadcast_to(leaf.measured(self, drawn), shape) for leaf in self.leaves], axis=-1
        )
        bad = np.argwhere(~np.isfinite(table))
        refuse(
            Fault(
                f"option '{self.options.index[at[-2]]}', criterion '{self.leaves[at[-1]].key}'",
                "a finite number",
                f"{table[tuple(at)]}",
                "see the criterion's measure",
            )
            for at in bad[:1].tolist()
        )
        return table

    def valued(self, performances: np.ndarray) -> np.ndarray:
        """Return values (..., m, n) on 0-1 scales of performances (..., m, n) in natural units."""
        scales = [leaf.scale for leaf in self.leaves if leaf.scale]
        return np.stack(
            [scale.value(performances[..., j]) for j, scale in enumerate(scales)], axis=-1
        )

    @cached_property
    def performance(self) -> pd.DataFrame:
        """The performance table at the best estimates: options x leaves, natural units."""
        return self._labelled(self.measured(self.modes))

    @cached_property
    def values(self) -> pd.DataFrame:
        """The same on 0-1 value scales."""
        return self._labelled(self.valued(self.performance.to_numpy()))

    @cached_property
    def beyond_anchors(self) -> pd.DataFrame:
        """The cells with a best estimate beyond an end anchor, where their value is held.

        Columns: option, criterion, performance.
        """
        cells = []
        for leaf in self.leaves:
            performances = self.performance[leaf.key]
            if leaf.scale:
                beyond = performances[leaf.scale.beyond(performances.to_numpy())]
                cells += [(option, leaf.key, number) for option, number in beyond.items()]
        return pd.DataFrame(cells, columns=["option", "criterion", "performance"])

    @cached_property
    def position(self) -> dict[str, int]:
        """The place of each estimate among `estimates`, by key."""
        return {key: at for at, key in enumerate(self.estimates)}

    @cached_property
    def reads(self) -> dict[str, set[str]]:
        """The keys of the estimates that the measure of each leaf reads, by leaf."""
        read = {}
        for leaf in self.leaves:
            drawn = Drawn(self.estimates, self.modes)
            leaf.measured(self, drawn)
            read[leaf.key] = drawn.read
        return read

    def inputs(self, criterion: str, option: str) -> list[Estimate]:
        """Return the estimates behind one cell.

        They are those its measure reads, less the ones that belong to other options.
        """
        leaf = self.criterion(criterion)
        owners = (frozenset[str](), frozenset((option,)))
        read = [key for whose in owners for key in self._reads_by_owners.get((leaf.key, whose), ())]
        if isinstance(leaf.measure, MadeMeasure):
            read += set(leaf.measure.behind(option)) & self.reads[leaf.key] - set(read)
        return [self.estimates[key] for key in sorted(read, key=self.position.__getitem__)]

    @cached_property
    def _reads_by_owners(self) -> dict[tuple[str, frozenset[str]], list[str]]:
        """The keys that a leaf's measure reads, by leaf and by the options that they belong to."""
        keys: dict[tuple[str, frozenset[str]], list[str]] = {}
        for leaf in self.leaves:
            made = leaf.measure if isinstance(leaf.measure, MadeMeasure) else None
            for key in made.read_directly(self) if made else self.reads[leaf.key]:
                keys.setdefault((leaf.key, frozenset(self.owners(key))), []).append(key)
        return keys

    @cached_property
    def _ids(self) -> set[str]:
        """The ids of the options: a set made once, as each cell asks for the owners of each estimate."""
        return set(self.options.index)

    def owners(self, estimate: str) -> set[str]:
        """Return the options that an estimate belongs to; none where all options share it.

        An estimate is an option's own where a part of its key, between slashes, is the option's id.
        """
        return self._ids.intersection(estimate.split("/"))

    def kind(self, criterion: str, option: str) -> str:
        """Return the kind of a cell: "derived" from a formula, or the kind of its estimate."""
        leaf = self.criterion(criterion)
        made = leaf.measure
        is_judged = isinstance(made, MadeMeasure) and made.is_judged(option)
        if leaf.derived and not is_judged:
            return "derived"
        return self.estimates[f"{criterion}/{option}"].kind

    def top(self, criterion: str) -> str:
        """Return the key of the criterion at the top of the tree above another."""
        return self.path(criterion)[-1]

    def path(self, criterion: str) -> tuple[str, ...]:
        """Return the keys from a criterion up the tree: its own, its parent's, to the top."""
        step = self.criterion(criterion)
        above = self.path(step.parent) if step.parent else ()
        return (step.key, *above)

    def children(self, criterion: str) -> list[Criterion]:
        """Return the criteria right below one, in order; those at the top for a blank key."""
        return [one for one in self.criteria if one.parent == criterion]

    def keep(self, options: Iterable[str]) -> Problem:
        """Return the question with some options, in their order.

        Raises InputError for an unknown id.
        """
        wanted = list(options)
        refuse(
            Fault("option", f"one of {known(self.options.index)}", f"'{option}'")
            for option in wanted
            if option not in self.options.index
        )
        if wanted == list(self.options.index):
            return self
        if tuple(wanted) not in self._kept:
            baseline = self.frame.baseline if self.frame.baseline in wanted else ""
            self._kept[tuple(wanted)] = replace(
                self,
                options=self.options.loc[wanted],
                frame=replace(self.frame, baseline=baseline),
                narrowed=self.whole,
            )
        return self._kept[tuple(wanted)]

    def places(self, options: Iterable[str] | None = None) -> dict[str, int]:
        """Return the place of each of some options by id, in their order; of all if none are given.

        Raises InputError for an unknown id.
        """
        wanted = self.options if options is None else self.keep(options).options
        return {str(option): self.options.index.get_loc(option) for option in wanted.index}

    def structured(self, name: str) -> Problem:
        """Return the question in one of its structures, by name or label, or "as stated".

        Weights over the stated tree are carried over where they are used: on what is left they keep
        their proportions. Raises InputError that lists the structures for an unknown name.

        >>> from mcda.problem.structures import Change
        >>> scale = Scale(anchors=(0.0, 10.0), worth=(0.0, 1.0))
        >>> pair = [Criterion(key, direction="max", scale=scale) for key in ("use", "fun")]
        >>> cells = [Estimate(f"{one.key}/A", 1, 2, 3) for one in pair]
        >>> play = Structure("no fun", "No fun", (Change("leave out", "fun"),))
        >>> options = pd.DataFrame({"label": ["A"]}, index=["A"])
        >>> estimates = {cell.key: cell for cell in cells}
        >>> asked = Problem("p", Frame(), options, tuple(pair), estimates, structures=(play,))
        >>> [leaf.key for leaf in asked.structured("no fun").leaves]
        ['use']
        """
        stated = self.stated or self
        labels = {one.label: one.name for one in stated.structures}
        names = [AS_STATED, *(one.name for one in stated.structures)]
        meant = named_one(name, names, f"structure '{visible(name)}'", labels)
        if meant == AS_STATED:
            return stated.keep(self.options.index)
        if meant not in stated._shaped:
            by_name = {one.name: one for one in stated.structures}
            stated._shaped[meant] = stated._in_structure(by_name[meant])
        return stated._shaped[meant].keep(self.options.index)

    def _in_structure(self, structure: Structure) -> Problem:
        title = f"{self.title} [structure: {structure.label}]"
        judged = structure.of_kind(JUDGED).values()
        chances = [leaf for leaf in self.leaves if leaf.role == CHANCE]
        stated = [one for one in self.criteria if not one.role]
        shaped = replace(
            self,
            fallbacks={},
            frame=replace(self.frame, title=title),
            criteria=changed_criteria(stated, structure),
            estimates={
                **self.estimates,
                **{cell.key: cell for change in judged for cell in change.cells},
            },
            tables=changed_tables(self.tables, gone_with(stated, structure), structure),
            structure=structure,
            stated=self,
        )
        for key, change in structure.of_kind(AS_CHANCE).items():
            fallback = change.fallback or self.frame.baseline
            others = {one: fallback for one in self.options.index if one != fallback}
            leaf = shaped.criterion(key)
            shaped = shaped.with_chance(partial(_measured, leaf), others, key)
        for leaf in chances:
            shaped = shaped.with_chance(partial(_measured, leaf), self.fallbacks, leaf.key)
        return shaped

    @cached_property
    def _shaped(self) -> dict[str, Problem]:
        """The structures made so far, by name."""
        return {}

    @property
    def whole(self) -> Problem:
        """The question that `keep` narrowed this one from; itself where nothing was left out."""
        return self.narrowed or self

    @cached_property
    def _kept(self) -> dict[tuple[str, ...], Problem]:
        """The narrowed questions made so far, so that rankings behind one floor share a table."""
        return {}

    def _labelled(self, table: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame(
            table, index=self.options.index, columns=[leaf.key for leaf in self.leaves]
        )

    def _repr_html_(self) -> str:
        table = self.performance.rename(index=self.labels)
        table.columns = pd.Index(
            [f"{leaf.label} ({leaf.unit}, {leaf.direction})" for leaf in self.leaves]
        )
        return html_table(table, self.title)


def _measured(leaf: Criterion, problem: Problem, drawn: Drawn) -> np.ndarray:
    return leaf.measured(problem, drawn)


def _check_parts(problem: Problem) -> None:
    """Refuse parts of a question that are of another type than theirs."""
    check_texts("question", name=problem.name)
    check_kind(problem.frame, Frame, "question, frame", "a Frame")
    check_kind(problem.options, pd.DataFrame, "question, options", "a DataFrame of options")
    check_tuples("question", Criterion, "criteria", criteria=problem.criteria)
    check_tuples("question", Event, "events", events=problem.events)
    for name, kind in (("estimates", Estimate), ("sources", Source), ("tables", pd.DataFrame)):
        part = getattr(problem, name)
        check_kind(part, Mapping, f"question, {name}", f"{name} by name")
        for key, one in part.items():
            check_kind(one, kind, f"question, {name}, {key!r}", f"a {kind.__name__}")
    check_kind(problem.widening, Widening | None, "question, widening", "a Widening")


def _option_faults(problem: Problem) -> list[Fault]:
    options = problem.options
    if not len(options):
        return [Fault("options", "at least one option", "none")]
    if "label" not in options:
        return [Fault("options", "a column 'label'", f"columns {known(options.columns)}")]
    faults = [
        *name_faults(options.index, "option id"),
        *name_faults(options["label"], "option label"),
    ]
    faults += [
        Fault(f"option '{option}'", "an id without '/'", "one", "choose another id")
        for option in options.index
        if "/" in str(option)
    ]
    if problem.frame.baseline and problem.frame.baseline not in options.index:
        faults.append(
            Fault(
                "baseline",
                f"one of the options {known(options.index)}",
                f"'{problem.frame.baseline}'",
            )
        )
    return faults


def _tree_faults(criteria: tuple[Criterion, ...]) -> list[Fault]:
    """Return what is wrong with the criteria as a tree: names, leaves, parents, circles."""
    keys = [criterion.key for criterion in criteria]
    parents = {criterion.parent for criterion in criteria if criterion.parent}
    faults = name_faults(keys, "criterion")
    if not any(criterion.scale for criterion in criteria):
        faults.append(Fault("criteria", "at least one leaf with a scale", "none"))
    for criterion in criteria:
        faults += _place_faults(criterion, keys, criterion.key in parents)
    return faults + _cycle_faults(criteria)


def _place_faults(criterion: Criterion, keys: Sequence[str], has_children: bool) -> Iterator[Fault]:
    """Go through what is wrong with a criterion's place among the keys of all of them."""
    where = f"criterion '{criterion.key}'"
    if criterion.parent and criterion.parent not in keys:
        yield Fault(f"{where}, parent", f"one of {known(keys)}", f"'{criterion.parent}'")
    if criterion.scale and has_children:
        yield Fault(where, "either children or a scale", "both")
    if not criterion.scale and not has_children:
        yield Fault(where, "a scale with anchors, or children", "neither", "give its anchors")


def _cycle_faults(criteria: tuple[Criterion, ...]) -> list[Fault]:
    parent = {criterion.key: criterion.parent for criterion in criteria}
    faults = []
    for key in parent:
        seen = {key}
        at = parent[key]
        while at and at in parent and at not in seen:
            seen.add(at)
            at = parent[at]
        if at == key:
            faults.append(
                Fault(
                    f"criterion '{key}'",
                    "a tree",
                    "a criterion that is its own ancestor",
                    "correct its parent",
                )
            )
    return faults


def _source_faults(problem: Problem) -> list[Fault]:
    return [
        Fault(
            f"estimate '{estimate.key}', sources",
            "ids of known sources",
            f"'{source}'",
            "add the source or correct the id",
        )
        for estimate in problem.estimates.values()
        for source in estimate.sources
        if source not in problem.sources
    ]
