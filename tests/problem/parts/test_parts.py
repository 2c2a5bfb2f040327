"""Parts and rules that can't be are refused, each with a way out; what rules add names its estimates."""

import pytest

import mcda

TWO = (mcda.Part("A", groups=("south",)), mcda.Part("B"))
USE = (mcda.Quantity("use", "points", "max"),)


def adds(quantity, **more):
    """A rule that adds to the use."""
    amount = mcda.Amount("use", ("use/pair",))
    return mcda.Rule("pair", "adds", ("A", "B"), quantity=quantity, amount=amount, **more)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: mcda.Parts(()), "expected one part at least, found none"),
        (lambda: mcda.Part("A", groups=("",)), "part 'A', groups: expected names of groups"),
        (lambda: adds("cost"), "expected 'use', of which the amount is, found 'cost'"),
        (lambda: adds(""), "expected 'use', of which the amount is, found ''"),
        (
            lambda: mcda.Parts(TWO, (mcda.Rule("not", "excludes", ("south",)),)),
            "rule 'not', parts: expected two parts at least, found 'A'",
        ),
        (
            lambda: mcda.Parts(TWO, (mcda.Rule("all", "together", ("B", "B")),)),
            "rule 'all', parts: expected two parts at least, found 'B'",
        ),
    ],
)
def test_what_cannot_be_is_told(make, told):
    """No part, a group without a name, an amount of another quantity, a rule between one part."""
    with pytest.raises(mcda.InputError, match=told):
        make()


def test_what_is_added_by_some_of_the_parts_is_behind_them():
    """A synergy of two of three parts counts for these two, so its estimate stands behind them."""
    parts = mcda.Parts((*TWO, mcda.Part("C")), (adds("use", count=1),), USE)
    assert parts.estimates(["A"]) == ("use/pair",)
    assert parts.estimates(["C"]) == ()
    assert parts.estimates() == ("use/pair",)
