"""Events as they are written: rows of chances and losses, read into checked types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mcda.checks.faults import Fault, Faults, InputError, known, refuse
from mcda.checks.labels import parse_number
from mcda.files.question.as_typed.names_in_cells import names_of
from mcda.files.question.as_typed.score_matrix import RANGED
from mcda.files.tables.numerals import as_plain
from mcda.files.tables.sheets import Row, Sheets, grouped
from mcda.problem.estimates import KINDS, Estimate
from mcda.problem.events.event_faults import check_source, cost_faults, leaf_faults
from mcda.problem.events.events import Event, Loss, Source, same_unit, unit_of_sum
from mcda.problem.model import Criterion, Measure

FindMeasure = Callable[[str], Measure]
MakeEstimate = Callable[[Row, str, str], Estimate]
LOSS = ("low", "mode", "high", "loss")
SMALL = 1.0  # percent: chances that are all below it were hardly meant so


@dataclass(frozen=True)
class Context:
    """What the rows of an event refer to: the question's parts, and the estimates that rows make.

    made: the options that are made of parts; what isn't stated of one is as for another option.
    """

    options: tuple[str, ...]
    made: tuple[str, ...]
    criteria: Mapping[str, Criterion]
    estimates: Mapping[str, Estimate]
    find_measure: FindMeasure
    make: MakeEstimate
    typed: dict[str, Estimate] = field(default_factory=dict)

    def add(self, estimate: Estimate) -> str:
        """Keep an estimate that a row makes, and return its key; refuse one that is there already."""
        if estimate.key in {**self.estimates, **self.typed}:
            raise InputError(Fault("event", "a name of its own", f"the estimate '{estimate.key}'"))
        self.typed[estimate.key] = estimate
        return estimate.key


def read_events(
    sheets: Sheets,
    criteria: Sequence[Criterion],
    estimates: Mapping[str, Estimate],
    find_measure: FindMeasure,
    make: MakeEstimate,
) -> tuple[tuple[Event, ...], dict[str, Estimate]]:
    """Return the events of the sheet "events", and the estimates that are typed there.

    Every fault found is noted, with its row. make: an estimate of a row, by its key and unit. The
    estimates of an event have the keys "EVENT/chance", "EVENT/loss", and these with an option or a
    criterion behind them.
    """
    options = tuple(dict.fromkeys(row.text("id") for row in sheets.rows("options")))
    made = tuple(key for key in names_of(sheets, "options").ids if key not in options)
    tree = {criterion.key: criterion for criterion in criteria}
    context = Context(options, made, tree, estimates, find_measure, make)
    events = []
    rows_by_event = grouped(sheets.rows("events"), "event")
    for name, rows in rows_by_event.items():
        if all(_is_sound(row, sheets, context) for row in rows):
            event = _event(sheets.faults, name, rows, context)
            if event:
                events.append(event)
                _alarm(sheets, event, context.typed, rows[0])
    if len(events) == len(rows_by_event):
        _check_whole(sheets, criteria, events)
    return tuple(events), context.typed


def _is_sound(row: Row, sheets: Sheets, context: Context) -> bool:
    """Say whether a row can be read: what is wrong with its cells or its ids is told elsewhere."""
    known_ids = row.text("option") in ("", *context.options, *context.made) and (
        row.text("criterion") in ("", *context.criteria)
    )
    return known_ids and row.place not in sheets.unsound


@dataclass
class Stated:
    """What the rows of an event state: by option, its chance, and its losses by criterion.

    A blank option is that of every other, and a blank criterion is money.
    """

    name: str
    chances: dict[str, Source] = field(default_factory=dict)
    losses: dict[str, dict[str, str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    seen: dict[tuple[str, str], str] = field(default_factory=dict)

    def add_chance(self, row: Row, context: Context) -> None:
        """Read the chance of a row, if it states one."""
        if row.text("chance").strip():
            option = row.text("option")
            _check_new(self.seen, (option, "chance"), row)
            self.chances[option] = _chance(row, self.name, context)

    def add_loss(self, row: Row, context: Context) -> None:
        """Read the loss of a row, if it states one."""
        if not any(row.text(column).strip() for column in LOSS):
            return
        option = row.text("option")
        criterion = row.text("criterion")
        _check_new(self.seen, (option, f"loss {criterion}".strip()), row)
        self.units[criterion] = _unit(row, self.units.get(criterion, ""), context)
        key = _loss(row, self.name, self.units[criterion], context)
        self.losses.setdefault(criterion, {})[option] = key

    def event(self, rows: Sequence[Row], context: Context) -> Event:
        """Return the event; raises InputError where it lacks a part."""
        chances = _for_all(self.chances, context, "chance")
        losses = _losses(self.losses, self.units, context)
        texts = {column: _once(rows, column) for column in ("label", "group", "rationale")}
        return Event(self.name, chances, losses, _years(rows), **texts)


def _event(faults: Faults, name: str, rows: Sequence[Row], context: Context) -> Event | None:
    """Return the event that some rows state, noting every fault of them; None if there is one."""
    before = len(faults)
    stated = Stated(name)
    with faults.gathered(rows[0], "event"):
        _check_name(name, context)
    for row in rows:
        faults_before = len(faults)
        with faults.gathered(row, "kind"):
            _check_kind(row)
        if len(faults) > faults_before:
            continue  # both numbers of the row would tell it again
        with faults.gathered(row, "chance"):
            stated.add_chance(row, context)
        with faults.gathered(row):
            stated.add_loss(row, context)
    if len(faults) == before:
        with faults.gathered(rows[0]):
            return stated.event(rows, context)
    return None


def _check_name(name: str, context: Context) -> None:
    """Refuse a name that estimates can't bear, or that names something else."""
    names = (*context.options, *context.made, *context.criteria)
    if "/" in name or name in names:
        what_is = f"'{name}'" if "/" in name else f"'{name}', which names something else"
        raise InputError(Fault("column 'event'", "a name of its own, without '/'", what_is))


def _check_kind(row: Row) -> None:
    """Refuse numbers that are typed without saying what sort they are."""
    typed = [row.text(column) for column in LOSS[:-1]]
    is_typed = any(text.strip() for text in typed) or _three(row.text("chance").strip()) is not None
    if is_typed and row.text("kind") not in KINDS:
        found = f"'{row.text('kind')}'" if row.text("kind").strip() else "an empty cell"
        raise InputError(Fault(row.named("kind"), f"one of {known(KINDS)}", found))


def _check_new(seen: dict[tuple[str, str], str], what: tuple[str, str], row: Row) -> None:
    """Refuse a chance or a loss that an earlier row of the event states for the same option."""
    if what in seen:
        about = f"option '{what[0]}'" if what[0] else "every other option"
        expected = f"one {what[1]} for {about}"
        raise InputError(Fault("", expected, f"a second one, first in {seen[what]}"))
    seen[what] = row.place


def _chance(row: Row, name: str, context: Context) -> Source:
    """Return where the chance of a row comes from: a number that is typed, or what it names."""
    text = row.text("chance").strip()
    three = _three(text)
    option = row.text("option")
    if three is not None:
        low, mode, high = three
        key = "/".join(part for part in (name, "chance", option) if part)
        about = (row.text("kind"), row.listed("sources"), "", row.text("rationale"))
        estimate = Estimate(key, low, mode, high, "percent", "triangular", *about)
        _check_source(row, key, ({key: estimate}, ()))
        return context.add(estimate)
    if text not in context.estimates and text not in context.criteria:
        try:
            return context.find_measure(text)
        except InputError:
            pass  # what may stand there is told below
    _check_source(row, text, (context.estimates, context.criteria.values()))
    return text


def _check_source(
    row: Row, source: str, parts: tuple[Mapping[str, Estimate], Iterable[Criterion]]
) -> None:
    """Refuse a chance that is none, with the cell where it stands."""
    try:
        check_source(source, parts)
    except InputError as error:
        refuse(Fault(row.named("chance"), fault.expected, fault.found) for fault in error.faults)


def _three(text: str) -> tuple[float, float, float] | None:
    """Return low, best estimate and high of a cell such as "20 (15 to 30)"; None for a name.

    >>> _three("20 (15 to 30)"), _three("20%"), _three("C4.4")
    ((15.0, 20.0, 30.0), (20.0, 20.0, 20.0), None)
    """
    match = RANGED.fullmatch(text)
    texts = match.group("low", "mode", "high") if match else (text, text, text)
    numbers = [as_plain(one.strip().removesuffix("%")) for one in texts]
    if any(number is None or not number for number in numbers):
        return None
    try:
        low, mode, high = (parse_number(number) for number in numbers if number)
    except ValueError:  # beyond all numbers
        return None
    return low, mode, high


def _unit(row: Row, before: str, context: Context) -> str:
    """Return the unit of the loss of a row: its own, that of its estimate or of its criterion."""
    own = row.text("unit").strip()
    named = row.text("loss").strip()
    leaf = context.criteria.get(row.text("criterion"))
    if leaf is not None and not leaf.scale:
        raise InputError(Fault(row.named("criterion"), "a leaf", f"the head '{leaf.key}'"))
    units = [own] if own else []
    if named in context.estimates:
        units.append(context.estimates[named].unit)
    if leaf is not None:
        units.append(unit_of_sum(leaf.unit))
    units = [unit for unit in (*units, before) if unit.strip()]
    if not units:
        raise InputError(Fault(row.named("unit"), "the unit of the loss, such as EUR bn", "none"))
    for other in units[1:]:
        if not same_unit(units[0], other):
            raise InputError(Fault(row.named("unit"), f"'{other}'", f"'{units[0]}'"))
    return units[0]


def _loss(row: Row, name: str, unit: str, context: Context) -> str:
    """Return the key of the estimate of the loss of a row: typed there, or named."""
    named = row.text("loss").strip()
    typed = [column for column in LOSS[:-1] if row.text(column).strip()]
    if named and typed:
        expected = "either numbers, or the key of an estimate"
        raise InputError(Fault(row.named("loss"), expected, "both", "clear one of them"))
    if named:
        if named not in context.estimates:
            expected = "the key of an estimate, or a blank cell and numbers in low, mode and high"
            raise InputError(Fault(row.named("loss"), expected, f"'{named}'"))
        return named
    parts = (name, "loss", row.text("criterion"), row.text("option"))
    return context.add(context.make(row, "/".join(part for part in parts if part), unit))


def _for_all(given: Mapping[str, Source], context: Context, what: str) -> dict[str, Source]:
    """Return what is given for each option: its own, or that of a row without an option.

    Of options that are made, only their own.
    """
    missing = [option for option in context.options if option not in given and "" not in given]
    if missing:
        remedy = "add a row for each, or one without an option for all others"
        found = f"none for {known(missing, 30)}"
        raise InputError(Fault(f"column '{what}'", f"a {what} for every option", found, remedy))
    own = [option for option in context.made if option in given]
    return {option: given.get(option, given.get("", "")) for option in (*context.options, *own)}


def _losses(
    given: Mapping[str, Mapping[str, str]], units: Mapping[str, str], context: Context
) -> tuple[Loss, ...]:
    """Return the losses of an event, in money and in the units of criteria."""
    if not given:
        expected = "what is lost if it happens: low, mode and high, or the key of an estimate"
        raise InputError(Fault("column 'mode'", expected, "none in any row of the event"))
    losses = []
    for criterion, amounts in given.items():
        keys = {option: str(key) for option, key in _for_all(amounts, context, "loss").items()}
        losses.append(Loss(keys, units[criterion], criterion))
    return tuple(losses)


def _years(rows: Sequence[Row]) -> int:
    """Return the horizon of an event, a whole number of years."""
    text = _once(rows, "years")
    number = parse_number(text) if text else 0.0
    if not text or number != int(number):
        expected = "within how many years it may happen: a whole number"
        found = f"'{text}'" if text else "an empty cell"
        raise InputError(Fault("column 'years'", expected, found))
    return int(number)


def _once(rows: Sequence[Row], column: str) -> str:
    """Return the text of a column of an event; rows that leave it blank follow the others.

    Raises InputError for two different texts, but for reasons, which are put together.
    """
    texts = list(
        dict.fromkeys(row.text(column).strip() for row in rows if row.text(column).strip())
    )
    if column == "rationale":
        return "; ".join(texts)
    if len(texts) > 1:
        raise InputError(
            Fault(f"column '{column}'", "the same in all rows of the event", known(texts))
        )
    return texts[0] if texts else ""


def _alarm(sheets: Sheets, event: Event, typed: Mapping[str, Estimate], row: Row) -> None:
    """Tell chances that were typed as shares of 1, as they seem: they are read as percent."""
    keys = [key for key in dict.fromkeys(event.chances.values()) if key in typed]
    highest = max((typed[str(key)].high for key in keys), default=0.0)
    if 0 < highest <= SMALL:
        sentence = "each chance is read as percent, and none is above 1; write 20 for one in five"
        sheets.alarms.append(f"{row.place}, event '{event.key}': {sentence}")


def _check_whole(sheets: Sheets, criteria: Sequence[Criterion], events: Sequence[Event]) -> None:
    """Note the faults that several rows make: units of a sum, and criteria computed from events."""
    faults = cost_faults(criteria, events)
    for leaf in criteria:
        if leaf.prices_events:
            faults += leaf_faults(leaf, events)
    rows = [(f"criterion '{row.text('id')}'", row) for row in sheets.rows("criteria")]
    rows += [(f"event '{row.text('event').strip()}'", row) for row in sheets.rows("events")]
    for fault in faults:
        rows_at_fault = [row for named, row in rows if fault.where.startswith(named)]
        placed = (
            fault.inside(rows_at_fault[0].place, rows_at_fault[0].spot())
            if rows_at_fault
            else fault
        )
        sheets.faults.append(placed)
