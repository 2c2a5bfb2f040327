"""Verification finds every alteration: of a cell, a weight, the seed, a sentence, a picture, a source, a result."""

import json
import re
import shutil
from pathlib import Path

import pytest

import mcda
from mcda.cli import main
from mcda.reporting.study.hashes import digest, digest_of_bytes
from mcda.reporting.study.manifest import sealed
from mcda.reporting.verification.differences import differences
from mcda.reporting.verification.said import FAILS, HOLDS, passed
from mcda.reporting.verification.verify import verify
from mcda.reporting.writers.crate import CRATE
from mcda.reporting.writers.report import (
    MANIFEST,
    WHOLE,
    WRITERS,
    as_json,
    composed,
    file_of,
    write,
)

QUESTION = mcda.__path__[0] + "/../tests/questions/cooling_centre"


@pytest.fixture(scope="module")
def whole(cooling_report, tmp_path_factory):
    """The folder of a report, as it was written."""
    return write(cooling_report, tmp_path_factory.mktemp("report") / "out", WRITERS)


@pytest.fixture
def folder(whole, tmp_path):
    """A copy of it that a test may alter."""
    return shutil.copytree(whole, tmp_path / "out")


@pytest.fixture
def page_alone(cooling_report, tmp_path):
    """The folder of the same report as a page: with another manifest every form in a folder is made anew."""
    return write(cooling_report, tmp_path / "out", ("html",))


def failing(said):
    """The texts of what fails."""
    return " | ".join(one.text for one in said if one.level == FAILS)


def replaced(path, old, new):
    """Alter a file, once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", ["", *map(file_of, WRITERS)])
def test_an_unaltered_report_verifies(whole, name):
    """Folder, page, PDF and Word file: whole, computed again with equal results, byte for byte."""
    said = verify(whole / name if name else whole)
    assert passed(said), failing(said)
    texts = " | ".join(one.text for one in said if one.level == HOLDS)
    assert "every result is equal" in texts and "byte for byte" in texts


def test_a_changed_cell_is_found_with_its_effect(folder):
    """The file, and by how much results differ."""
    path = folder / "inputs" / "scores.csv"
    line = path.read_text(encoding="utf-8").splitlines()[1]
    cells = line.split(",")
    replaced(
        path,
        line,
        ",".join([*cells[:2], *(f"{float(cell) + 1:g}" for cell in cells[2:5]), *cells[5:]]),
    )
    told = failing(verify(folder / "report.html"))
    assert "scores.csv was altered" in told and re.search(
        r"results differ, numbers by up to [0-9.]*[1-9]", told
    )


def test_a_changed_weight_is_found_with_its_effect(folder):
    """The same for a holder's weight."""
    path = folder / "inputs" / "perspectives.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = lines[0].split(",")
    row = lines[1].split(",")
    for end in ("low", "mode", "high"):
        row[at.index(end)] = f"{float(row[at.index(end)]) + 7:g}"
    replaced(path, lines[1], ",".join(row))
    told = failing(verify(folder / "report.pdf"))
    assert "perspectives.csv was altered" in told and "results differ" in told


def test_a_changed_source_is_found(folder):
    """Its words are part of the report, though no result hangs on them."""
    path = folder / "inputs" / "sources.csv"
    line = path.read_text(encoding="utf-8").splitlines()[1]
    replaced(path, line, line.replace(line.split(",")[1], "Another title"))
    told = failing(verify(folder / "report.html"))
    assert (
        "sources.csv was altered" in told
        and "sections differ: sources" in told
        and "results differ" not in told
    )


def test_a_changed_sentence_is_found_in_page_and_folder(folder):
    """By the page's own hash, by the folder's, and by writing it again."""
    replaced(folder / "report.html", "leads in", "never leads in")
    assert "the page was altered after it was written" in failing(verify(folder / "report.html"))
    told = failing(verify(folder))
    assert "report.html was altered" in told and "report.html is not what its inputs give" in told


def test_a_changed_picture_is_found(folder):
    """One digit of a place in it is enough."""
    page = folder / "report.html"
    text = page.read_text(encoding="utf-8")
    place = re.search(r'<svg class=.*?<path class="\w+" d="M(\d)', text, re.DOTALL).start(1)
    altered = f"{text[:place]}{(int(text[place]) + 1) % 10}{text[place + 1 :]}"
    page.write_text(altered, encoding="utf-8")
    assert "the page was altered" in failing(verify(page))


def test_a_changed_seed_is_found(page_alone):
    """Any setting of the run is under the manifest's seal."""
    made = json.loads((page_alone / "manifest.json").read_text(encoding="utf-8"))
    made["run"]["seed"] = 7
    (page_alone / "manifest.json").write_bytes(as_json(made))
    told = failing(verify(page_alone))
    assert "manifest.json was altered" in told and "altered after it was sealed" in told


def test_a_forger_who_seals_again_is_found_by_computing_again(page_alone):
    """A result that was edited and sealed is not what the inputs give."""
    made = json.loads((page_alone / "manifest.json").read_text(encoding="utf-8"))
    made["results"]["rankings"][0]["without_floor"]["ranking"][0]["score"] += 0.25
    made["results_sha256"] = digest(made["results"])
    (page_alone / "manifest.json").write_bytes(as_json(sealed(made)))
    described = json.loads((page_alone / CRATE).read_text(encoding="utf-8"))
    for entry in described["@graph"]:
        if entry["@id"] == MANIFEST:
            entry["sha256"] = digest_of_bytes((page_alone / MANIFEST).read_bytes())
    (page_alone / CRATE).write_bytes(as_json(described))
    told = failing(verify(page_alone))
    assert (
        "1 result differs, numbers by up to 0.25: results.rankings[0].without_floor.ranking[0].score"
        in told
    )


def test_a_tiny_difference_of_another_machine_holds(page_alone):
    """Within 1e-9, and said so."""
    made = json.loads((page_alone / "manifest.json").read_text(encoding="utf-8"))
    made["results"]["rankings"][0]["without_floor"]["ranking"][0]["score"] += 1e-13
    made["results_sha256"] = digest(made["results"])
    (page_alone / "manifest.json").write_bytes(as_json(sealed(made)))
    assert "equal within 1e-09" in " ".join(
        one.text for one in verify(page_alone) if one.level == HOLDS
    )


def test_a_report_of_another_machine_is_compared_byte_for_byte(whole, cooling_study, tmp_path):
    """Its results differ in last bits, which its page and its PDF carry: all else in them is what the inputs give."""
    made = json.loads((whole / "manifest.json").read_text(encoding="utf-8"))
    made["results"]["rankings"][0]["without_floor"]["ranking"][0]["score"] += 1e-13
    source = Path(QUESTION).resolve()
    made["results_sha256"] = digest(made["results"])
    again = composed(cooling_study, carried=sealed(made))
    there = write(again, tmp_path / "there", WHOLE)
    for path in (there, *(there / file_of(kind) for kind in WHOLE)):
        said = verify(path, source)
        texts = " | ".join(one.text for one in said if one.level == HOLDS)
        assert passed(said) and "equal within 1e-09" in texts and "byte for byte" in texts, failing(
            said
        )


def test_without_inputs_it_says_that_nothing_was_computed(whole, tmp_path):
    """A page alone can be checked for alteration, no more; with --inputs it can be computed again."""
    page = shutil.copy(whole / "report.html", tmp_path / "report.html")
    said = verify(page)
    assert passed(said) and "nothing was computed again" in " ".join(one.text for one in said)
    assert any("every result is equal" in one.text for one in verify(page, whole / "inputs"))


def test_a_question_in_a_workbook_is_reported_and_verified(tmp_path):
    """The workbook travels with the report and is computed again; one changed cell of it is found with its effect."""
    import openpyxl

    book = mcda.write_workbook(mcda.read_sheets(QUESTION), tmp_path / "cooling.xlsx")
    assert (
        main(["report", str(book), "--to", "html", "--draws", "0", "--out", str(tmp_path / "out")])
        == 0
    )
    said = verify(tmp_path / "out")
    assert passed(said), failing(said)
    assert "every result is equal" in " | ".join(one.text for one in said if one.level == HOLDS)
    inside = next((tmp_path / "out" / "inputs").glob("*.xlsx"))
    opened = openpyxl.load_workbook(inside)
    header = next(
        cell for row in opened["scores"].iter_rows() for cell in row if cell.value == "mode"
    )
    best = next(
        cell
        for (cell,) in opened["scores"].iter_rows(
            header.row + 1, None, header.column, header.column
        )
        if isinstance(cell.value, int | float)
    )
    best.value += 0.5
    opened.save(inside)
    found = failing(verify(tmp_path / "out"))
    assert inside.name in found and "results." in found


def test_what_is_no_report_is_refused(tmp_path):
    """By name, with what was expected."""
    path = tmp_path / "other.html"
    path.write_text("<p>hello</p>", encoding="utf-8")
    with pytest.raises(mcda.InputError, match="expected a report with its manifest"):
        verify(path)
    with pytest.raises(mcda.InputError, match=r"expected a page \(.html\), a PDF, a Word"):
        verify(tmp_path / "report.odt")


def test_the_command_ends_with_the_verdict(folder, capsys):
    """Status 0 where nothing fails, 1 where something does; --json is one document."""
    assert main(["verify", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verified"] is True
    replaced(folder / "report.html", "leads in", "never leads in")
    assert main(["verify", str(folder)]) == 1
    assert "NOT verified" in capsys.readouterr().out


def test_differences_say_where_and_by_how_much():
    """Numbers by their distance, all else as infinitely far; kinds are never mixed."""
    found = list(differences({"a": 1, "b": [1, "x"]}, {"a": 1.5, "b": [1, "y"]}))
    assert found[0] == ("results.a", 1, 1.5, 0.5) and found[1][3] == float("inf")
    assert next(iter(differences([1], [1, 2])))[3] == float("inf")


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        (
            "tables/performance.csv",
            lambda content: content[:-2] + b"1" + content[-1:],
            "1 table cell differs",
        ),
        ("tables/performance.csv", None, "1 table cell differs"),
        ("results.xlsx", lambda content: content[:200], "the tables can't be read"),
    ],
    ids=["another number", "missing", "damaged"],
)
def test_tables_that_the_inputs_do_not_give_are_told_though_resealed(
    folder, name, change, expected
):
    """A forger can hash them anew, but not make the inputs give them."""
    described = json.loads((folder / CRATE).read_text(encoding="utf-8"))
    if change is None:
        (folder / name).unlink()
        kept = [one for one in described["@graph"] if one["@id"] != name]
        for one in kept:
            parts = one.get("hasPart", [])
            parts[:] = [part for part in parts if part["@id"] != name]
        described["@graph"] = kept
    else:
        altered = change((folder / name).read_bytes())
        assert altered != (folder / name).read_bytes()
        (folder / name).write_bytes(altered)
        for one in described["@graph"]:
            if one["@id"] == name:
                one["sha256"] = digest_of_bytes(altered)
    (folder / CRATE).write_bytes(as_json(described))
    told = failing(verify(folder))
    assert expected in told and "files" not in told


def test_a_report_in_the_place_of_another_questions_verifies(tmp_path):
    """Of the inputs and tables of the earlier one nothing stays."""
    earlier = mcda.new_question(tmp_path / "earlier")
    later = mcda.new_question(tmp_path / "later")
    for name in ("scenarios", "local_weights"):
        (later / f"{name}.csv").unlink()
    out = tmp_path / "out"
    for question in (earlier, later):
        asked = ["report", str(question), "--to", "html", "--draws", "0", "--out", str(out)]
        assert main(asked) == 0
    assert not (out / "inputs" / "scenarios.csv").exists()
    assert not any(one.level == "fails" for one in mcda.verify(out))
