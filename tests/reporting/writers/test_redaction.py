"""A redacted question names what was left out nowhere, runs, and verifies."""

import csv
import shutil

import pytest

import mcda
from mcda.cli import main
from mcda.files.workbook.writer import write_workbook
from mcda.reporting.writers.redaction import redacted


def test_an_option_leaves_no_trace(cooling, tmp_path):
    """Rows, cells and the baseline that were about it are gone; the rest reads as a question."""
    gone = mcda.read_problem(cooling).options.index[-1]
    label = mcda.read_problem(cooling).labels[gone]
    folder = redacted(cooling, [gone], tmp_path / "less")
    text = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.*"))
    assert label not in text and gone not in mcda.read_problem(folder).options.index


def test_a_workbook_and_a_folder_of_another_form_are_redacted_alike(cooling, tmp_path):
    """Whatever a report can be made of: what is written is a folder of plain CSV files."""
    book = write_workbook(mcda.read_sheets(cooling), tmp_path / "cooling.xlsx")
    other = shutil.copytree(cooling, tmp_path / "semicolons")
    rows = list(csv.reader((cooling / "scores.csv").read_text(encoding="utf-8").splitlines()))
    with (other / "scores.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    folders = [
        redacted(one, ["C", "scores.rationale"], tmp_path / f"less {at}")
        for at, one in enumerate((cooling, book, other))
    ]
    first, *others = [
        {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*.csv")}
        for folder in folders
    ]
    assert all(one == first for one in others) and len(first) >= 5
    assert "C" not in mcda.read_problem(folders[1]).options.index


def test_a_column_is_blank(cooling, tmp_path):
    """Its text is gone, its numbers stay."""
    folder = redacted(cooling, ["scores.rationale"], tmp_path / "less")
    assert not any(estimate.rationale for estimate in mcda.read_problem(folder).estimates.values())


@pytest.mark.parametrize(
    ("what", "expected"),
    [("Z", "neither"), ("scores.colour", "neither"), ("scores.mode", "one that it needs")],
)
def test_what_is_not_there_or_needed_is_refused(cooling, tmp_path, what, expected):
    """By name."""
    with pytest.raises(mcda.InputError, match=f"redaction '{what}'.*{expected}"):
        redacted(cooling, [what], tmp_path / "less")


def test_an_option_named_elsewhere_is_refused_by_place(cooling, tmp_path):
    """Text that still names it is told by file and line, with the way out."""
    folder = shutil.copytree(cooling, tmp_path / "question")
    label = mcda.read_problem(folder).labels.iloc[-1]
    with (folder / "question.toml").open("a", encoding="utf-8") as file:
        file.write(f'\nnotes = ["{label} was added late"]\n')
    with pytest.raises(mcda.InputError, match=r"question\.toml line"):
        redacted(folder, [mcda.read_problem(folder).options.index[-1]], tmp_path / "less")


def test_a_short_name_that_is_left_is_refused_too(cooling, tmp_path):
    """What sentences call an option by is as telling as its label."""
    folder = shutil.copytree(cooling, tmp_path / "question")
    lines = (folder / "options.csv").read_text(encoding="utf-8").splitlines()
    short = ["short", *(f"Nickname {number}" for number in range(1, len(lines)))]
    told = "\n".join(f"{line},{name}" for line, name in zip(lines, short, strict=True))
    (folder / "options.csv").write_text(told, encoding="utf-8")
    with (folder / "question.toml").open("a", encoding="utf-8") as file:
        file.write(f'\nnotes = ["{short[-1]} was added late"]\n')
    with pytest.raises(mcda.InputError, match=r"question\.toml line"):
        redacted(folder, [mcda.read_problem(folder).options.index[-1]], tmp_path / "less")


def test_a_redacted_report_verifies(cooling, tmp_path, capsys):
    """Its inputs are what remains, and computing again gives the same."""
    gone = mcda.read_problem(cooling).options.index[-1]
    out = tmp_path / "out"
    assert (
        main(
            [
                "report",
                str(cooling),
                "--to",
                "html",
                "--draws",
                "0",
                "--out",
                str(out),
                "--redact",
                gone,
            ]
        )
        == 0
    )
    label = mcda.read_problem(cooling).labels[gone]
    assert label not in (out / "report.html").read_text(encoding="utf-8")
    assert main(["verify", str(out)]) == 0
    assert "verified: files, manifest" in capsys.readouterr().out


def test_a_report_of_a_workbook_is_redacted_by_the_command(cooling, tmp_path):
    """And verifies, as that of a folder does."""
    book, out = (
        write_workbook(mcda.read_sheets(cooling), tmp_path / "cooling.xlsx"),
        tmp_path / "out",
    )
    assert (
        main(
            [
                "report",
                str(book),
                "--to",
                "html",
                "--draws",
                "0",
                "--out",
                str(out),
                "--redact",
                "C",
            ]
        )
        == 0
    )
    assert main(["verify", str(out)]) == 0


@pytest.fixture
def cited(cooling, tmp_path):
    """A question whose first holder alone cites a source."""
    folder = shutil.copytree(cooling, tmp_path / "question")
    sources = (folder / "sources.csv").read_text(encoding="utf-8").splitlines()
    head = sources[0].split(",")
    own = {"id": "S99", "title": "Letter of the visitors", "url": "https://letter.example"}
    sources.append(",".join(own.get(column, "") for column in head))
    (folder / "sources.csv").write_text("\n".join(sources) + "\n", encoding="utf-8")
    path = folder / "perspectives.csv"
    told = path.read_text(encoding="utf-8").replace("judgement,,Cool", "judgement,S99,Cool")
    path.write_text(told, encoding="utf-8")
    return folder


@pytest.mark.parametrize("what", ["V", "Visitors' council"])
def test_a_holder_goes_with_the_sources_that_nothing_else_cites(cited, tmp_path, what):
    """By id or name; neither is left anywhere, and the rest reads as a question."""
    folder = redacted(cited, [what], tmp_path / "less")
    text = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.*"))
    names = "".join(path.name for path in folder.rglob("*"))
    assert "Visitors' council" not in text and "V.csv" not in names
    assert "S99" not in text and "Letter of the visitors" not in text
    assert len(mcda.read_problem(folder).options) > 1 and "\nV," not in text


def test_a_source_goes_with_its_citations(cited, tmp_path):
    """The holder who cited it stays."""
    folder = redacted(cited, ["S99"], tmp_path / "less")
    text = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.*"))
    assert "S99" not in text and "letter.example" not in text and "Visitors' council" in text


def test_a_report_without_a_holder_names_it_nowhere(cited, tmp_path, capsys):
    """Not even where it says what was left out; and it verifies after it is moved."""
    out = tmp_path / "out"
    line = ["report", str(cited), "--to", "html", "--draws", "0", "--out", str(out)]
    assert main([*line, "--redact", "Visitors' council"]) == 0
    moved = shutil.move(out, tmp_path / "mailed")
    for path in moved.rglob("*"):
        held = path.read_bytes() if path.is_file() else b""
        assert b"Visitors" not in held and b"S99" not in held, path
    assert "1 holder" in (moved / "report.html").read_text(encoding="utf-8")
    assert main(["verify", str(moved)]) == 0
