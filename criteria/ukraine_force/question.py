"""The question put together: its data, and the formulas that the data name."""

from pathlib import Path

import mcda
from criteria.ukraine_force import cost, escalation, force_size, legal, us_dependence

HERE = Path(__file__).parent
INSTALLED = HERE.parent / "data"
CHECKOUT = HERE.parents[1] / "data"
DATA = (INSTALLED if INSTALLED.is_dir() else CHECKOUT) / HERE.name

MEASURES = {
    **force_size.MEASURES,
    **cost.MEASURES,
    **legal.MEASURES,
    **escalation.MEASURES,
    **us_dependence.MEASURES,
}

# no force is larger
PERSONS = mcda.Number(0, 1e6)
THOUSANDS = mcda.Number(0, 1000)
MONEY = mcda.Number(0, 1000)
FORMS = (
    mcda.Form(
        "options",
        "What this question adds to its options",
        (
            mcda.Column("size_low", "Thousand", holds=THOUSANDS),
            mcda.Column("size_mode", "Thousand", holds=THOUSANDS),
            mcda.Column("size_high", "Thousand", holds=THOUSANDS),
            mcda.Column("force_kind", "As in unit_cost/...", required=True, filled=True),
            mcda.Column("mission", "As in agreement/...", required=True, filled=True),
        ),
    ),
    mcda.Form(
        "contributors",
        "Who may bring a force, by which route, and how much",
        (
            mcda.Column("id", required=True, filled=True),
            mcda.Column("parliamentary_approval", "As in passage/...", required=True, filled=True),
            mcda.Column("stance_code", "As in agreement/...", required=True, filled=True),
            mcda.Column(
                "max_contribution_low", "Persons", required=True, holds=PERSONS, filled=True
            ),
            mcda.Column(
                "max_contribution_mode", "Persons", required=True, holds=PERSONS, filled=True
            ),
            mcda.Column(
                "max_contribution_high", "Persons", required=True, holds=PERSONS, filled=True
            ),
        ),
        key=("id",),
    ),
    mcda.Form(
        "cost_model",
        "The analyst's own sum of the yearly cost, kept for comparison",
        (
            mcda.Column("option", required=True, ids_of="options", filled=True),
            mcda.Column("base_thousand", holds=THOUSANDS),
            *(
                mcda.Column(f"{part}_{end}_{unit}", holds=MONEY)
                for part, unit in (("unit", "eur_m"), ("addon", "eur_bn"), ("total", "eur_bn"))
                for end in ("low", "mode", "high")
            ),
        ),
        key=("option",),
    ),
)


def problem(data: Path = DATA) -> mcda.Problem:
    """Return the question from its folder; raises mcda.InputError with every fault of the files."""
    return mcda.read_problem(data, MEASURES, forms=FORMS)
