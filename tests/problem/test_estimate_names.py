"""An estimate has a name that a reader understands, in words that its question may choose."""

import pytest

import mcda
from mcda.problem.estimate_names import estimate_name

KEYS = "key,low,mode,high,unit,distribution,kind,sources,as_of,rationale"


def asked(place, *names):
    """The blank question with estimates of its own, and names of what stands in their keys."""
    mcda.new_question(place)
    rows = ["gas_price/GAS/spot_market,1,2,3,EUR,triangular,judgement,,,Because"]
    (place / "estimates.csv").write_text("\n".join([KEYS, *rows, ""]), encoding="utf-8")
    if names:
        (place / "names.csv").write_text("\n".join(["word,name", *names, ""]), encoding="utf-8")
    return place


def test_without_names_it_reads_as_plain_words(tmp_path):
    """The family begins with a capital, an option has its name, and no underscore is left."""
    problem = mcda.read_problem(asked(tmp_path / "asked"))
    told = estimate_name(problem, "gas_price/GAS/spot_market")
    assert told == f"Gas price, {problem.name_of('GAS')}, spot market"


def test_a_question_names_the_words_of_its_keys(tmp_path):
    """Its own names go before those that are derived."""
    names = ("gas_price,Price of a megawatt-hour", "spot_market,on the spot market")
    problem = mcda.read_problem(asked(tmp_path / "asked", *names))
    told = estimate_name(problem, "gas_price/GAS/spot_market")
    assert told == f"Price of a megawatt-hour, {problem.name_of('GAS')}, on the spot market"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("gas_prize,Price", "found 'gas_prize'"),
        ("gas_price,", "expected a text, found an empty cell"),
        ("gas_price,Price\ngas_price,Cost", "'gas_price' again"),
    ],
)
def test_a_name_of_nothing_is_a_fault(tmp_path, row, found):
    """A word that is in no key would name nothing in silence."""
    with pytest.raises(mcda.InputError, match=found) as raised:
        mcda.read_problem(asked(tmp_path / "asked", row))
    assert "names.csv row" in str(raised.value)
