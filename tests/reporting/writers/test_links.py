"""Sources lead to their addresses in every form, and only to addresses of the web."""

import io
import re
import zipfile
from html.parser import HTMLParser

import pytest

import mcda
from mcda.reporting.study.study import Study
from mcda.reporting.verification.document_text import pdf_words, word_words
from mcda.reporting.writers.report import composed

GOOD = "https://example.org/a?b=1&c=2"
TITLE = "Costs & <b>counts</b>"
BAD = ("javascript:alert(1)", "file://server/share", 'https://example.org/" onclick="alert(1)')


@pytest.fixture(scope="module")
def linked(make_problem):
    """A report with a source on the web, and others whose addresses are something else."""
    sources = {"S1": mcda.Source("S1", title=TITLE, url=GOOD)}
    for number, address in enumerate(BAD, 2):
        sources[f"S{number}"] = mcda.Source(f"S{number}", title=f"Title {number}", url=address)
    problem = make_problem()
    estimates = dict(problem.estimates)
    estimates["cost/A"] = mcda.Estimate("cost/A", 5, 10, 20, sources=tuple(sources))
    return composed(Study(make_problem(sources=sources, estimates=estimates), {}))


class Leads(HTMLParser):
    """The addresses outside the page that its links lead to."""

    def __init__(self, text):
        super().__init__()
        self.out = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        """Keep where a link leads, if it leaves the page."""
        address = dict(attributes).get("href", "")
        self.out += [address] if tag == "a" and not address.startswith("#") else []


def test_the_page_links_the_title_of_a_source(linked):
    """And nothing else leaves the page; other addresses stand there as text."""
    page = linked.html().decode("utf-8")
    assert Leads(page).out == [GOOD]
    assert "Costs &amp; &lt;b&gt;counts&lt;/b&gt;</a>" in page
    assert all(text in page for text in ("javascript:alert(1)", "file://server/share"))


def test_the_pdf_links_the_title_of_a_source(linked):
    """The title stands as text."""
    content = linked.pdf()
    assert re.findall(rb"/URI ?\(([^)]*)\)", content) == [GOOD.encode()]
    words = pdf_words(content)
    assert "<b>counts</b>" in words and GOOD in words and "javascript:alert(1)" in words


def test_the_word_file_links_the_title_of_a_source_and_each_reference_to_its_row(linked):
    """By relations of the file, and by bookmarks."""
    content = linked.docx()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        relations = parts.read("word/_rels/document.xml.rels").decode("utf-8")
        text = parts.read("word/document.xml").decode("utf-8")
    out = re.findall(r'Target="([^"]*)" TargetMode="External"', relations)
    assert out == [GOOD.replace("&", "&amp;")]
    places = re.findall(r'w:bookmarkStart w:id="\d+" w:name="(s_\d)"', text)
    assert places == ["s_1", "s_2", "s_3", "s_4"]
    assert set(re.findall(r'w:anchor="(s_\d)"', text)) == set(places)
    words = word_words(content)
    assert "<b>counts</b>" in words and GOOD in words and "javascript:alert(1)" in words
