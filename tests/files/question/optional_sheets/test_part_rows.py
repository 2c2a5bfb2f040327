"""Parts and rules of a question: read from sheets or a workbook, and every fault told by its row and column."""

import pytest

import mcda

PARTS = "part,label,groups,quantity,better,low,mode,high,times,unit,kind,sources,rationale"
RULES = "id,rule,parts,count,others,quantity,least,most,low,mode,high,times,unit,kind,rationale"
PLAIN = """
loft,Insulate the loft,fabric,spend,min,20,30,50,,EUR thousand,estimate,S1,An offer
loft,,,warmth,max,4,5,6,,points,judgement,,
loft,,,chance,,80,90,95,,,judgement,,
panels,Solar panels,supply;roof,spend,,,2,,per_panel,,judgement,,Two at a price that all share
panels,,,warmth,,,1,,,,judgement,,
trees,Trees in the yard,,,,,,,,,,,
"""
KEPT = """
budget,limit,,,,spend,,60,,,,,,,Voted in May
one,at most,fabric;supply,1,,,,,,,,,,,
pair,adds,loft;panels,,,warmth,,,,-1,,,,judgement,Less is left to save
"""


def with_parts(place, parts=PLAIN, rules=KEPT):
    """A blank question with sheets of parts and rules, and a price that parts share."""
    mcda.new_question(place)
    (place / "parts.csv").write_text(f"{PARTS}\n{parts.strip()}\n", encoding="utf-8")
    (place / "rules.csv").write_text(f"{RULES}\n{rules.strip()}\n", encoding="utf-8")
    path = place / "estimates.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    rows = "per_panel,8,10,14,EUR thousand,,estimate,S1,,\nshare,20,35,50,percent,,estimate,S1,,"
    path.write_text(f"{header}\n{rows}\n", encoding="utf-8")
    return place


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_parts_are_estimates_under_rules(tmp_path):
    """Numbers become estimates that are drawn; a shared one is a factor; labels and groups stand once."""
    problem = mcda.read_problem(with_parts(tmp_path / "heating"))
    parts = problem.parts
    assert parts.keys == ("loft", "panels", "trees")
    assert parts.groups == {"fabric": ("loft",), "supply": ("panels",), "roof": ("panels",)}
    spend, warmth = parts.quantities
    assert (spend.key, spend.unit, spend.direction) == ("spend", "EUR thousand", "min")
    assert (warmth.key, warmth.unit, warmth.direction) == ("warmth", "points", "max")
    assert parts.part("panels").amounts[0].factors == ("spend/panels", "per_panel")
    assert parts.part("loft").chance == ("chance/loft",)
    assert parts.part("trees").amounts == ()
    loft = problem.estimates["spend/loft"]
    assert (loft.low, loft.mode, loft.high, loft.sources) == (20, 30, 50, ("S1",))
    budget, one, pair = parts.rules
    assert (budget.kind, budget.quantity, budget.least, budget.most) == ("limit", "spend", None, 60)
    assert parts.members(one.parts) == ("loft", "panels")
    assert (pair.amount.quantity, pair.amount.factors) == ("warmth", ("warmth/pair",))
    assert "spend/loft" in mcda.sample(problem, 10, 1).varying
    assert not set(mcda.check(problem).unused) & set(parts.estimates())


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_a_workbook_and_made_sheets_say_the_same(tmp_path):
    """Parts and rules survive a workbook, and the sheets that are made of a question."""
    place = with_parts(tmp_path / "heating")
    problem = mcda.read_problem(place)
    book = mcda.write_workbook(mcda.read_sheets(place), tmp_path / "heating.xlsx")
    again = mcda.read_problem(book)
    assert again.parts == problem.parts
    made = mcda.read_problem(mcda.write_folder(mcda.sheets_of(problem), tmp_path / "made"))
    assert made.parts == problem.parts
    assert made.estimates.keys() == problem.estimates.keys()


def test_both_sheets_may_be_absent_or_empty(tmp_path):
    """The blank question has both without rows, and nothing comes of them."""
    place = mcda.new_question(tmp_path / "heating")
    assert mcda.read_problem(place).parts is None
    (place / "parts.csv").unlink()
    (place / "rules.csv").unlink()
    assert mcda.read_problem(place).parts is None


FAULTS = {
    "a unit that differs": (
        "loft,,,spend,min,1,2,3,,EUR m,fact,,\nroof,,,spend,,1,2,3,,EUR bn,fact,,",
        "",
        "parts.csv row 3: column 'unit': expected 'EUR m', found 'EUR bn'",
    ),
    "no unit": (
        "loft,,,spend,min,1,2,3,,,fact,,",
        "",
        "column 'unit': expected the unit, such as EUR m, found none",
    ),
    "no number": (
        "loft,,,spend,min,,,,,EUR m,fact,,",
        "",
        "column 'mode': expected low, mode and high, or keys of estimates in times, found neither",
    ),
    "an unknown estimate": (
        "loft,,,spend,min,,,,no_such,EUR m,,,",
        "",
        "column 'times': expected keys of estimates, found 'no_such'",
    ),
    "a factor in percent": (
        "loft,,,spend,min,1,2,3,share,EUR m,fact,,",
        "",
        "column 'times': expected factors that aren't in percent, found 'share'; state it from 0 to 1",
    ),
    "a quantity twice": (
        "loft,,,spend,min,1,2,3,,EUR m,fact,,\nloft,,,spend,,1,2,3,,,fact,,",
        "",
        "parts.csv row 3: column 'quantity': expected one row for 'loft' and 'spend', found a second one",
    ),
    "the name of an option": (
        "GAS,,,spend,min,1,2,3,,EUR m,fact,,",
        "",
        "expected a name that no option and no criterion has, found 'GAS'",
    ),
    "a chance beyond all": (
        "loft,,,chance,,50,90,130,,,fact,,",
        "",
        "expected a chance from 0 to 100 percent, or from 0 to 1",
    ),
    "a part of no name in a rule": (
        PLAIN,
        "one,at most,attic,1,,,,,,,,,,,",
        "rules.csv row 2: rule 'one', parts: expected parts and groups",
    ),
    "a part of no name that is needed": (
        PLAIN,
        "one,needs,loft,,attic,,,,,,,,,,",
        "rules.csv row 2: rule 'one', others: expected parts and groups",
    ),
    "a rule twice": (
        PLAIN,
        "one,at most,loft,1,,,,,,,,,,,\none,at least,loft,1,,,,,,,,,,,",
        "rules.csv row 3: expected a row of its own, found 'one' again, first in rules.csv row 2",
    ),
    "no count": (
        PLAIN,
        "one,at most,loft,,,,,,,,,,,,",
        "column 'count': expected how many of the parts, found an empty cell",
    ),
    "a limit of nothing": (
        PLAIN,
        "cap,limit,,,,noise,,5,,,,,,,",
        "column 'quantity': expected a quantity that parts bring or take: 'spend', 'warmth'",
    ),
    "limits that cross": (
        PLAIN,
        "cap,limit,,,,spend,9,5,,,,,,,",
        "expected the smaller number in least, found 9 and 5",
    ),
    "a field that the rule doesn't read": (
        PLAIN,
        "no,excludes,loft;panels,,,,,7,,,,,,,",
        "column 'most': expected nothing: 'excludes', found 7.0",
    ),
    "more of them than there are": (
        PLAIN,
        "two,at least,fabric,2,,,,,,,,,,,",
        "expected at most 1, as many as there are, found 2",
    ),
    "rules without parts": ("", "one,at most,loft,1,,,,,,,,,,,", "rules.csv: expected parts"),
    "another word for a rule": (PLAIN, "one,never,loft,1,,,,,,,,,,,", "'never'"),
}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_every_fault_is_told(tmp_path, name):
    """Its sheet, its row, what was expected and what was found; one fault for one cause."""
    parts, rules, told = FAULTS[name]
    with pytest.raises(mcda.InputError) as raised:
        mcda.read_problem(with_parts(tmp_path / "heating", parts, rules))
    assert told in str(raised.value)
    assert len(raised.value.faults) == 1, str(raised.value)


@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
def test_all_faults_at_once(tmp_path):
    """Faults of parts and of rules come together."""
    parts = f"{PLAIN.strip()}\nroof,,,spend,,,,,none,,,,"
    with pytest.raises(mcda.InputError) as raised:
        mcda.read_problem(with_parts(tmp_path / "heating", parts, "one,at most,loft,,,,,,,,,,,,"))
    assert len(raised.value.faults) == 2
