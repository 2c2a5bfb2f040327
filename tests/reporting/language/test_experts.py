"""Sentences about experts: their pool, the spread between them beside that within, and who asked nobody."""

import warnings

import mcda
from mcda.reporting.language import experts

HEADER = "key,expert,round,low,best,high,confidence"
ROWS = "cost/GAS,E1,1,60,80,100,90\ncost/GAS,E1,2,70,85,100,90\ncost/GAS,E2,,90,110,118,90\n"


def read(place):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mcda.AssumptionWarning)
        return mcda.read_problem(place)


def test_the_spread_is_told_beside_what_each_is_unsure_of(tmp_path):
    place = mcda.new_question(tmp_path / "q")
    assert experts(read(place)) == []
    alone = "cost/PUMP,E1,,50,60,70,90\n"
    (place / "experts.csv").write_text(f"{HEADER}\n{ROWS}{alone}", encoding="utf-8")
    several, one, others = experts(read(place))
    assert several.startswith("cost/GAS, 2 experts in 2 rounds, pooled (mixture)")
    assert "between the experts" in several and "EUR thousand a year" in several
    assert "one expert in 1 round" in one and "one analyst" in others
