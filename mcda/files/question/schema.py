"""The form of a question: its sheets, their columns, and what a person writes into each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mcda.files.tables.cell_types import CellType, Date, Number, OneOf, Told
from mcda.problem.estimates import CREDIBILITY, KINDS, RELIABILITY
from mcda.problem.events.expected_losses import COSTS
from mcda.problem.experts.pool import RULES as POOLS
from mcda.problem.parts.rules import RULES
from mcda.problem.structures import KINDS as CHANGES
from mcda.sampling.distributions import DISTRIBUTIONS
from mcda.sentences.catalogue import first_told

SCALE_TYPES = ("head", "natural", "constructed", "probability")
DIRECTIONS = ("max", "min")
EFFECTS = ("mult", "add", "none")
CLAIM_KINDS = (*KINDS, "uncited")
ANCHOR = "anchor"  # what the names of columns with points of a scale begin with
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
        What to write, for a person who fills it; blank where the catalogue says it (`Form.hint`).
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
        What one row is, in a sentence; blank where the catalogue says it (`Form.about`).
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
    told: str = ""
    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """What one row is; blank for a table that the question alone knows."""
        return self.told or first_told("sheet", self.name)

    def hint(self, column: Column) -> str:
        """Return what to write into a column, of this sheet or of any with a column of that name.

        >>> form_of("options").hint(ID)
        'Short name, used in the other sheets; no two alike'
        """
        kind = ANCHOR if column.name.startswith(f"{ANCHOR}_") else column.name
        return column.hint or first_told("hint", f"{self.name}.{column.name}", kind)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that must be there."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def texts(self) -> tuple[str, ...]:
        """The columns that hold any text: names stay names, though each of them may be a year."""
        return tuple(column.name for column in self.columns if not isinstance(column.holds, Number))

    @property
    def dates(self) -> tuple[str, ...]:
        """The columns that hold dates."""
        return tuple(column.name for column in self.columns if isinstance(column.holds, Date))

    def column(self, name: str) -> Column:
        """Return what is known of a column; one that the form doesn't know takes anything."""
        known = (column for column in self.columns if column.name == name)
        return next(known, Column(name, width=16))


ID = Column("id", required=True, width=12)
LABEL = Column("label", required=True, width=30)
KIND = Column("kind", required=True, choices=KINDS, width=13)
# in sheets with rows that become no estimate, which would refuse another kind
STATED_KIND = replace(KIND, holds=OneOf(KINDS))
SOURCES = Column("sources", ids_of="sources", width=14)
WHY = Column("rationale", width=60)
AS_OF = Column("as_of", width=12, holds=Date())
OPTION = Column("option", required=True, ids_of="options", width=12)
CRITERION = Column("criterion", required=True, ids_of="criteria", width=14)
RANGE = (
    Column(
        "low",
        width=10,
        holds=Number(),
        filled=True,
    ),
    Column("mode", required=True, width=10, holds=Number(), filled=True),
    Column(
        "high",
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
    width=24,
)
DISTRIBUTION = (
    Column("distribution", choices=DISTRIBUTIONS, width=13),
    Column("interval", width=12),
    Column("counts", width=12),
)

FORMS = (
    Form(
        "question",
        columns=(
            Column("field", required=True, width=20),
            Column(
                "value",
                required=True,
                width=70,
            ),
            Column("about", width=60),
        ),
    ),
    Form(
        "options",
        columns=(
            ID,
            LABEL,
            Column(
                "short",
                width=24,
            ),
            Column("description", width=60),
            SOURCES,
            Column(
                "chance",
                width=16,
            ),
            Column("fallback", width=12),
        ),
        key=("id",),
    ),
    Form(
        "criteria",
        columns=(
            ID,
            Column("parent", ids_of="criteria", width=12),
            LABEL,
            Column("definition", width=45),
            Column("unit", width=16),
            Column(
                "scale_type",
                choices=SCALE_TYPES,
            ),
            Column(
                "direction",
                required=True,
                choices=DIRECTIONS,
                width=11,
            ),
            Column("worst", width=16),
            Column("middle", width=16),
            Column("best", width=16),
            Column(
                "local_weight",
                width=12,
                holds=WEIGHT,
            ),
            Column("floor", width=10, holds=Number()),
            Column("floor_reason", width=30),
            Column("measure", width=14),
            Column(
                "bill",
                choices=COSTS,
                width=10,
            ),
        ),
        key=("id",),
    ),
    Form(
        "matrix",
        columns=(
            Column("criterion", width=14),
            Column("label", width=30),
            Column("unit", width=18),
            Column("range", width=12),
            Column("kind", choices=KINDS, width=13),
            Column("sources", ids_of="sources", width=14),
        ),
    ),
    Form(
        "scores",
        columns=(OPTION, CRITERION, *RANGE, KIND, SOURCES, *DISTRIBUTION, WHY),
        key=("option", "criterion"),
    ),
    Form(
        "estimates",
        columns=(
            Column("key", required=True, width=22),
            *RANGE,
            Column("unit", required=True, width=18),
            *DISTRIBUTION,
            KIND,
            SOURCES,
            AS_OF,
            WHY,
        ),
        key=("key",),
    ),
    Form(
        "names",
        columns=(
            Column("word", required=True, width=22, filled=True),
            Column("name", required=True, width=36, filled=True),
        ),
        key=("word",),
    ),
    Form(
        "experts",
        columns=(
            Column(
                "key",
                required=True,
                width=22,
                filled=True,
            ),
            Column("expert", required=True, width=14, filled=True),
            Column("round", width=8, holds=Number(1, 99)),
            Column("low", required=True, width=10, holds=Number(), filled=True),
            Column("best", required=True, width=10, holds=Number(), filled=True),
            Column("high", required=True, width=10, holds=Number(), filled=True),
            Column(
                "confidence",
                width=11,
                holds=CHANCE,
            ),
            Column("known", width=10, holds=Number()),
            Column(
                "pool",
                choices=POOLS,
                width=11,
            ),
            AS_OF,
            SOURCES,
            WHY,
        ),
    ),
    Form(
        "sources",
        columns=(
            ID,
            Column("title", required=True, width=45),
            Column("publisher", width=24),
            Column("author", width=20),
            Column("date", width=12, holds=Date()),
            Column("url", width=30),
            Column(
                "reliability",
                choices=tuple(RELIABILITY),
            ),
            Column(
                "credibility",
                choices=tuple(CREDIBILITY),
            ),
            Column("note", width=30),
        ),
        key=("id",),
    ),
    Form(
        "perspectives",
        columns=(
            Column("holder_id", required=True, width=12),
            Column("holder", required=True, width=24),
            CRITERION,
            *RANGE,
            STATED_KIND,
            SOURCES,
            WHY,
        ),
    ),
    Form(
        "statements",
        columns=(
            Column("holder", required=True, width=24, filled=True),
            Column(
                "says",
                required=True,
                choices=SAYINGS,
                width=10,
                holds=OneOf(SAYINGS),
                filled=True,
            ),
            Column(
                "first",
                required=True,
                width=18,
                filled=True,
            ),
            Column("second", width=14),
            Column("amount", width=10, holds=SIZE),
            Column(
                "low",
                width=10,
                holds=Number(0),
            ),
            Column("high", width=10, holds=Number(0)),
            Column("start", width=10, holds=SIZE),
            Column("second_start", width=12, holds=SIZE),
            Column("words", width=50),
            AS_OF,
            Column("recorded_by", width=18),
            SOURCES,
        ),
    ),
    Form(
        "local_weights",
        columns=(
            Column("holder", required=True, width=24),
            CRITERION,
            Column(
                "weight",
                required=True,
                width=10,
                holds=WEIGHT,
                filled=True,
            ),
        ),
    ),
    Form(
        "scenarios",
        columns=(
            Column("scenario_id", width=13),
            Column("scenario", width=24),
            Column("state", width=18),
            Column("prob_low", width=10, holds=CHANCE, filled=True),
            Column("prob_mode", width=10, holds=CHANCE, filled=True),
            Column("prob_high", width=10, holds=CHANCE, filled=True),
            Column("description", width=36),
            CRITERION,
            Column("options", width=14),
            Column(
                "effect_type",
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
        columns=(
            Column("holder", required=True, width=24, filled=True),
            OPTION,
            AS_OF,
            SOURCES,
            WHY,
        ),
    ),
    Form(
        "screened_out",
        columns=(
            ID,
            LABEL,
            Column("reason", required=True, width=60, filled=True),
            Column("returns_if", width=40),
            Column("option", ids_of="options"),
            AS_OF,
            Column("kind", choices=KINDS, width=13),
            SOURCES,
        ),
        key=("id",),
    ),
    Form(
        "claims_links",
        columns=(
            Column("claim", required=True, width=10, filled=True),
            Column(
                "target",
                required=True,
                width=26,
                filled=True,
            ),
            Column("relation", width=13),
            Column("confidence", width=12),
            Column("how", width=40),
        ),
    ),
    Form(
        "structures",
        columns=(
            Column("structure", required=True, width=18, filled=True),
            Column("label", width=24),
            Column(
                "change",
                required=True,
                choices=CHANGES,
                width=12,
                filled=True,
            ),
            CRITERION,
            Column("weight", width=10, holds=WEIGHT),
            Column("measure", width=14),
            Column("unit", width=12),
            Column("worst", width=10, holds=Number()),
            Column("middle", width=10, holds=Number()),
            Column("best", width=10, holds=Number()),
            Column("scenario", width=12),
            Column(
                "fallback",
                ids_of="options",
                width=12,
            ),
            WHY,
        ),
    ),
    Form(
        "events",
        columns=(
            Column("event", required=True, width=18, filled=True),
            Column("label", width=26),
            Column(
                "option",
                ids_of="options",
                width=12,
            ),
            Column(
                "chance",
                width=18,
            ),
            Column("years", width=10, holds=YEARS),
            *(replace(one, required=False, filled=False) for one in RANGE),
            Column("loss", width=14),
            Column("unit", width=12),
            replace(
                CRITERION,
                required=False,
            ),
            Column("group", width=12),
            *DISTRIBUTION,
            replace(KIND, required=False),
            SOURCES,
            WHY,
        ),
    ),
    Form(
        "parts",
        columns=(
            Column("part", required=True, width=12, filled=True),
            Column("label", width=26),
            Column("groups", width=16),
            Column(
                "quantity",
                width=16,
            ),
            Column(
                "better",
                choices=DIRECTIONS,
                width=10,
            ),
            *(replace(one, required=False, filled=False) for one in RANGE),
            TIMES,
            Column("unit", width=14),
            *DISTRIBUTION,
            replace(KIND, required=False),
            SOURCES,
            WHY,
        ),
    ),
    Form(
        "rules",
        columns=(
            ID,
            Column("label", width=26),
            Column(
                "rule",
                required=True,
                choices=RULES,
                width=12,
                holds=OneOf(RULES),
                filled=True,
            ),
            Column("parts", width=24),
            Column("count", width=8, holds=COUNT),
            Column("others", width=18),
            Column("quantity", width=16),
            Column("least", width=10, holds=Number()),
            Column("most", width=10, holds=Number()),
            *(replace(one, required=False, filled=False) for one in RANGE),
            TIMES,
            Column("unit", width=14),
            *DISTRIBUTION,
            replace(KIND, required=False),
            SOURCES,
            WHY,
        ),
        key=("id",),
    ),
    Form(
        "packages",
        columns=(
            ID,
            Column("label", width=30),
            Column("short", width=20),
            Column("parts", required=True, width=30),
            Column(
                "like",
                required=True,
                ids_of="options",
                width=12,
                filled=True,
            ),
            Column(
                "fallback",
                ids_of="options",
                width=12,
            ),
            Column(
                "members",
                width=14,
            ),
            WHY,
        ),
        key=("id",),
    ),
    Form(
        "correlations",
        columns=(
            Column("first", required=True, width=22),
            Column("second", required=True, width=22),
            Column(
                "rank_correlation",
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
        columns=(
            ID,
            Column("low", holds=Number(), width=10),
            Column("mode", holds=Number(), width=10),
            Column("high", holds=Number(), width=10),
            Column("kind", choices=CLAIM_KINDS, width=13, filled=True),
            SOURCES,
        ),
        key=("id",),
    ),
)
FIELDS = (
    "title",
    "question",
    "decision_owner",
    "commissioner",
    "analyst",
    "assurer",
    "date",
    "scope",
    "exclusions",
    "intended_use",
    "not_intended_use",
    "baseline",
    "price_year",
    "marking",
    "evidence_compiled",
    "evidence_newest",
    "notes",
    "language",
    "measures",
)
DATE_FIELDS = ("date", "evidence_compiled", "evidence_newest")
BY_NAME = {form.name: form for form in FORMS}
PAIRS = Form(
    "judgements",
    columns=(
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
    return PAIRS if name.startswith("judgements/") else BY_NAME.get(name, Form(name))
