"""The form of a question: its sheets, their columns, and what a person writes into each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mcda.files.tables.cell_types import CellType, Number, OneOf, Told
from mcda.problem.estimates import CREDIBILITY, KINDS, RELIABILITY
from mcda.problem.events.expected_losses import COSTS
from mcda.problem.experts.pool import RULES as POOLS
from mcda.problem.parts.rules import RULES
from mcda.problem.structures import KINDS as CHANGES
from mcda.sampling.distributions import DISTRIBUTIONS

SCALE_TYPES = ("head", "natural", "constructed", "probability")
DIRECTIONS = ("max", "min")
EFFECTS = ("mult", "add", "none")
CLAIM_KINDS = (*KINDS, "uncited")
# what a statement says of two options, of two swings, of amounts, of cards, and of many options
SAYINGS = ("rather", "level", "more", "times", "exchange", "price", "cards", "differences")


@dataclass(frozen=True)
class Column:
    """A column of a sheet: what is written there, and what a cell may hold.

    Parameters
    ----------
    name : str
        Its header.
    hint : str
        What to write, for a person who fills it.
    required : bool
        The sheet must have the column.
    choices : tuple of str
        The words that a workbook offers in a list.
    ids_of : str
        The sheet with the ids that its cells must name.
    width : int
        Of the column in a workbook, in characters.
    holds : CellType, optional
        What each filled cell must be, such as `Number(0, 100)`; any text without it.
    filled : bool
        No cell of it may be blank.

    Examples
    --------
    >>> Column("seats", filled=True).refused(" ")
    ('a text', 'an empty cell', '')
    """

    name: str
    hint: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    ids_of: str = ""
    width: int = 14
    holds: CellType | None = None
    filled: bool = False

    def refused(self, text: str) -> Told | None:
        """Return what was expected of a cell's text, what was found and the way out.

        None if the text is allowed.
        """
        if self.holds:
            return self.holds.refused(text)
        return ("a text", "an empty cell", "") if self.filled and not text.strip() else None


@dataclass(frozen=True)
class Form:
    """A sheet: what one row is, its columns, and those that no two rows may have in common.

    A question package declares its own tables with it, and what it adds to the sheets that every
    question has: `read_problem(..., forms=...)`, or FORMS beside its MEASURES.

    Parameters
    ----------
    name : str
        Of the sheet.
    told : str
        What one row is, in a sentence.
    columns : tuple of Column
        In the order in which a workbook shows them.
    key : tuple of str
        The columns that no two rows may have in common.

    Examples
    --------
    >>> seats = Column("seats", holds=Number(0), filled=True)
    >>> rooms = Form("rooms", "One row a room.", (seats,), key=("id",))
    >>> rooms.column("seats").refused("many")[0]
    'a number such as 12.5'
    """

    name: str
    told: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that must be there."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """Return what is known of a column; one that the form doesn't know takes anything."""
        anchor = ANCHOR if name.startswith("anchor_") else ""
        return next(
            (column for column in self.columns if column.name == name),
            Column(name, anchor, width=16),
        )


ID = Column("id", "Short name, used in the other sheets; no two alike", required=True, width=12)
LABEL = Column("label", "What readers see", required=True, width=30)
KIND = Column("kind", "What sort of number it is", required=True, choices=KINDS, width=13)
# in sheets with rows that become no estimate, which would refuse another kind
STATED_KIND = replace(KIND, holds=OneOf(KINDS))
SOURCES = Column(
    "sources", "Ids from the sheet sources; several with ;", ids_of="sources", width=14
)
WHY = Column("rationale", "One sentence that a stranger can argue with", width=60)
OPTION = Column("option", "Id from options", required=True, ids_of="options", width=12)
CRITERION = Column("criterion", "Id from criteria", required=True, ids_of="criteria", width=14)
RANGE = (
    Column(
        "low",
        "Lowest it can plausibly be; blank with high: no range",
        width=10,
        holds=Number(),
        filled=True,
    ),
    Column("mode", "Best estimate", required=True, width=10, holds=Number(), filled=True),
    Column(
        "high",
        "Highest it can plausibly be; blank with low: no range",
        width=10,
        holds=Number(),
        filled=True,
    ),
)
CHANCE = Number(0, 100)  # in percent
WEIGHT = Number(0, 100)  # in points, or as a share of 1
# what an effect adds or multiplies by: far beyond it a digit was typed too often
SIZE = Number(-1e12, 1e12)
YEARS = Number(1, 1000)
COUNT = Number(0, 10_000)
TIMES = Column(
    "times",
    "Keys of estimates, several with ;: the number times each, or without a number their product",
    width=24,
)
LOST = {
    "low": "Least that is lost if it happens; blank with high: no range",
    "mode": "Best estimate of the loss, over all the years; a gain is below 0",
    "high": "Most that is lost",
}
BROUGHT = {
    "low": "Least that the part brings or takes; blank with high: no range",
    "mode": "Best estimate; below 0 it takes from the sum",
    "high": "Most that it brings or takes",
}
ADDED = {
    "low": "Least that is added; blank with high: no range",
    "mode": "Best estimate of what is added; below 0: a diminishing return",
    "high": "Most that is added",
}
DISTRIBUTION = (
    Column("distribution", "triangular, if left blank", choices=DISTRIBUTIONS, width=13),
    Column("interval", "What low and high are: bounds, or quantiles such as 2.5-97.5%", width=12),
    Column("counts", "Of a beta: events of cases, such as 20 of 136", width=12),
)

FORMS = (
    Form(
        "question",
        "What is decided, by whom, and what the analysis is for: one row a field.",
        (
            Column("field", "Name of the field", required=True, width=20),
            Column(
                "value",
                "Write here; a second entry of a list gets a row of its own",
                required=True,
                width=70,
            ),
            Column("about", "What belongs there", width=60),
        ),
    ),
    Form(
        "options",
        "What can be done: one row an option. Keep one that changes nothing, as the baseline.",
        (
            ID,
            LABEL,
            Column(
                "short",
                "Short form of the label for sentences and figures; blank: the label",
                width=24,
            ),
            Column("description", "One sentence", width=60),
            SOURCES,
            Column(
                "chance",
                "Key of the estimate (or a measure) of the chance that it comes about; blank: sure",
                width=16,
            ),
            Column("fallback", "Id of the option that happens otherwise", width=12),
        ),
        ("id",),
    ),
    Form(
        "criteria",
        "What counts: heads with leaves below them, each leaf with a scale from worst to best "
        "that is fixed by the question and not by the options at hand.",
        (
            ID,
            Column("parent", "Id of its head; blank at the top", ids_of="criteria", width=12),
            LABEL,
            Column("definition", "What exactly is measured", width=45),
            Column("unit", "Of the raw value", width=16),
            Column(
                "scale_type",
                "head, natural (numbers), constructed (words), probability",
                choices=SCALE_TYPES,
            ),
            Column(
                "direction",
                "max: more is better; min: less is better",
                required=True,
                choices=DIRECTIONS,
                width=11,
            ),
            Column("worst", "End of the scale that is worth 0, in numbers or words", width=16),
            Column("middle", "What is worth 50; may be blank", width=16),
            Column("best", "End of the scale that is worth 100", width=16),
            Column(
                "local_weight",
                "Weight beside its siblings, as a suggestion",
                width=12,
                holds=WEIGHT,
            ),
            Column(
                "floor", "A pass mark in natural units, if there is one", width=10, holds=Number()
            ),
            Column("floor_reason", "Why this mark", width=30),
            Column("measure", "Name of a formula in a package; blank for judged cells", width=14),
            Column(
                "bill",
                "Of a cost in money: yearly or once, as it counts in the expected bill; blank: not",
                choices=COSTS,
                width=10,
            ),
        ),
        ("id",),
    ),
    Form(
        "matrix",
        "Best estimates at a glance: a row for each criterion, a column for each option. Type over the "
        "grey numbers, which show the sheet scores; a number here needs no row there. With its own "
        "range a number is written 20 (15 to 30).",
        (
            Column("criterion", "Follows from criteria", width=14),
            Column("label", "Follows from criteria", width=30),
            Column("unit", "Follows from criteria", width=18),
            Column("range", "Of the whole row: 10% or 5, up and down; blank: none", width=12),
            Column("kind", "Of the whole row; blank: judgement", choices=KINDS, width=13),
            Column("sources", "Of the whole row: ids with ; between", ids_of="sources", width=14),
        ),
    ),
    Form(
        "scores",
        "How each option does on each leaf: "
        "low, best estimate and high in the unit of the criterion.",
        (OPTION, CRITERION, *RANGE, KIND, SOURCES, *DISTRIBUTION, WHY),
        ("option", "criterion"),
    ),
    Form(
        "estimates",
        "Numbers that options share, or that a formula needs. "
        "Leave the sheet empty if there are none.",
        (
            Column("key", "name, or name/label for one of a family", required=True, width=22),
            *RANGE,
            Column("unit", "Of the number", required=True, width=18),
            *DISTRIBUTION,
            KIND,
            SOURCES,
            Column("as_of", "Date of the number", width=12),
            WHY,
        ),
        ("key",),
    ),
    Form(
        "experts",
        "What several experts said of an estimate: one row for each answer. The last round of each "
        "expert counts. Leave the sheet out if one analyst made all numbers.",
        (
            Column(
                "key",
                "Key of the estimate, or criterion/option; or the name of a seed question",
                required=True,
                width=22,
                filled=True,
            ),
            Column("expert", "Who answered; a code will do", required=True, width=14, filled=True),
            Column("round", "1, 2, ...; blank: 1", width=8, holds=Number(1, 99)),
            Column("low", "Lowest", required=True, width=10, holds=Number(), filled=True),
            Column("best", "Best", required=True, width=10, holds=Number(), filled=True),
            Column("high", "Highest", required=True, width=10, holds=Number(), filled=True),
            Column(
                "confidence",
                "How sure that it lies between low and high, percent; blank: 90",
                width=11,
                holds=CHANCE,
            ),
            Column("known", "The true answer, of a seed question", width=10, holds=Number()),
            Column(
                "pool",
                "mixture (each expert alike), quantiles (their mean), Cooke (by seed questions)",
                choices=POOLS,
                width=11,
            ),
            Column("as_of", "When", width=12),
            SOURCES,
            WHY,
        ),
    ),
    Form(
        "sources",
        "Where numbers come from, each with two grades that are never merged.",
        (
            ID,
            Column("title", "What it is", required=True, width=45),
            Column("publisher", "Who published it", width=24),
            Column("author", "Who wrote it", width=20),
            Column("date", "When", width=12),
            Column("url", "Where it stands", width=30),
            Column(
                "reliability",
                "A completely reliable to E not; F can't be judged",
                choices=tuple(RELIABILITY),
            ),
            Column(
                "credibility",
                "1 confirmed to 5 improbable; 6 can't be judged",
                choices=tuple(CREDIBILITY),
            ),
            Column("note", "", width=30),
        ),
        ("id",),
    ),
    Form(
        "perspectives",
        "Whose values: one row for each holder and head (or leaf), in points or percent. A weight "
        "says what moving from the worst to the best anchor is worth to the holder.",
        (
            Column("holder_id", "Short name of the holder", required=True, width=12),
            Column("holder", "Who it is", required=True, width=24),
            CRITERION,
            *RANGE,
            STATED_KIND,
            SOURCES,
            WHY,
        ),
    ),
    Form(
        "statements",
        "What people said instead of weights: one row for each statement. A holder without rows in "
        "perspectives gets weights from them; of one with such rows they are a test. Leave the "
        "sheet out if nobody made any.",
        (
            Column("holder", "Who said it", required=True, width=24, filled=True),
            Column(
                "says",
                "rather (option over option), level (options), more (swing over swing), times (a "
                "swing so many times another), exchange (an amount for an amount), price (of one "
                "unit), cards, differences (between options, each in a category)",
                required=True,
                choices=SAYINGS,
                width=10,
                holds=OneOf(SAYINGS),
                filled=True,
            ),
            Column(
                "first",
                "Id of the option or criterion that is worth more; of an exchange, the measure that "
                "gets better. Cards: all criteria from the least important, as a; -; b = c. "
                "Differences: as A > B: weak; A > C: moderate to strong; C = D",
                required=True,
                width=18,
                filled=True,
            ),
            Column("second", "Id of the other; of an exchange, what is given in return", width=14),
            Column(
                "amount", "Of an exchange: how much the first gets better", width=10, holds=SIZE
            ),
            Column(
                "low",
                "At least so many times, or so much in return; the same as high: exactly. Of "
                "rather: by so many points of 100 at least, or blank",
                width=10,
                holds=Number(0),
            ),
            Column("high", "At most; blank: no upper end", width=10, holds=Number(0)),
            Column(
                "start", "Level that the first moves from, on a bent scale", width=10, holds=SIZE
            ),
            Column("second_start", "Level that the second moves from", width=12, holds=SIZE),
            Column("words", "The words as said", width=50),
            Column("as_of", "When", width=12),
            Column("recorded_by", "Who wrote it down", width=18),
            SOURCES,
        ),
    ),
    Form(
        "local_weights",
        "Where a holder differs below a head. Leave the sheet empty if none does.",
        (
            Column("holder", "As in perspectives", required=True, width=24),
            CRITERION,
            Column(
                "weight",
                "Relative to its siblings",
                required=True,
                width=10,
                holds=WEIGHT,
                filled=True,
            ),
        ),
    ),
    Form(
        "scenarios",
        "Futures and what they do to the cells: one row for each state and effect.",
        (
            Column("scenario_id", "Short name of the uncertainty", width=13),
            Column("scenario", "What is uncertain", width=24),
            Column("state", "One way it may turn out", width=18),
            Column("prob_low", "Percent", width=10, holds=CHANCE, filled=True),
            Column("prob_mode", "Percent", width=10, holds=CHANCE, filled=True),
            Column("prob_high", "Percent", width=10, holds=CHANCE, filled=True),
            Column("description", "What happens", width=36),
            CRITERION,
            Column("options", "Ids with ; between, or ALL", width=14),
            Column(
                "effect_type",
                "mult multiplies, add adds, none",
                choices=EFFECTS,
                width=12,
                holds=OneOf(EFFECTS),
                filled=True,
            ),
            Column("effect_low", width=11, holds=SIZE),
            Column("effect_mode", width=11, holds=SIZE),
            Column("effect_high", width=11, holds=SIZE),
            KIND,
            SOURCES,
            WHY,
        ),
    ),
    Form(
        "positions",
        "Which option a holder's public line names, and when. Leave the sheet out if you don't "
        "know: it tests the model, not the holder.",
        (
            Column("holder", "As in perspectives", required=True, width=24, filled=True),
            replace(OPTION, hint="Id from options; blank where no option is named"),
            Column("as_of", "Date of the statement", width=12),
            SOURCES,
            WHY,
        ),
    ),
    Form(
        "screened_out",
        "Options that were considered and ruled out, each with the reason: readers see them, and "
        "nothing ranks them. Leave the sheet out if there are none.",
        (
            ID,
            LABEL,
            Column("reason", "Why it isn't ranked", required=True, width=60, filled=True),
            Column("returns_if", "What would bring it back", width=40),
            Column(
                "option", "Id of the option that is nearest to it; may be blank", ids_of="options"
            ),
            Column("as_of", "Date of the reason", width=12),
            Column("kind", "What sort of reason it is", choices=KINDS, width=13),
            SOURCES,
        ),
        ("id",),
    ),
    Form(
        "claims_links",
        "Which claim stands behind which number: one row for each link. Leave the sheet out if you "
        "keep no claims.",
        (
            Column("claim", "Id from claims", required=True, width=10, filled=True),
            Column(
                "target",
                "A cell (criterion/option), the key of an estimate (* for any one part), or "
                "sheet/id",
                required=True,
                width=26,
                filled=True,
            ),
            Column("relation", "states, informs, limits, contradicts...", width=13),
            Column("confidence", "In the link, not in the claim", width=12),
            Column("how", "In a few words", width=40),
        ),
    ),
    Form(
        "structures",
        "Other defensible shapes of the question: one row for each change to the tree, with the "
        "reason for it. Leave the sheet out if there is one shape.",
        (
            Column("structure", "Name of the shape", required=True, width=18, filled=True),
            Column("label", "What readers see; blank: the name", width=24),
            Column(
                "change",
                "leave out; weight (another local weight); measure, scale or judged (of a leaf); "
                "future (a scenario holds it); chance (that an option comes about)",
                required=True,
                choices=CHANGES,
                width=12,
                filled=True,
            ),
            CRITERION,
            Column("weight", "The other local weight", width=10, holds=WEIGHT),
            Column("measure", "Name of the other formula", width=14),
            Column("unit", "Its unit, if another", width=12),
            Column("worst", "End of the other scale that is worth 0", width=10, holds=Number()),
            Column("middle", "What is worth 50; may be blank", width=10, holds=Number()),
            Column("best", "End that is worth 100", width=10, holds=Number()),
            Column("scenario", "Id of the scenario that holds a future", width=12),
            Column(
                "fallback",
                "Of a chance: the option that happens otherwise; blank: the baseline",
                ids_of="options",
                width=12,
            ),
            WHY,
        ),
    ),
    Form(
        "events",
        "What may happen whatever is decided: its chance, and what is lost if it does. One row for "
        "an event, and one more for each option with a chance or a loss of its own. Leave the "
        "sheet out if nothing of the kind counts.",
        (
            Column("event", "Name of what may happen", required=True, width=18, filled=True),
            Column("label", "What readers see; blank: the name", width=26),
            Column(
                "option",
                "Id from options; blank: every option without a row of its own",
                ids_of="options",
                width=12,
            ),
            Column(
                "chance",
                "In percent over all the years: 20, or 20 (15 to 30), or the id of a criterion in "
                "percent, or the key of an estimate",
                width=18,
            ),
            Column("years", "Within so many years: the horizon", width=10, holds=YEARS),
            *(replace(one, hint=LOST[one.name], required=False, filled=False) for one in RANGE),
            Column("loss", "Or the key of the estimate of the loss", width=14),
            Column("unit", "Of the loss, such as EUR bn", width=12),
            replace(
                CRITERION,
                hint="Id of the criterion in whose unit the loss is; blank: money",
                required=False,
            ),
            Column("group", "At most one event of a group happens; blank: independent", width=12),
            *DISTRIBUTION,
            replace(KIND, required=False),
            SOURCES,
            WHY,
        ),
    ),
    Form(
        "parts",
        "What packages are made of: one row for each part and each quantity that it brings or takes. "
        "Leave the sheet out if options aren't packages.",
        (
            Column("part", "Short name of the part", required=True, width=12, filled=True),
            Column("label", "What readers see; once for a part is enough", width=26),
            Column("groups", "Groups that rules may name, several with ;", width=16),
            Column(
                "quantity",
                "What is brought or taken, such as cost, or the id of a criterion; or chance, that "
                "the part comes about",
                width=16,
            ),
            Column(
                "better",
                "max: more of the quantity is better; min: less is; blank: it is only limited",
                choices=DIRECTIONS,
                width=10,
            ),
            *(replace(one, hint=BROUGHT[one.name], required=False, filled=False) for one in RANGE),
            TIMES,
            Column("unit", "Of the quantity; of a chance: percent", width=14),
            *DISTRIBUTION,
            replace(KIND, required=False),
            SOURCES,
            WHY,
        ),
    ),
    Form(
        "rules",
        "Which parts go together, limits of quantities, and what parts add to each other: one row a "
        "rule. Leave the sheet out if every package may be.",
        (
            ID,
            Column("label", "What readers see; blank: the id", width=26),
            Column(
                "rule",
                "at most, at least (count of the parts); needs (each needs count of the others, or "
                "all); excludes (one of them at most); together (all or none); limit (of a "
                "quantity); adds (an amount, once count of the parts are in, or all)",
                required=True,
                choices=RULES,
                width=12,
                holds=OneOf(RULES),
                filled=True,
            ),
            Column("parts", "Names of parts or groups, several with ;", width=24),
            Column("count", "How many; blank: all", width=8, holds=COUNT),
            Column("others", "What is needed: names of parts or groups", width=18),
            Column("quantity", "That is limited, or added to", width=16),
            Column("least", "Of a limit: at least so much", width=10, holds=Number()),
            Column("most", "Of a limit: at most so much", width=10, holds=Number()),
            *(replace(one, hint=ADDED[one.name], required=False, filled=False) for one in RANGE),
            TIMES,
            Column("unit", "Of what is added", width=14),
            *DISTRIBUTION,
            replace(KIND, required=False),
            SOURCES,
            WHY,
        ),
        ("id",),
    ),
    Form(
        "packages",
        "Packages that were chosen: each joins the options, made of its parts. Leave the sheet out if "
        "none was.",
        (
            ID,
            Column("label", "What readers see; blank: the id", width=30),
            Column("short", "Its name in figures; blank: the label", width=20),
            Column("parts", "Ids of its parts, several with ;", required=True, width=30),
            Column(
                "like",
                "Id of the option that it is like in all that its parts don't say",
                required=True,
                ids_of="options",
                width=12,
                filled=True,
            ),
            Column(
                "fallback",
                "Id of the option that happens where not all parts come about; blank: as that option",
                ids_of="options",
                width=12,
            ),
            Column(
                "members",
                "Family of estimates that say which parts an option counts on, if formulas read one",
                width=14,
            ),
            WHY,
        ),
        ("id",),
    ),
    Form(
        "correlations",
        "Estimates that move together. Leave the sheet out if none do.",
        (
            Column("first", "Key of an estimate, or criterion/option", required=True, width=22),
            Column("second", "Key of another", required=True, width=22),
            Column(
                "rank_correlation",
                "From -1 to 1",
                required=True,
                width=14,
                holds=Number(-1, 1),
                filled=True,
            ),
            STATED_KIND,
            SOURCES,
            WHY,
        ),
    ),
    Form(
        "claims",
        "Single claims of the evidence.",
        (
            ID,
            Column("low", holds=Number(), width=10),
            Column("mode", holds=Number(), width=10),
            Column("high", holds=Number(), width=10),
            Column("kind", "What sort of claim", choices=CLAIM_KINDS, width=13, filled=True),
            SOURCES,
        ),
        ("id",),
    ),
)
ANCHOR = (
    "Numbers: the value that earns this many of 100. "
    "Words: what so many points look like (min: 0 is best)"
)
FIELDS = {
    "title": "A short title",
    "question": "The question in one sentence",
    "decision_owner": "Who decides",
    "commissioner": "Who asked for the analysis",
    "analyst": "Who made it",
    "assurer": "Who checks it; somebody else",
    "date": "Date of this state, as 2026-11-02",
    "scope": "What it covers",
    "exclusions": "What it leaves out; a row each",
    "intended_use": "What it may be used for; a row each",
    "not_intended_use": "What it may not be used for; a row each",
    "baseline": "Id of the option that changes nothing",
    "price_year": "Prices of which year",
    "marking": "Handling mark on every page, such as OFFICIAL or DRAFT",
    "evidence_compiled": "Date on which evidence was compiled",
    "evidence_newest": "Date of its newest item",
    "notes": "Anything a reader must know; a row each",
    "language": "Language of its reports, such as de; English, if blank",
    "measures": "Package with the formulas, criteria.NAME; leave out for judged cells",
}
BY_NAME = {form.name: form for form in FORMS}
PAIRS = Form(
    "judgements",
    "Pairs that a holder compared.",
    (
        Column("first", required=True),
        Column("second", required=True),
        Column("ratio", required=True),
        replace(STATED_KIND, required=False),
        SOURCES,
        WHY,
    ),
)


def form_of(name: str) -> Form:
    """Return the form of a sheet; a table of the question's own has one without columns.

    >>> form_of("scores").required
    ('option', 'criterion', 'mode', 'kind')
    """
    return PAIRS if name.startswith("judgements/") else BY_NAME.get(name, Form(name, "", ()))
