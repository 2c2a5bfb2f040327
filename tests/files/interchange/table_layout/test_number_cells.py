"""Cells become numbers with their units, and what is none is one fault for each cause."""

import openpyxl
import pytest

import mcda


def held(matrix):
    return {name: row.tolist() for name, row in matrix.performances.iterrows()}


def said(matrix):
    return "\n".join(map(str, matrix.notes))


def test_a_column_in_percent_is_read_as_its_points(read):
    """As a statistical office exports it: decimal commas, percent signs in every cell."""
    found = read("Region;Pupils;Places\nNorth;14920;89,56%\nSouth;12000;84,9%\n")
    assert held(found) == {"North": [14920, 89.56], "South": [12000, 84.9]}
    assert dict(found.units) == {"Places": "%"}
    assert "the column 'Places' was read as numbers in %" in said(found)


UNITS = {
    "behind": ("12 km", "7,5 km", 12, 7.5, "km"),
    "in front": ("EUR 300", "EUR 450", 300, 450, "EUR"),
    "a sign in front": ("$1200", "$950", 1200, 950, "$"),
    "of another currency": ("Rs. 1200", "Rs. 950", 1200, 950, "Rs."),
    "of a country's dollar": ("US$ 12", "US$ 9.5", 12, 9.5, "US$"),
    "around the number": ("€1.5m", "€ 20 m", 1.5, 20, "€ m"),
    "behind a minus": ("-£5", "£6", -5, 6, "£"),
    "behind a printed minus": ("−5 €", "6 €", -5, 6, "€"),
    "of several words": ("3 jobs a year", "4 jobs a year", 3, 4, "jobs a year"),
    "with a digit": ("12 m2", "40 m2", 12, 40, "m2"),
}


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_that_all_cells_of_a_column_bear_is_theirs(name, read):
    """It is taken off, kept, and told."""
    first, second, *numbers, unit = UNITS[name]
    found = read(f"Site;Cost;Reach\nA;5;{first}\nB;6;{second}\n")
    assert found.performances["Reach"].tolist() == numbers
    assert dict(found.units) == {"Reach": unit}


@pytest.mark.parametrize("second", ["7 miles", "7"])
def test_units_that_differ_are_no_numbers(second, refused):
    """Neither is converted or dropped."""
    assert "column 'Reach'" in refused(f"Site;Cost;Reach\nA;5;12 km\nB;6;{second}\n")


QUANTITIES = [
    ("EUR 12", "USD 14"),
    ("max 12", "max 13"),
    ("about EUR 12", "about EUR 14"),
    ("£1.2m", "£900k"),
    ("Score: 5", "Score: 6"),
    ("7 (est.)", "8 (est.)"),
]


@pytest.mark.parametrize("words", QUANTITIES)
def test_a_number_among_words_is_no_label_that_is_left_out(words, read, refused):
    """What it costs is not dropped with a note; each way out works."""
    table = f"Site;Cost;Reach\nA;{words[0]};5\nB;{words[1]};6\n"
    told = refused(table)
    assert "expected numbers, found a number with words in each cell" in told
    assert "write the numbers alone, in one unit, or give levels={'Cost': {...}}" in told
    levels = {"Cost": {words[0]: 1, words[1]: 2}}
    assert read(table, levels=levels).performances["Cost"].tolist() == [1, 2]
    assert list(read(table, columns={"Cost": "label"}).performances) == ["Reach"]


def test_a_column_of_days_is_one_fault_with_what_to_write(refused):
    """A program that took numbers for dates is only one of the reasons."""
    told = refused("Site;Opens;Reach\nA;2027-01-01;5\nB;2028-05-01;6\n")
    assert "found a date in each cell: '2027-01-01', '2028-05-01'" in told
    assert "write how many days or years it is from a stated one" in told


def test_commas_as_india_writes_them_part_thousands(read):
    """They prove what a comma is, also in a number of two readings."""
    found = read('Site,Cost,Reach\nA,"12,34,567",5\nB,"50,000",6\n')
    assert found.performances["Cost"].tolist() == [1234567, 50000]


@pytest.mark.parametrize("words", [("Route1", "Route2"), ("1st", "2nd"), ("10-20", "20-30")])
def test_a_word_with_a_number_is_no_quantity(words, refused):
    """A name, a place in a row, a span."""
    assert "column 'Reach'" in refused(f"Site;Cost;Reach\nA;5;{words[0]}\nB;6;{words[1]}\n")


def test_percent_formats_of_a_workbook_are_points(tmp_path):
    """Beside decimal commas typed as text, also with three decimals."""
    book = openpyxl.Workbook()
    for row in (["Standort", "Anteil", "Kosten"], ["Nord", 0.08125, "10,5"], ["Süd", 0.12, "8,25"]):
        book.active.append(row)
    for cell in book.active["B"][1:]:
        cell.number_format = "0.0%"
    book.save(tmp_path / "t.xlsx")
    found = mcda.read_matrix(tmp_path / "t.xlsx")
    assert held(found) == {"Nord": [8.125, 10.5], "Süd": [12, 8.25]}
    assert found.units["Anteil"] == "%"


def test_points_part_thousands_where_a_number_of_the_file_proves_it(read):
    """As a German spreadsheet writes prices: one with cents says what a point is in all of them."""
    found = read("Auto;Preis;Verbrauch\nGolf;29.900;5,4\nCorolla;31.450,50;4,6\n")
    assert held(found) == {"Golf": [29900, 5.4], "Corolla": [31450.5, 4.6]}
    assert any("'29.900'" in str(note) and "29900" in str(note) for note in found.notes)


def test_a_column_says_nothing_of_the_points_of_another(refused):
    """Millions in one, three places in the other; a sign that the cells contradict is refused."""
    text = "name;cost;rate\nA;1.250.000;1.234\nB;2.300.000;3.142\n"
    assert "column 'rate': expected a number in a file of decimal commas" in refused(text)
    told = refused(text, decimal=".")
    assert "decimal: expected ',', which cells such as '1.250.000' prove, found '.'" in told


@pytest.mark.parametrize("other", ["31.450", "31.4", "0.125"])
def test_a_point_before_three_digits_is_asked_for_where_nothing_proves_it(read, refused, other):
    """Beside a decimal comma it may be another machine's decimal point; each way out is taken."""
    text = f"Auto;Preis;Verbrauch\nGolf;29.900;5,4\nCorolla;{other};4,6\n"
    told = refused(text)
    assert "found '29.900', which is 29,900 or 29900; write 29,900 or 29900, or give" in told
    assert (
        held(read(text.replace("29.900", "29,900").replace("31.450", "31,450")))["Golf"][0] == 29.9
    )
    assert (
        held(read(text.replace("29.900", "29900").replace("31.450", "31450")))["Golf"][0] == 29900
    )
    assert held(read(text, decimal=","))["Golf"][0] == 29900


def test_a_column_in_words_is_one_fault(refused):
    """Not one for each of its cells; it shows the words that need a number."""
    rows = "".join(f"C{at},{word},{at}\n" for at, word in enumerate(["low", "high", "low"] * 5))
    told = refused(f"Candidate,Skill,Age\n{rows}")
    assert told.count("expected") == 1
    assert "column 'Skill': expected numbers, found words: 'low', 'high'; give levels=" in told


def test_the_same_word_in_a_column_is_one_fault_that_counts_its_rows(read, refused):
    """With a way out for each that misses a number; both ways work."""
    rows = "".join(f"C{at},{'n/a' if at > 2 else at},{at + 2}\n" for at in range(9))
    text = f"Candidate,Points,Age\n{rows}"
    told = refused(text)
    assert (
        told.count("expected") == 1 and "found 'n/a', a missing number, as in 5 more rows" in told
    )
    assert "rows={'C3': 'left out'} or columns={'Points': 'left out'}" in told
    assert len(read(text, columns={"Points": "left out"}).performances) == 9


LONG = "Mountain,Route,Length,Score\nAlp,East,12,7\nAlp,West,15,8\nFell,Ridge,9,6\nFell,Gully,8,6\n"


def test_heads_that_stand_again_are_one_fault(read, refused):
    """Where two tables were joined; without the line the rows are one table."""
    table = "Site,Cost,Reach\nA,1,20\nSite,Cost,Reach\nB,2,30\n"
    told = refused(table)
    assert told.count("expected") == 1 and "found the heads once more" in told
    assert list(read(table, rows={"Site": "left out"}).performances.index) == ["A", "B"]


def test_names_that_stand_twice_are_one_fault_with_the_column_that_names(read, refused):
    """The way out works, and so does going without names."""
    told = refused(LONG)
    assert "'Alp (2 times)', 'Fell (2 times)'" in told
    assert "names='Route' or names='none'" in told
    way = {"Mountain": "left out"}
    assert held(read(LONG, names="Route", columns=way))["Ridge"] == [9, 6]
    way = {"Mountain": "left out", "Route": "label"}
    assert read(LONG, names="none", columns=way).labels["4"] == "Gully"


def test_one_name_that_stands_twice_is_told_by_its_row(refused):
    """A slip, and no wrong column."""
    assert "alternative 2: expected a name of its own" in refused("Site,Cost\nA,3\nA,4\nB,5\n")
