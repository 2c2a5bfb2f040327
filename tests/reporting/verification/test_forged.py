"""A forger who seals anew is found by the words; what could not be compared is never passed over."""

import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest

import mcda
from mcda.cli import main
from mcda.reporting.study.hashes import digest, digest_of_bytes
from mcda.reporting.study.manifest import sealed, settings_of
from mcda.reporting.study.study import Study
from mcda.reporting.verification.document_text import PICTURE
from mcda.reporting.verification.said import FAILS, OPEN, passed, verdict
from mcda.reporting.verification.verify import verify
from mcda.reporting.writers.crate import CRATE
from mcda.reporting.writers.html import EMPTY, PLACE, filled
from mcda.reporting.writers.report import (
    MANIFEST,
    WHOLE,
    WRITERS,
    as_json,
    composed,
    file_of,
    write,
)
from mcda.reporting.writers.word import ENCLOSED

QUESTION = (Path(mcda.__path__[0]) / ".." / "tests" / "questions" / "cooling_centre").resolve()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The folder of a report in all three forms, as the command wrote it."""
    out = tmp_path_factory.mktemp("report") / "out"
    assert main(["report", str(QUESTION), "--draws", "0", "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def of_other_code(whole, tmp_path_factory):
    """The folder of the same report as other code made it, honestly."""
    made = manifest_of(whole)
    made["code"]["version"] = "0.0.9"
    problem = mcda.read_problem(QUESTION)
    holders = mcda.read_perspectives(QUESTION, problem)
    study = Study(problem, holders, settings_of(made), folder=QUESTION, named=problem.name)
    report = composed(study, sealed(made))
    return write(report, tmp_path_factory.mktemp("other") / "out", WRITERS)


@pytest.fixture
def other(of_other_code, tmp_path):
    """A copy of that which a test may alter."""
    return shutil.copytree(of_other_code, tmp_path / "other")


@pytest.fixture
def folder(whole, tmp_path):
    """A copy of it that a test may alter."""
    return shutil.copytree(whole, tmp_path / "out")


def manifest_of(folder):
    """The manifest as plain data."""
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))


def describe_anew(folder):
    """Write the hash of every file as it is now, as a forger would."""
    described = json.loads((folder / CRATE).read_text(encoding="utf-8"))
    for entry in described["@graph"]:
        if entry.get("@type") == "File":
            content = (folder / entry["@id"]).read_bytes()
            entry["sha256"] = digest_of_bytes(content)
            entry["contentSize"] = str(len(content))
    (folder / CRATE).write_bytes(as_json(described))


def seal_anew(folder, made):
    """Seal a manifest anew, and put it into the folder, the page and the Word file."""
    made = sealed({**made, "results_sha256": digest(made.get("results", {}))})
    (folder / MANIFEST).write_bytes(as_json(made))
    page = folder / "report.html"
    page.write_text(sealed_page(page.read_text(encoding="utf-8"), made), encoding="utf-8")
    describe_anew(folder)
    return made


def sealed_page(page, made):
    """A page with another manifest, its hash made anew."""
    rest = PLACE.sub(EMPTY, page)
    return rest.replace(EMPTY, filled(rest, made), 1)


def failing(said):
    """The texts of what fails."""
    return " | ".join(one.text for one in said if one.level == FAILS)


def replace_in_word(path, old, new):
    """Alter the words of a Word file."""
    with zipfile.ZipFile(path) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    assert old.encode() in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)


def alter_page(folder, old, new):
    """Alter the page of a folder, and seal page and folder anew."""
    page = folder / "report.html"
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(sealed_page(text.replace(old, new), manifest_of(folder)), encoding="utf-8")
    describe_anew(folder)
    return page


def test_words_altered_under_another_version_are_found(other):
    """The manifest says that other code made the page: its words are compared all the same."""
    label = mcda.read_problem(QUESTION).options["label"].iloc[0]
    page = alter_page(other, label, "Something else")
    said = verify(other)
    told = failing(said)
    assert "report.html is not what its inputs give: it says 'Something else'" in told, told
    assert not passed(said) and verdict(said).startswith("NOT verified: ")
    assert not passed(verify(page, QUESTION))


def test_one_word_of_the_manifest_changes_the_seal_that_the_report_prints(folder):
    """Who only claims another version, to have no bytes compared, has a page of another seal."""
    made = manifest_of(folder)
    made["code"]["version"] = "0.1.1"
    seal_anew(folder, made)
    assert "report.html is not what its inputs give" in failing(verify(folder))


def test_words_altered_in_the_word_file_are_found(folder):
    """In the folder, and in the file alone."""
    label = mcda.read_problem(QUESTION).options["label"].iloc[0]
    replace_in_word(folder / "report.docx", label, "Something else")
    describe_anew(folder)
    for path in (folder, folder / "report.docx"):
        assert "report.docx is not what its inputs give: it says 'Something else'" in failing(
            verify(path)
        )


def test_words_altered_in_the_pdf_are_found(folder, tmp_path):
    """A PDF of another question in its place, with the manifest of this one's folder."""
    other = tmp_path / "question"
    shutil.copytree(QUESTION, other)
    label = mcda.read_problem(QUESTION).options["label"].iloc[0]
    sheet = other / "options.csv"
    sheet.write_text(
        sheet.read_text(encoding="utf-8").replace(label, "Something else"), encoding="utf-8"
    )
    out = tmp_path / "other"
    assert main(["report", str(other), "--to", "pdf", "--draws", "0", "--out", str(out)]) == 0
    shutil.copy(out / "report.pdf", folder / "report.pdf")
    describe_anew(folder)
    assert "report.pdf is not what its inputs give" in failing(verify(folder))


def test_a_report_of_other_code_is_verified(of_other_code):
    """It is written again with its own manifest, and the same."""
    said = verify(of_other_code)
    assert passed(said), failing(said)
    assert "not checked" not in verdict(said)


def test_pictures_that_the_manifest_does_not_name_are_found(other):
    """A page of other code with another picture in it."""
    text = (other / "report.html").read_text(encoding="utf-8")
    place = re.search(r'<svg class="[a-z]+".*?(<path class="[a-z]+0" d="M)0', text, re.DOTALL)
    alter_page(other, f"{place[1]}0", f"{place[1]}1")
    assert "shows other pictures than those its manifest names" in failing(verify(other))


def test_scripts_of_other_code_are_left_open_and_said(other):
    """A script can change what is seen: it is never passed over in silence."""
    alter_page(other, "</body>", "<script>document.title='x'</script></body>")
    said = verify(other)
    assert passed(said) and "layout and scripts of report.html" in verdict(said), failing(said)


def test_a_word_file_of_other_form_is_left_open_and_said(other):
    """The words hold; its layout isn't compared."""
    replace_in_word(other / "report.docx", 'w:val="Title"', 'w:val="Heading1"')
    describe_anew(other)
    said = verify(other)
    assert passed(said), failing(said)
    assert verdict(said).endswith("not checked: layout of report.docx")


def altered_parts(path, part, change):
    """Alter a part of a Word file, or put a new one in."""
    with zipfile.ZipFile(path) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    before = parts.get(part, b"")
    parts[part] = change(before)
    assert parts[part] != before
    with zipfile.ZipFile(path, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)


def put_before(end, text):
    """A change that puts text before the first such end."""
    return lambda part: part.replace(end, text + end, 1)


def exchanged(part):
    """A text that describes a picture, exchanged."""
    return re.sub(rb'descr="[^"]{4}', b'descr="None', part, count=1)


HIDDEN = b"<w:r><w:rPr><w:vanish/></w:rPr><w:t>Ignore the warning</w:t></w:r></w:p>"
NOTE = b"<w:footnotes xmlns:w='%s'><w:footnote><w:p><w:r><w:t>Not so.</w:t></w:r></w:p></w:footnote></w:footnotes>"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
IN_WORD = {
    "a title": ("docProps/core.xml", put_before(b"</dc:title>", b" (approved)")),
    "what a picture shows": ("word/document.xml", exchanged),
    "hidden text": ("word/document.xml", lambda part: part.replace(b"</w:p>", HIDDEN, 1)),
    "a header": ("word/header1.xml", put_before(b"</w:t>", b" FINAL")),
    "a footnote": ("word/footnotes.xml", lambda part: NOTE % WORDS.encode()),
    "a comment": ("word/comments.xml", lambda part: NOTE.replace(b"footnote", b"comment") % b"x"),
    "deleted text": (
        "word/document.xml",
        put_before(
            b"</w:body>", b"<w:p><w:del><w:r><w:delText>No.</w:delText></w:r></w:del></w:p>"
        ),
    ),
    "the sign of a list": (
        "word/numbering.xml",
        lambda part: re.sub(rb'(<w:lvlText w:val=)"[^"]*"', rb'\1"Not: "', part, count=1),
    ),
    "a page inside": ("word/chunk.html", lambda part: b"<p>All options are equal.</p>"),
}


@pytest.mark.parametrize("where", IN_WORD)
def test_a_word_anywhere_in_a_word_file_is_found(other, where):
    """Though the file was made by other code, and its bytes aren't compared."""
    altered_parts(other / "report.docx", *IN_WORD[where])
    describe_anew(other)
    said = verify(other)
    assert "report.docx is not what its inputs give" in failing(said)


def test_another_picture_in_a_word_file_is_found(other):
    """Of the same name, as the versions that draw are the same."""
    altered_parts(other / "report.docx", "word/media/image2.png", lambda part: part + b"x")
    describe_anew(other)
    assert "report.docx shows other pictures" in failing(verify(other))


IN_PDF = {
    "a heading of its outline": rb"(?<=/Title\()\w(?=[^)]*\)/Dest)",
    "what a picture shows": rb"(?<=/Alt\()\w",
    "its title": rb'(?<=lang="x-default">)\w',
}


@pytest.mark.parametrize("where", IN_PDF)
def test_a_word_that_no_page_of_a_pdf_shows_is_found(other, where):
    """A title, a text for screen readers: one letter of it, in a PDF of other code."""
    path = other / "report.pdf"
    altered, times = re.subn(IN_PDF[where], b"Q", path.read_bytes(), count=1)
    assert times == 1
    path.write_bytes(altered)
    describe_anew(other)
    assert "report.pdf is not what its inputs give" in failing(verify(other))


def test_exchanged_pictures_of_a_page_are_found(other):
    """Each of them is in the manifest; their words stand in another order."""
    text = (other / "report.html").read_text(encoding="utf-8")
    first, second = PICTURE.findall(text)[:2]
    text = text.replace(first, "<!-- here -->").replace(second, first)
    text = text.replace("<!-- here -->", second)
    page = sealed_page(text, manifest_of(other))
    (other / "report.html").write_text(page, encoding="utf-8")
    describe_anew(other)
    assert "report.html is not what its inputs give" in failing(verify(other))


def test_foreign_files_are_told(folder, capsys):
    """They don't fail; the last line names them."""
    (folder / "extra.html").write_text("<p>hello</p>", encoding="utf-8")
    said = verify(folder)
    assert passed(said)
    assert [one.subject for one in said if one.level == OPEN] == ["extra.html"]
    assert main(["verify", str(folder)]) == 0
    assert capsys.readouterr().out.rstrip().endswith("not checked: extra.html")


@pytest.mark.skipif(os.name != "posix", reason="links are another's right there")
def test_what_a_link_in_a_report_leads_to_is_not_told(folder, tmp_path):
    """A form of the report that leads elsewhere is missing; a folder that does is foreign."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_text("TOP SECRET", encoding="utf-8")
    (folder / "report.html").unlink()
    (folder / "report.html").symlink_to(tmp_path / "secret" / "key")
    (folder / "more").symlink_to(tmp_path / "secret")
    said = verify(folder)
    assert "report.html is missing" in failing(said)
    assert "more" in [one.subject for one in said if one.level == OPEN]
    assert "SECRET" not in " ".join(one.text for one in said)


def test_an_own_file_that_is_not_described_fails(folder):
    """A form of the report, or an input, beside a description that leaves it out."""
    described = json.loads((folder / CRATE).read_text(encoding="utf-8"))
    described["@graph"] = [
        entry
        for entry in described["@graph"]
        if entry["@id"] not in ("report.html", "inputs/scores.csv")
    ]
    (folder / CRATE).write_bytes(as_json(described))
    told = failing(verify(folder))
    assert "report.html is not among the files" in told and "inputs/scores.csv is not" in told


def test_an_emptied_list_of_inputs_fails(folder):
    """They lie beside it."""
    seal_anew(folder, {**manifest_of(folder), "inputs": {}})
    told = failing(verify(folder))
    assert "inputs: " in told and "scores.csv is new" in told


def without(made, key):
    """A manifest that lacks a key."""
    return {name: value for name, value in made.items() if name != key}


def in_run(made, **change):
    """A manifest of a run with other settings."""
    return {**made, "run": {**made["run"], **change}}


MANIFESTS = {
    **{
        f"no {key}": lambda good, key=key: without(good, key)
        for key in ("environment", "run", "created", "results", "text", "seal", "schema")
    },
    "created in words": lambda good: {**good, "created": "yesterday"},
    "created 5": lambda good: {**good, "created": 5},
    "a day that isn't": lambda good: {**good, "created": "2026-02-31T00:00:00Z"},
    "results a list": lambda good: {**good, "results": [1]},
    "run with more": lambda good: in_run(good, more=1),
    "run of a method": lambda good: in_run(good, method="os.system"),
    "10^12 draws": lambda good: in_run(good, draws=10**12, seed=1),
    "-5 draws": lambda good: in_run(good, draws=-5, seed=1),
    "draws true": lambda good: in_run(good, draws=True),
    "language a path": lambda good: in_run(good, language="../../etc/passwd"),
    "unknown language": lambda good: in_run(good, language="xx"),
    "p in words": lambda good: in_run(good, p="x"),
    "p not a number": lambda good: in_run(good, p=float("nan")),
    "inputs a list": lambda good: {**good, "inputs": []},
    "inputs a text": lambda good: {**good, "inputs": "abc"},
    "since of another form": lambda good: {**good, "since": {"more": 1}},
    "redactions a text": lambda good: {**good, "redactions": "abc"},
    "no question": lambda good: {**good, "question": None},
    "a package that is a path": lambda good: {
        **good,
        "question": {**good["question"], "package": "../x"},
    },
    "text a list": lambda good: {**good, "text": []},
    "no pictures": lambda good: {**good, "pictures": None},
    "code a text": lambda good: {**good, "code": "x"},
    "package of a dict": lambda good: {
        **good,
        "environment": {**good["environment"], "packages": {"numpy": {"a": 1}}},
    },
    "terminal signs": lambda good: {
        **good,
        "environment": {**good["environment"], "packages": {"x\x1b[2J\u202e": "1"}},
    },
}


@pytest.mark.parametrize("case", MANIFESTS)
def test_a_hostile_manifest_ends_with_a_sentence(folder, case, capsys):
    """Status 1, a reason, no traceback, nothing printed that moves the terminal."""
    made = MANIFESTS[case](manifest_of(folder))
    text = json.dumps(made)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    describe_anew(folder)
    assert main(["verify", str(folder)]) == 1
    told = "".join(capsys.readouterr())
    assert told.strip() and "Traceback" not in told and "\x1b" not in told and "\u202e" not in told


CRATES = {
    "outside": lambda graph: [*graph, entry("../../../etc/passwd")],
    "a device": lambda graph: [*graph, entry("/dev/zero")],
    "no digest": lambda graph: [*graph, {"@id": "report.html", "@type": "File"}],
    "a text": lambda graph: "abc",
    "no entries": lambda graph: [],
    "no files": lambda graph: graph[:2],
    "long name": lambda graph: [*graph, entry("x" * 5000)],
    "NUL in a name": lambda graph: [*graph, entry("a\0b")],
    "numbers": lambda graph: [1, 2],
}


def entry(name):
    """A described file that isn't there."""
    return {"@id": name, "@type": "File", "sha256": "0" * 64}


@pytest.mark.parametrize("case", CRATES)
def test_a_hostile_description_ends_with_a_sentence(folder, case, capsys):
    """Status 1 and a reason."""
    described = json.loads((folder / CRATE).read_text(encoding="utf-8"))
    described["@graph"] = CRATES[case](described["@graph"])
    (folder / CRATE).write_text(json.dumps(described), encoding="utf-8")
    assert main(["verify", str(folder)]) == 1
    told = "".join(capsys.readouterr())
    assert told.strip() and "Traceback" not in told


def retold(graph, thing, **change):
    """A description with another word on one of its things."""
    return [{**one, **change} if one["@id"] == thing else one for one in graph]


RETOLD = {
    "its title": lambda graph: retold(graph, "./", name="Another question"),
    "its licence": lambda graph: retold(graph, "./", license="CC0"),
    "who made it": lambda graph: retold(graph, "#tool", name="another tool"),
    "a size": lambda graph: retold(graph, MANIFEST, contentSize="1"),
    "what went in": lambda graph: retold(graph, "#run", object=[]),
    "somebody else": lambda graph: [*graph, {"@id": "#who", "@type": "Person", "name": "B"}],
}


@pytest.mark.parametrize("case", RETOLD)
def test_a_description_in_other_words_is_found(folder, case):
    """It isn't sealed, but it is what files and manifest give."""
    described = json.loads((folder / CRATE).read_text(encoding="utf-8"))
    described["@graph"] = RETOLD[case](described["@graph"])
    (folder / CRATE).write_bytes(as_json(described))
    assert f"{CRATE} doesn't describe its folder as it should" in failing(verify(folder))


@pytest.mark.parametrize("text", ["[" * 200_000, "\x00", "NaN", "", '{"a": 1'])
@pytest.mark.parametrize("name", [MANIFEST, CRATE])
def test_broken_json_is_refused_by_name(folder, name, text, capsys):
    """Also brackets without end."""
    (folder / name).write_text(text, encoding="utf-8")
    assert main(["verify", str(folder)]) == 1
    assert name in "".join(capsys.readouterr())


def test_a_word_file_without_our_part_is_no_report(folder, tmp_path):
    """Refused, like any other file."""
    path = tmp_path / "other.docx"
    with zipfile.ZipFile(folder / "report.docx") as given, zipfile.ZipFile(path, "w") as made:
        for name in given.namelist():
            if name != ENCLOSED:
                made.writestr(name, given.read(name))
    with pytest.raises(mcda.InputError, match="expected a report with its manifest"):
        verify(path)
    path.write_bytes(b"PK nothing")
    with pytest.raises(mcda.InputError, match="expected a report with its manifest"):
        verify(path)


def test_a_crafted_pdf_costs_no_more(folder, tmp_path):
    """Many openings of an attachment, and one that unpacks to very much, are given up soon."""
    import zlib

    many = b"<< /EmbeddedFile " * 200_000
    path = tmp_path / "crafted.pdf"
    path.write_bytes(b"%PDF-1.7\n" + many)
    with pytest.raises(mcda.InputError, match="none that can be read"):
        verify(path)
    packed = zlib.compress(b" " * 20_000_000)
    path.write_bytes(
        b"%PDF-1.7\n1 0 obj\n<</Type/EmbeddedFile/Filter/FlateDecode>>\nstream\n"
        + packed
        + b"\nendstream"
    )
    with pytest.raises(mcda.InputError, match="none that can be read"):
        verify(path, limits=mcda.Limits(unpacked_bytes=1_000_000))


@pytest.mark.parametrize(
    "part", [b"<a>" * 101 + b"</a>" * 101, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"]
)
def test_a_crafted_word_file_is_not_passed(folder, other, part):
    """Elements without end, or entities: nothing of it is read. Of other code it is left open."""
    for place in (folder, other):
        altered_parts(place / "report.docx", "word/more.xml", lambda before: part)
        describe_anew(place)
    assert "its words can't be compared: the Word file, word/more.xml" in failing(verify(folder))
    said = verify(other)
    assert "report.docx" in [one.subject for one in said if one.level == OPEN]
    assert "report.docx" in verdict(said).partition("not checked")[2]


def test_a_report_in_every_form_is_named_in_the_last_line(whole):
    """What was checked stands there."""
    told = verdict(verify(whole))
    assert told.startswith("verified: files, manifest, input files, results, sections, pictures")
    assert all(file_of(kind) in told for kind in WHOLE) and "not checked" not in told
