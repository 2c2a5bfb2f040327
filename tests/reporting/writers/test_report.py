"""The report: every number from the results, the same bytes twice, every name shown as text in all formats."""

import html
import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest

import mcda
from criteria import ukraine_force
from mcda.cli import main
from mcda.display.visible_text import upright
from mcda.files.disk.writing import write_bytes
from mcda.files.question.logs import read_logs
from mcda.preferences.weighting.stated import with_ranges
from mcda.reporting import figures
from mcda.reporting.document.for_reviewers import annexes
from mcda.reporting.document.outline import OUTLINE, context
from mcda.reporting.document.shape import shape
from mcda.reporting.study.study import Settings, Study
from mcda.reporting.writers.html import opened
from mcda.reporting.writers.report import composed, report, write

HOSTILE = (
    '<script>alert("x")</script> & $5 #let x = 1 *b* \\ [a](javascript:b) =1+1 \u202e ' + "w" * 500
)


class Tags(HTMLParser):
    """The tags of a page, and the addresses that it names."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.anchors, self.loaded, self.kinds = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        """Keep what a tag is, names and loads."""
        given = dict(attributes)
        self.tags.append(tag)
        self.ids.append(given.get("id"))
        self.kinds += [given.get("type")] if tag == "script" else []
        if tag == "a":
            self.anchors.append(given["href"])
        self.loaded += [
            given[name] for name in ("src", "srcset", "data", "background") if given.get(name)
        ]
        self.loaded += [given["href"]] if tag == "link" else []


@pytest.fixture(scope="module")
def hostile(make_problem):
    """The report of a question whose every name is markup, with a source whose address is a script."""
    problem = make_problem()
    frame = mcda.Frame(
        title=HOSTILE,
        question=HOSTILE,
        baseline="A",
        notes=(HOSTILE,),
        analyst=HOSTILE,
        marking=HOSTILE,
        exclusions=(HOSTILE,),
    )
    source = mcda.Source("S1", title=HOSTILE, url="javascript:alert(1)", note=HOSTILE)
    estimates = dict(problem.estimates)
    estimates["cost/A"] = mcda.Estimate("cost/A", 5, 10, 20, sources=("S1",), rationale=HOSTILE)
    made = make_problem(frame=frame, sources={"S1": source}, estimates=estimates)
    made.options["label"] = [f"{HOSTILE} {option}" for option in made.options.index]
    return composed(Study(made, {HOSTILE: mcda.weights({"money": 1, "people": 1}, HOSTILE)}))


def test_hostile_names_are_text_in_the_page(hostile):
    """Only our own tags and our own script; an address that isn't ours is shown as text."""
    told = hostile.html().decode("utf-8")
    tags = Tags(told)
    assert tags.kinds == ["application/json", "text/plain", "module"]
    assert "&lt;script&gt;alert" in told and not any(
        "javascript" in anchor for anchor in tags.anchors
    )
    manifest, whole = opened(told)
    assert whole and manifest["question"]["title"] == HOSTILE


def test_hostile_names_are_text_in_the_pdf(hostile):
    """The compiler takes them as data: the letters stand on the page, and nothing is executed."""
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(hostile.pdf())
    text = re.sub(
        r"\s|\u200b|[\ufffe\xad]",
        "",
        "".join(document[at].get_textpage().get_text_range() for at in range(2)),
    )
    assert '<script>alert("x")</script>' in text and "#letx=1*b*" in text and "$5" in text


def test_hostile_names_are_text_in_the_word_file(hostile):
    """They are escaped in every part, and the file opens."""
    docx = pytest.importorskip("docx")
    content = hostile.docx()
    assert upright(HOSTILE) in [line.text for line in docx.Document(io.BytesIO(content)).paragraphs]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<script>" not in b"".join(
            parts.read(name) for name in parts.namelist() if name.endswith(".xml")
        )


def test_no_name_turns_the_direction_of_the_rest_of_a_sentence(hostile):
    """An override that is never closed is written out in everything that the writers lay out."""
    assert "\u202e" not in json.dumps(hostile.context, ensure_ascii=False)
    assert "\\u202e" in hostile.context["title"]


@pytest.mark.parametrize("below", ["", "x"])
def test_a_file_in_the_place_of_the_folder_is_refused_before_anything_is_computed(
    cooling, tmp_path, capsys, below
):
    """As wrong usage, with the file's name; the file stays."""
    (tmp_path / "afile").write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["report", str(cooling), "--out", str(tmp_path / "afile" / below)])
    assert "expected a folder, found the file" in capsys.readouterr().err
    with pytest.raises(mcda.InputError, match="a folder to write to"):
        write_bytes(tmp_path / "afile" / "x" / "report.html", b"")
    assert (tmp_path / "afile").read_text(encoding="utf-8") == "mine"


def test_formats_of_an_earlier_report_do_not_stay_beside_a_new_one(cooling, tmp_path, capsys):
    """Only what was written is there and listed, other files stay, and the folder verifies."""
    (tmp_path / "report.pdf").write_bytes(b"old")
    (tmp_path / "notes.txt").write_bytes(b"mine")
    assert (
        main(["report", str(cooling), "--to", "html", "--draws", "0", "--out", str(tmp_path)]) == 0
    )
    assert "report.pdf" not in capsys.readouterr().out and main(["verify", str(tmp_path)]) == 0
    assert (tmp_path / "notes.txt").exists() and not (tmp_path / "report.pdf").exists()


def test_nothing_is_loaded_and_the_policy_forbids_it(cooling_report):
    """Figures are part of the page; links go to places in the page; every id is used once."""
    told = cooling_report.html().decode("utf-8")
    tags = Tags(told)
    assert tags.loaded == [] and tags.tags.count("svg") == len(cooling_report.pictures)
    assert {"default-src 'none'", "base-uri 'none'", "form-action 'none'"} <= set(
        re.findall(r"[a-z-]+ 'none'", told)
    )
    assert {anchor[1:] for anchor in tags.anchors} <= set(tags.ids)
    drawn = "".join(re.findall("<svg.*?</svg>", told, re.DOTALL))
    rest = re.sub("<svg.*?</svg>", "", told, flags=re.DOTALL)
    looks = [set(" ".join(re.findall('class="([^"]+)"', one)).split()) for one in (drawn, rest)]
    assert not looks[0] & looks[1], "the style of a figure holds for the whole page"
    named = [name for name in tags.ids if name]
    assert len(named) == len(set(named))


def test_two_runs_in_two_folders_give_the_same_bytes(cooling_study, cooling, tmp_path, monkeypatch):
    """All three formats, manifest, description and inputs, with SOURCE_DATE_EPOCH set."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    moved = shutil.copytree(cooling, tmp_path / "elsewhere" / "cooling_centre")
    problem = mcda.read_problem(moved)
    second = Study(
        problem, mcda.read_perspectives(moved, problem), Settings(), read_logs(moved), moved
    )
    folders = [
        write(composed(one), tmp_path / name, ("html", "pdf", "docx"))
        for one, name in ((cooling_study, "a"), (second, "b"))
    ]
    files = [
        {path.relative_to(at): path.read_bytes() for path in at.rglob("*") if path.is_file()}
        for at in folders
    ]
    assert files[0] == files[1] and len(files[0]) > 8


def test_the_context_is_plain_data_and_has_the_whole_outline(cooling_study):
    """Every section of the outline, each with something to say, also where a result is missing."""
    told, _ = context(cooling_study)
    assert json.loads(json.dumps(told)) == told
    assert len(told["sections"]) == len(OUTLINE) - 1, "no events and no parts, and details"
    assert all(section["blocks"] for section in told["sections"])
    assert told["sections"][0]["key"] == "summary"


def test_changing_an_input_number_changes_what_depends_on_it(make_problem):
    """Another cell: another summary, evidence, results and reason, wherever the number stands."""
    holders = {"x": mcda.weights({"money": 1, "people": 1}, "x")}
    first, _ = context(Study(make_problem(), holders))
    other, _ = context(
        Study(
            make_problem(cells={"A": (10, 100, 0), "B": (40, 90, 80), "C": (70, 60, 10)}), holders
        )
    )
    pairs = zip(first["sections"], other["sections"], strict=True)
    changed = {one["key"] for one, two in pairs if one != two}
    assert {"summary", "details", "scoring", "results", "why", "options", "holders"} <= changed


def test_a_question_of_one_option_has_a_report(make_problem):
    """Nothing leads over anything, and the report says only what there is."""
    told, _ = context(Study(make_problem(cells={"A": (10, 90, 20)}), {}))
    assert "There is one option, so nothing to compare." in json.dumps(told)


def test_a_floor_that_excludes_every_option_is_told(make_problem):
    """Nothing is ranked behind it, and the summary says so."""
    told, _ = context(Study(make_problem(cells={"A": (10, 10, 20), "B": (20, 20, 10)}), {}))
    first, findings = map(json.dumps, told["sections"][:2])
    assert "If Places must reach 50 beds," in first and "no option is left to compare" in first
    assert "The minimum excludes every option, so nothing is left to rank behind it" in findings


def test_without_holders_the_weights_are_equal_and_it_says_so(make_problem):
    """The section on weights names them as nobody's."""
    told, _ = context(Study(make_problem(), {}))
    weights = next(section for section in told["sections"] if section["key"] == "weights")
    assert "Nobody stated weights" in json.dumps(weights)


def test_every_cell_has_its_range_its_kind_and_its_sources(cooling_report):
    """Best estimate, low to high, the mark of its kind and ids of its sources."""
    told, problem = cooling_report.context, cooling_report.study.problem
    tables = [
        block
        for section in told["sections"]
        if section["key"] == "details"
        for block in section["blocks"]
        if block["is"] == "table" and block["caption"].startswith("Performance table")
    ]
    cells = [cell for row in tables[0]["rows"] for cell in row[1:] if cell["text"]]
    assert len(cells) == len(problem.options) * len(problem.leaves)
    assert all(cell["mark"] and " to " in cell["under"][0] for cell in cells) and any(
        cell["refs"] for cell in cells
    )


def test_sources_that_are_left_out_are_counted_after_those_that_are_named(make_problem, tmp_path):
    """Behind six ids, never behind the range, where the count would read as a number."""
    named = tuple(f"S{at}" for at in range(8))
    problem = make_problem()
    key = next(key for key in problem.estimates if key.startswith("places/"))
    problem = replace(
        problem,
        sources={name: mcda.Source(name, name) for name in named},
        estimates={**problem.estimates, key: replace(problem.estimates[key], sources=named)},
    )
    cells = [
        cell
        for section in context(Study(problem, {}))[0]["sections"]
        if section["key"] == "details"
        for block in section["blocks"]
        if block["is"] == "table"
        for row in block["rows"]
        for cell in row
    ]
    assert [(cell["refs"], cell["more"], len(cell["under"])) for cell in cells if cell["more"]] == [
        (list(named[:6]), "+2 sources", 1)
    ]
    page = report(problem, to=tmp_path / "one.html").read_text(encoding="utf-8")
    assert page.index(">S5<") < page.index("+2 sources") < page.index(">S6<")


def test_the_annex_on_elicitation_prints_the_rationale_of_each_weight(make_problem):
    """As it was recorded, by criterion; "not said" only where nothing was."""
    table = pd.DataFrame(
        {"low": [20, 30], "mode": [60, 40], "high": [70, 60], "rationale": ["Budget is short", ""]},
        index=["money", "people"],
    )
    given = with_ranges(mcda.weights({"money": 60, "people": 40}, "Treasurer"), table)
    silent = mcda.weights({"money": 60, "people": 40}, "Visitors")
    block = annexes.elicitation(Study(make_problem(), {"Treasurer": given, "Visitors": silent}))[
        "blocks"
    ][0]
    told = [row[-1] for row in block["rows"]]
    assert told[0]["text"] == "Money: Budget is short", "no empty line stands before a reason"
    assert told[1]["text"] == "not said"


def test_the_public_function_writes_one_file_or_a_folder(make_problem, tmp_path):
    """By the ending of the name; an unknown ending is refused with those there are."""
    problem = make_problem()
    assert report(problem, to=tmp_path / "one.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert mcda.report(problem, to=tmp_path / "one.docx").read_bytes().startswith(b"PK")
    folder = report(problem, to=tmp_path / "all")
    assert {path.name for path in folder.iterdir()} == {
        "report.html",
        "report.pdf",
        "report.docx",
        "results.xlsx",
        "tables",
        "manifest.json",
        "ro-crate-metadata.json",
    }
    with pytest.raises(mcda.InputError, match="expected one of 'html', 'pdf', 'docx', found 'odt'"):
        report(problem, to=tmp_path / "one.odt")


def test_a_file_is_written_whole_or_not_at_all(make_problem, tmp_path, monkeypatch):
    """A failure on the way leaves the old file as it was, and no remnant."""
    path = report(make_problem(), to=tmp_path / "one.html")
    before = path.read_bytes()
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        report(make_problem(), to=path)
    assert path.read_bytes() == before and [found.name for found in tmp_path.iterdir()] == [
        "one.html"
    ]


def test_the_word_file_has_headings_captions_header_rows_and_alternative_text(cooling_report):
    """What a screen reader and a table of contents need."""
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(cooling_report.docx()))
    styles = {line.style.name for line in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Caption", "List Bullet"} <= styles
    xml = document.element.xml
    assert xml.count("w:tblHeader") >= len(document.tables)
    described = re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', xml)
    assert len(described) == xml.count("<wp:docPr ") > 0
    header = document.sections[0].header.paragraphs[0].text
    assert header.endswith("DRAFT, NOT ASSURED")


def test_tables_and_figures_have_the_same_numbers_in_every_form(cooling_report):
    """And each can be linked to, in the page by its number."""
    docx = pytest.importorskip("docx")
    told = cooling_report.html().decode("utf-8")
    in_page = re.findall(r'class="here" href="#(table|figure)-(\d+)">', told)
    lines = docx.Document(io.BytesIO(cooling_report.docx())).paragraphs
    captions = [line.text for line in lines if line.style.name == "Caption"]
    in_word = [re.match(r"(Table|Figure) (\d+)", text).groups() for text in captions]
    assert [(kind.title(), number) for kind, number in in_page] == in_word
    ids = [f'id="{kind}-{number}"' for kind, number in in_page]
    assert len(ids) > 10 and all(told.count(one) == 1 for one in ids)


def test_results_are_at_full_precision(cooling_study):
    """What the manifest keeps are the numbers themselves, not what was shown of them."""
    first = cooling_study.analysis.results["rankings"][0]["without_floor"]
    ranking = mcda.rank(
        cooling_study.problem,
        next(iter(cooling_study.holders.values())),
        first["method"].split(" ")[0].split(":")[0],
    )
    scores = pd.Series({row["option"]: row["score"] for row in first["ranking"]})
    assert scores.to_dict() == ranking.table["score"].to_dict()


def test_draws_fill_the_sections_that_need_them(cooling, cooling_question, monkeypatch):
    """Robustness, the challenge and what to find out next are told; a seed gives its own draws."""
    monkeypatch.setattr(figures, "svg", lambda axes: "")
    problem, holders = cooling_question
    runs = [
        Study(problem, holders, Settings(draws=200, seed=0), read_logs(cooling), cooling)
        for _ in range(2)
    ]
    told = [context(run)[0] for run in runs]
    text = json.dumps(told[0])
    assert "Over 200 draws of facts and weights, " in text
    assert (
        f"The smallest change found without a maximum, by the weights of {runs[0].analysis.reference.holder}, in"
        in text
    )
    assert (
        f"The smallest change found with the maximum, for {runs[0].analysis.reference.holder} again, in"
        in text
    )
    assert "was not computed for this report" not in text.replace(
        "scenarios of the question were not computed", ""
    )
    assert told[0] == told[1]
    other = Study(problem, holders, Settings(draws=200, seed=1)).analysis.robust
    shares = [
        {holder: each.without.rank_acceptability for holder, each in found.items()}
        for found in (runs[0].analysis.robust, other)
    ]
    assert any(not shares[0][holder].equals(shares[1][holder]) for holder in shares[0])
    with pytest.raises(mcda.InputError, match="draws: expected a seed"):
        context(Study(problem, holders, Settings(draws=200)))


def test_the_annex_of_numbers_has_the_reason_of_each():
    """Value, unit, kind, range, sources and rationale of every estimate; what has no reason says so."""
    problem = ukraine_force.problem()
    block = annexes.numbers(Study(problem, {}))["blocks"][0]
    assert len(block["rows"]) == len(problem.estimates)
    by_key = {row[0]["text"]: row for row in block["rows"]}
    for key, estimate in problem.estimates.items():
        *_, sources, reason = by_key[key]
        assert sources["refs"] == list(estimate.sources) and reason["text"] == (
            estimate.rationale or "not said"
        )
    assert by_key["C1.3/OPT01"][0]["under"] == ["Deterrent effect, Arms and training only"]
    assert by_key["C1.3/OPT01"][2]["text"] == "8 to 40" and by_key["C1.3/OPT01"][1]["mark"] == "J"


def _typed(folder):
    """Every rationale in the sheets of a question."""
    sheets = [
        pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in sorted(folder.rglob("*.csv"))
    ]
    return [
        text
        for sheet in sheets
        if "rationale" in sheet
        for text in sheet["rationale"]
        if text.strip()
    ]


def _letters(text):
    """A text as it stands on any page: without places to break a line, and the hyphens put there."""
    return re.sub(r"[\s\u200b\ufffe\xad-]", "", text)


def test_every_typed_rationale_stands_in_every_format(cooling_report, cooling):
    """In the page, in the text of the PDF and in the Word file: of numbers, weights and judgements."""
    pdfium, docx = pytest.importorskip("pypdfium2"), pytest.importorskip("docx")
    made, typed = cooling_report, _typed(cooling)
    assert len(typed) == 21
    pages = pdfium.PdfDocument(made.pdf())
    in_pdf = _letters("".join(page.get_textpage().get_text_range() for page in pages))
    document = docx.Document(io.BytesIO(made.docx()))
    in_word = " ".join(document.element.itertext())
    in_page = html.unescape(made.html().decode("utf-8"))
    assert [text for text in typed if text not in in_page] == []
    assert [text for text in typed if _letters(text) not in in_pdf] == []
    assert [text for text in typed if text not in in_word] == []


def test_every_typed_rationale_of_the_ukraine_question_is_among_what_the_report_says():
    """Of estimates, the analyst's own scores, scenarios, correlations, weights and judgements; none is lost."""
    problem = ukraine_force.problem()
    study = Study(problem, ukraine_force.perspectives(problem), folder=ukraine_force.DATA)
    sections = [annexes.numbers(study), annexes.elicitation(study), shape(study)]
    told = json.dumps(sections, ensure_ascii=False)
    typed = _typed(ukraine_force.DATA)
    assert [text for text in typed if json.dumps(text, ensure_ascii=False)[1:-1] not in told] == []
    assert set(
        pd.read_csv(ukraine_force.DATA / "local_weights.csv", dtype=str)["rationale"]
    ) <= set(typed)


def test_the_rationale_of_a_holders_own_local_weight_stands_with_its_weights(cooling, tmp_path):
    """Under that holder alone; a sheet without the column has none to tell."""
    folder = shutil.copytree(cooling, tmp_path / "q")
    for rows, expected in (
        ("weight,rationale\n{},seats,2,Queues are long", 1),
        ("weight\n{},seats,2", 0),
    ):
        holder = next(iter(mcda.open_question(cooling)[1]))
        (folder / "local_weights.csv").write_text(
            f"holder,criterion,{rows.format(holder)}\n", encoding="utf-8"
        )
        study = Study(*mcda.open_question(folder), folder=folder)
        told = [row[-1] for row in annexes.elicitation(study)["blocks"][0]["rows"]]
        assert [str(cell).count("Seats: Queues are long") for cell in told] == [expected] + [0] * (
            len(told) - 1
        )


def test_a_number_of_the_performance_table_leads_to_its_reason(cooling_report):
    """Each judged cell of the page is a link to the row of its estimate in the annex."""
    page = cooling_report.html().decode("utf-8")
    place = re.search(r'<tr id="(n-\d+)"><th scope=row>temperature/R<', page)
    assert place and re.search(rf'<td[^>]*><a href="#{place[1]}">27</a>', page)
