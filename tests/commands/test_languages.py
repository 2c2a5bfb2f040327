"""Every command tells what it found in the language of the question, or in the one that is asked for."""

import json
import re
import shutil

import openpyxl
import pytest

import mcda
from mcda.cli import main
from mcda.files.question.schema import FIELDS
from mcda.methods.method import every_method
from mcda.sentences.catalogue import catalogue, languages, spoken

# programs, options of the command, methods, ways to state weights, ids of the form, and units of time
NAMES = """
mcda check json full holder method promethee electre pymcdm TOPSIS AHP Saaty swing spread
price_year
"""
EVENTS = """
frost,A burst main,,20 (10 to 40),10,100,200,400,EUR thousand,,judgement,Once in fifty years
frost,,PUMP,5 (0 to 10),,,,,,,judgement,No water in the street
frost,,,,,10,20,30,,works,judgement,The hall stays shut
"""
PARTS = """part,label,groups,quantity,better,low,mode,high,times,unit,kind
loft,Insulate the loft,fabric,spend,min,20,30,50,,EUR thousand,estimate
loft,,,warmth,max,4,5,6,,points,judgement
doors,New doors,fabric,spend,,8,10,12,,,estimate
doors,,,warmth,,1,2,3,,,judgement
"""
RULES = "id,rule,quantity,most\nbudget,limit,spend,45\n"
SAID = """holder,says,first,second,amount,low,high,start,second_start,words,as_of,recorded_by
Tenant,rather,PUMP,GAS,,,,,,,,
Tenant,times,cost,emissions,,2,3,,,,,
"""
COMMANDS = [
    "rank Q",
    "rank Q --full",
    "rank Q --holder 1 --method topsis --full",
    "rank Q --holder 1 --method ahp:ideal",
    "robust Q -n 200",
    "robust Q -n 200 --full",
    "robust Q -n 200 --any-weights",
    "challenge Q -n 50",
    "structure Q -n 100 --full",
    "consequences Q -n 100 --full",
    "packages Q -n 20 --full",
    "weights Q",
    "weights Q --holder 1",
    "check Q",
    "statements Q --next",
    "methods",
    "rank T --weights equal --directions D",
    "robust T --weights equal --directions D --spread 10% -n 200",
    "check T --weights equal --directions D",
    "log Q decisions",
    "log Q decisions --repair",
]
TABLE = "sites,Cost,Reach,Noise\nHarbour,120,5400,55\nStation,95,4100,62\nMeadow,140,6900,48\n"


WAYS = "Cost=min,Reach=max,Noise=min"


@pytest.fixture(scope="module")
def question(make_events, tmp_path_factory):
    """The blank question with events, parts and statements."""
    place = make_events(tmp_path_factory.mktemp("languages") / "heating", EVENTS)
    for name, text in (("parts", PARTS), ("rules", RULES), ("statements", SAID)):
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A bare table."""
    path = tmp_path_factory.mktemp("tables") / "sites.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def shown(capsys, command, question, table, *more):
    """What a command prints in lines of 80 characters, and what it tells besides."""
    named = {"Q": str(question), "T": str(table), "1": "Treasurer", "D": WAYS}
    words = [named.get(word, word) for word in command.split()]
    assert main([*words, *more]) == 0, capsys.readouterr().err
    return capsys.readouterr()


def names_of(question):
    """The words of a question's labels, units, ids and holders, which no language changes."""
    problem, holders = mcda.open_question(question)
    texts = [NAMES, problem.frame.title, TABLE, *(method.name for method in every_method())]
    for option, row in problem.options.iterrows():
        texts += [option, row["label"], problem.short[option]]
    for one in problem.criteria:
        texts += [one.key, one.label, one.unit, *(one.scale.words if one.scale else ())]
    texts += [*holders, *problem.estimates, *FIELDS, PARTS, RULES, EVENTS, SAID]
    sheets = mcda.read_sheets(question)
    for name in ("scenarios", "screened_out"):
        for row in sheets.rows(name):
            texts += row.cells.values()
    return set(re.findall(r"[^\W\d_]{3,}", " ".join(map(str, texts))))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@pytest.mark.parametrize("command", COMMANDS)
def test_no_english_is_left_but_names(command, question, table, masks, capsys):
    """Every word on the terminal is of the catalogue, of the question, or a name of the house."""
    names = names_of(question)
    told = shown(capsys, command, question, table, "--language", masks).out
    whole = re.sub(r"\S*…", "", told)
    left = set(re.findall(r"(?<![\w./:-])[A-Za-z]{3,}(?![\w/-]|\.\w)", whole)) - names
    assert not left, " ".join(sorted(left))


@pytest.mark.slow
@pytest.mark.parametrize("state", ["as written", "altered"])
def test_a_verification_speaks(state, cooling, masks, tmp_path, capsys):
    """In the language of the report: nothing of it is English but names of files, packages and places."""
    out = tmp_path / "report"
    asked = ["report", str(cooling), "--draws", "0", "--to", "html", "--out", str(out)]
    assert main([*asked, "--language", masks]) == 0
    capsys.readouterr()
    if state == "as written":
        assert main(["verify", str(out)]) == 0
    else:
        for name, old, new in (("report.html", "Roof", "Rood"), ("manifest.json", "2025", "2024")):
            text = (out / name).read_text(encoding="utf-8")
            (out / name).write_text(text.replace(old, new), encoding="utf-8")
        (out / "inputs" / "more.csv").write_text("a,b\n", encoding="utf-8")
        assert main(["verify", str(out)]) == 1
    told = re.sub(r"(?s)'.*?'", "", capsys.readouterr().out)
    assert re.findall(r"(?<![\w./-])[A-Za-z]{3,}(?![\w/-]|\.\w)", told) == []


@pytest.mark.slow
def test_a_report_verifies_whatever_language_is_spoken(cooling, tmp_path, capsys):
    """What the tables say of the baseline and of what a minimum excludes is in the report's language."""
    out = tmp_path / "report"
    asked = ["report", str(cooling), "--draws", "0", "--to", "html", "--out", str(out)]
    assert main([*asked, "--language", "de"]) == 0
    mark = catalogue("de")["option"]["baseline_mark"]
    assert mark in (out / "tables" / "ranking.csv").read_text(encoding="utf-8")
    capsys.readouterr()
    for language in languages():
        assert main(["verify", str(out), "--language", language]) == 0
        assert catalogue(language)["verified"]["results_equal"] in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning")
@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
def test_lines_fit_in_every_language(language, question, table, capsys):
    """Also where words are longer than the English ones; afterwards all is as it was."""
    for command in COMMANDS:
        told = shown(capsys, command, question, table, "--language", language).out
        wide = [line for line in told.splitlines() if len(line) > 80]
        assert not wide, (command, wide)
    assert spoken() == "en"


def test_a_command_follows_the_language_of_the_question(cooling, tmp_path, capsys):
    """Unless another is asked for."""
    place = shutil.copytree(cooling, tmp_path / "q")
    text = (place / "question.toml").read_text(encoding="utf-8")
    (place / "question.toml").write_text(f'language = "de"\n{text}', encoding="utf-8")
    band = catalogue("de")["terminal"]["band"].partition("{")[0]
    asked = ["rank", str(place), "--holder", "Treasurer", "--method", "topsis"]
    assert main(asked) == 0
    assert band in capsys.readouterr().out
    assert main([*asked, "--language", "uk"]) == 0
    told = capsys.readouterr().out
    assert band not in told and catalogue("uk")["terminal_column"]["score"] in told


def test_numbers_are_the_same_in_every_language(cooling, tmp_path, capsys):
    """In the document and in the file; only sentences differ."""
    found = {}
    for language in languages():
        path = tmp_path / f"{language}.csv"
        words = ["rank", str(cooling), "--json", "--language", language, "--out", str(path)]
        assert main(words) == 0
        document = json.loads(capsys.readouterr().out)
        for one in document["rankings"]:
            for side in one.values():
                side.pop("notes")
                side.pop("excluded")
        rows = path.read_text(encoding="utf-8").splitlines()
        scores = [re.findall(r"\b0\.\d{6,}", row) for row in rows]
        found[language] = (document, scores)
    assert found["de"] == found["en"] == found["uk"] and any(found["en"][1])


def test_a_range_and_its_sign_stay_on_one_line(cooling, capsys, monkeypatch):
    """What stands between a number and its sign is no place to end a line."""
    monkeypatch.setenv("COLUMNS", "41")
    assert main(["robust", str(cooling), "-n", "200", "--language", "de"]) == 0
    assert not re.search(r"\d$\n\s*%", capsys.readouterr().out, re.M)


@pytest.mark.parametrize("language", languages())
def test_a_workbook_in_a_language_reads_back(language, tmp_path, capsys):
    """Names of sheets and columns stay; the question names its language, and nothing else differs."""
    path = tmp_path / "q.xlsx"
    assert main(["new", str(path), "--language", language]) == 0
    english = mcda.read_sheets(mcda.new_question(tmp_path / "en.xlsx"))
    sheets = mcda.read_sheets(path)
    assert sheets.sheets.keys() == english.sheets.keys()
    assert sheets.sheets["scores"].columns == english.sheets["scores"].columns
    problem = mcda.read_problem(path)
    assert problem.frame.language == ("" if language == "en" else language)
    assert problem.performance.equals(mcda.read_problem(tmp_path / "en.xlsx").performance)
    capsys.readouterr()


def test_no_english_is_left_in_the_instructions(masks, tmp_path):
    """But names of sheets and columns, of files and roles, and the example itself."""
    book = openpyxl.load_workbook(mcda.new_question(tmp_path / "q.xlsx", language=masks))
    roles = {"example", "mcda"}
    for page in book.worksheets:
        roles |= set(re.findall(r"[a-z]{3,}", page.title.lower()))
    for page in book.worksheets:
        for row in page.iter_rows(max_row=3 if page.title != "read me" else None):
            texts = [cell.value for cell in row if isinstance(cell.value, str)]
            plain = [text for text in texts if not text.startswith("=")]
            words = set(re.findall(r"[A-Za-z]{3,}", " ".join(plain).lower()))
            assert words <= roles, (page.title, words - roles)


def test_a_question_of_a_table_is_told_in_its_language(table, tmp_path, capsys):
    """What is to be completed, and the instructions; the numbers in the workbook are those of the table."""
    path = tmp_path / "q.xlsx"
    words = ["new", str(path), "--from", str(table), "--weights", "equal", "--directions", WAYS]
    assert main([*words, "--language", "de"]) == 0
    assert catalogue("de")["to_complete"]["head"] in capsys.readouterr().out
    problem = mcda.read_problem(path)
    assert problem.performance.loc["Harbour"].tolist() == [120.0, 5400.0, 55.0]
    assert problem.frame.language == "de"
