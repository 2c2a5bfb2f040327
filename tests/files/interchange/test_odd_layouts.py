"""Tables in the layouts that people really send: read with a note, or asked about with a way out that works."""

import pytest

import mcda


def numbers(matrix):
    return matrix.performances.to_numpy().tolist()


def notes(matrix):
    return " | ".join(map(str, matrix.notes))


HEADS = {
    "twice": ",Economy,Economy,People\nOption,Price,Jobs,Noise\nA,10,7,3\nB,8,6,4\n",
    "gaps": ",Economy,,People\nOption,Price,Jobs,Noise\nA,10,7,3\nB,8,6,4\n",
    "a name above the names": "Site,Economy,,People\nSite,Price,Jobs,Noise\nA,10,7,3\nB,8,6,4\n",
    "measures called as directions are": ",Economy,,People\nOption,Cost,Jobs,Gain\nA,10,7,3\nB,8,6,4\n",
}


@pytest.mark.parametrize("text", HEADS.values(), ids=HEADS)
def test_groups_of_columns_above_the_header_are_left_out(text, read):
    """The second line is the header: it has a word of its own over each column of numbers."""
    found = read(text)
    assert numbers(found) == [[10, 7, 3], [8, 6, 4]]
    assert list(found.performances.index) == ["A", "B"]
    assert "a line above the header was read as groups of columns: left out" in notes(found)


@pytest.mark.parametrize(
    "text",
    [
        "Option,Cost,Cost\nA,10,7\nB,8,6\n",
        "Option,Cost,Cost\nType,cost,benefit\nA,10,7\nB,8,6\n",
        "Option,Cost,Cost\nUnit,EUR,places\nA,10,7\nB,8,6\n",
    ],
)
def test_a_head_that_stands_twice_stays_a_fault(text, refused):
    """A line of types or units below is no header."""
    assert "expected every column once, found 'Cost' 2 times" in refused(text)


MARKDOWN = """| Option | Cost | Time |
|:---|---:|:---:|
| A | 10 | 5 |
| B | 1,5 | 6 |
"""


def test_a_markdown_table_is_read(read):
    """Its bars frame and part the cells, and the rule below the header is none of its rows."""
    found = read(MARKDOWN)
    assert numbers(found) == [[10, 5], [1.5, 6]] and list(found.performances.columns) == [
        "Cost",
        "Time",
    ]
    assert "bars were read as the signs between cells" in notes(found)


def test_bars_at_both_ends_are_no_columns(read, refused):
    """Without a rule the sign is asked for, and the way out that is named works."""
    text = "| Option | Cost | Time |\n| A | 10 | 5 |\n| B | 8 | 6 |\n"
    assert "give separator='|'" in refused(text)
    assert numbers(read(text, separator="|")) == [[10, 5], [8, 6]]
    assert numbers(read("Option|Cost\nA|10\nB|8\n", separator="|")) == [[10], [8]]


def test_an_index_without_a_head_is_no_criterion(read):
    """As pandas writes it, beside names in the second column or one that is told."""
    text = ",Option,Cost,Jobs\n0,A,10,7\n1,B,8,6\n"
    for found in (read(text), read(text, names="Option")):
        assert numbers(found) == [[10, 7], [8, 6]] and list(found.performances.index) == ["A", "B"]
        assert "column 1, which has no head was read as a running number: left out" in notes(found)
    assert list(read(",Cost,Jobs\n0,10,7\n1,8,6\n2,3,3\n").performances.index) == ["0", "1", "2"]


THOUSANDS = "Option;Cost;Quality\nA;1.200;7\nB;12.500;6\nC;9.000;9\n"


def test_a_point_before_three_digits_is_asked_about_where_commas_may_be_decimal(read, refused):
    """A file of semicolons that proves no decimal sign: told, it is read; proven, nobody is asked."""
    words = refused(THOUSANDS)
    assert "'1.200', which is 1.200 or 1200, as 2 more cells" in words
    assert words.endswith("give decimal=',' or decimal='.'")
    assert numbers(read(THOUSANDS, decimal=","))[0] == [1200, 7]
    assert numbers(read(THOUSANDS, decimal="."))[0] == [1.2, 7]
    assert "'1.200' was read as 1200" in notes(read(THOUSANDS, decimal=","))
    assert numbers(read(THOUSANDS.replace("9.000", "9.5")))[0] == [1.2, 7]
    assert numbers(read(THOUSANDS.replace(";7", ";0.125")))[0] == [1.2, 0.125]
    assert numbers(read(THOUSANDS.replace(";", ",")))[0] == [1.2, 7]


def test_a_comma_before_three_digits_can_be_told(read, refused):
    """The other sign of two readings, with the same way out."""
    text = 'Option,Cost,Quality\nA,"1,200",7\nB,"12,500",6\n'
    assert "or give decimal=',' or decimal='.'" in refused(text)
    assert numbers(read(text, decimal="."))[0] == [1200, 7]
    assert numbers(read(text, decimal=","))[0] == [1.2, 7]
    assert "expected '.' or ',', found ';'" in refused(text, decimal=";")


FORMS = {
    "a range": ("10-12", "8 to 9", "low and high"),
    "a number with its error": ("10±2", "8 +/- 1", "the best estimate"),
    "a time": ("1:30", "0:45", "one number in one unit"),
    "a fraction": ("1/2", "3/4", "0.5 for 1/2"),
    "a bound or a rough number": ("<5", "ca. 8", "the one number"),
}


@pytest.mark.parametrize("form", FORMS)
def test_cells_of_more_than_one_number_are_called_what_they_are(form, refused):
    """One fault for a column of them, one for a cell among numbers, with the way to write it."""
    first, second, remedy = FORMS[form]
    column = refused(f"Option,Cost,Quality\nA,{first},7\nB,{second},6\n")
    assert f"{form} in each cell: {first!r}, {second!r}" in column and remedy in column
    assert column.count("expected") == 1
    cell = refused(f"Option,Cost,Quality\nA,{first},7\nB,8,6\n")
    assert f"{first!r}, {form}; " in cell and remedy in cell


STATISTICS = {
    "Median": "8.5,7",
    "Std. dev.": "0.5,1",
    "Standard deviation": "0.707107,1.414214",
    "Écart-type": "0.5,1",
    "Ø": "8.5,7",
    "Nadir": "8,6",
    "PIS": "9,8",
}


@pytest.mark.parametrize("name", STATISTICS)
def test_statistics_below_a_table_are_no_options(name, read, refused):
    """By word and by number, of all or of a sample; a row of that name with other numbers is asked about."""
    table = "Option,Cost,Quality\nA,8,6\nB,9,8\n"
    found = read(f"{table}{name},{STATISTICS[name]}\n")
    assert list(found.performances.index) == ["A", "B"]
    assert f"the row '{name}' was read as the " in notes(found)
    words = refused(f"{table}{name},5,123\n")
    assert f"rows={{{name!r}: 'option'}}" in words
    told = read(f"{table}{name},5,123\n", rows={name: "option"})
    assert list(told.performances.index) == ["A", "B", name]


THRESHOLDS = {
    "letters": ("q", "p", "v"),
    "letters with a word": ("Threshold q", "Threshold p", "Threshold v"),
    "Spanish": ("Umbral de indiferencia", "Umbral de preferencia", "Umbral de veto"),
}


@pytest.mark.parametrize("names", THRESHOLDS.values(), ids=THRESHOLDS)
def test_thresholds_below_a_table_are_asked_about(names, read, refused):
    """Also where the options are single letters: they are capitals, and numbers grow from q to p to v."""
    rows = "".join(f"{name},{at},{at}\n" for at, name in enumerate(names, 1))
    table = f"Option,Cost,Quality\nA,10,7\nB,8,6\n{rows}"
    words = refused(table)
    assert all(f"rows={{{name!r}: 'option'}}" in words for name in names)
    parts = ("indifference", "preference", "veto")
    told = read(table, rows=dict(zip(names, parts, strict=True)))
    assert told.thresholds["Cost"] == {"indifference": 1, "preference": 2, "veto": 3}


def test_letters_among_letters_are_options(read):
    """P, Q and R are three options, as N, E, S and W are four."""
    assert len(read("Option,Cost,Quality\nP,10,7\nQ,8,6\nR,9,9\n").performances) == 3
    assert len(read("Option,Cost,Quality\np,10,7\nq,8,9\n").performances) == 2


ROWS = {
    "German": "Kriterium;Gewichtung;Einheit;Richtung;Variante 1;Variante 2\n"
    "Kosten;40 %;Mio. €;niedriger ist besser;12,5;10\nNutzen;60 %;Punkte;höher ist besser;7;8\n",
    "French": "Critère;Poids;Sens;Variante 1;Variante 2\n"
    "Kosten;40;à minimiser;12,5;10\nNutzen;60;à maximiser;7;8\n",
}


@pytest.mark.parametrize("text", ROWS.values(), ids=ROWS)
def test_criteria_in_rows_are_proven_by_their_weights_beside_them(text, read):
    """The corner names criteria and a column their weights: both say which way the table stands."""
    found = read(text)
    assert found.performances.loc["Variante 1"].to_dict() == {"Kosten": 12.5, "Nutzen": 7}
    assert (dict(found.directions), found.weights.tolist()) == (
        {"Kosten": "min", "Nutzen": "max"},
        [40, 60],
    )
    assert "was read as one with criteria in rows" in notes(found)


def test_the_command_takes_the_decimal_sign(tmp_path, capsys):
    """The way out of Python is an option on the command line."""
    from mcda.cli import main

    path = tmp_path / "t.csv"
    path.write_text(THOUSANDS, encoding="utf-8")
    asked = ["rank", str(path), "--weights", "equal", "--directions", "Cost=min,Quality=max"]
    assert main(asked) == 1
    assert capsys.readouterr().err.strip().endswith("give --decimal , or --decimal .")
    assert main([*asked, "--decimal", ","]) == 0
    assert "'1.200' was read as 1200" in capsys.readouterr().out


def test_the_decimal_sign_is_of_no_use_to_json(tmp_path):
    """No argument is left aside in silence."""
    path = tmp_path / "t.json"
    path.write_text('{"alternatives": ["A"], "criteria": ["c"], "matrix": [[1]]}')
    with pytest.raises(mcda.InputError, match=r"decimal='\.'"):
        mcda.read_matrix(path, decimal=".")
