"""The page as a person opens it: offline, without an error or a request, readable wide, narrow, dark, by keyboard."""

import csv
from pathlib import Path

import pytest

import mcda
from criteria import ukraine_force
from mcda.files.disk.writing import write_bytes
from mcda.reporting.study.study import Study
from mcda.reporting.writers.report import composed

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NARROW = {"viewport": {"width": 420, "height": 900}}


@pytest.fixture(scope="module")
def path(ukraine_report):
    """The page of the Ukraine question."""
    return ukraine_report / "report.html"


@pytest.fixture(scope="module")
def seen(visit_for_all, path):
    """It, opened for all tests that leave it as it is."""
    return visit_for_all(path)


@pytest.fixture
def page(seen):
    """It, for a test that may turn and light it: the next finds it as it was opened."""
    size = seen.page.viewport_size
    yield seen.page
    seen.page.set_viewport_size(size)
    seen.page.emulate_media(color_scheme="null")


def test_it_opens_offline_without_an_error_or_a_request(seen, path):
    """One request, for the file itself; nothing in the console; every figure is drawn."""
    assert [address for address in seen.requests if not address.startswith("data:")] == [
        path.as_uri()
    ]
    assert seen.complaints == []
    drawn = seen.page.eval_on_selector_all(
        ".drawn svg", "all => all.map(one => one.getBBox().width > 100)"
    )
    assert len(drawn) >= 4 and all(drawn)


def test_it_is_small_enough_to_be_sent(path):
    """Figures stand in it as they were drawn, the manifest is packed, and nothing is said twice."""
    assert path.stat().st_size < 1_200_000


def test_the_finding_is_what_the_results_say(page):
    """The first thing under the title, with both answers."""
    shown = page.inner_text("#findings")
    problem = ukraine_force.problem()
    holders = ukraine_force.perspectives(problem)
    leader = mcda.rank(problem, holders["Paris"], "topsis").leaders[0]
    assert "leads in 21 of 22 combinations of holder and method" in shown
    assert f"{problem.short[leader]} leads for 10 of 11 holders" in shown
    assert (
        "The minimum (Deterrent effect at least 30 points 0-100) excludes it; "
        "then Forward presence leads for 7 of 11 holders" in shown
    )
    assert "for Berlin (2 points) and The Hague (1 point)" in shown
    assert "The minimum excludes 4 of 11 options" in shown


@pytest.mark.parametrize("width", [1280, 420])
def test_it_never_scrolls_sideways(page, width):
    """Wide tables scroll in their own frame, which the keyboard reaches."""
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    frames = page.eval_on_selector_all(
        ".scroll", "all => all.map(e => e.tabIndex === 0 && !!e.ariaLabel)"
    )
    assert frames and all(frames)


CUES = """all => all.map(one => [
  one.scrollWidth - one.clientWidth - one.scrollLeft > 2, !!one.dataset.more])"""


def test_what_is_wider_than_a_phone_says_so_until_its_end(page):
    """The pictures of the first page have a cue there, and none where they fit."""
    pictures = page.locator("#summary .scroll")
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_function("() => document.querySelector('#summary .scroll').dataset.more")
    wider = pictures.evaluate_all(CUES)
    assert wider and all(seen == told for seen, told in wider) and any(seen for seen, _ in wider)
    pictures.evaluate_all("all => all.forEach(one => { one.scrollLeft = one.scrollWidth; })")
    page.wait_for_function("() => !document.querySelector('#summary .scroll[data-more]')")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function("() => !document.querySelector('#summary .scroll[data-more]')")
    assert not any(seen for seen, _ in pictures.evaluate_all(CUES))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(page, scheme):
    """A contrast of at least 4.5 for body, soft and linked text."""
    page.emulate_media(color_scheme=scheme)
    for selector in ("body", ".soft", "a", "#summary p", "td.strong", "td small", ".marking"):
        colours = page.eval_on_selector(selector, GROUND)
        assert contrast(*colours) >= 4.5, (selector, colours)


GROUND = """element => {
  const ink = getComputedStyle(element).color;
  for (let at = element; at; at = at.parentElement) {
    const ground = getComputedStyle(at).backgroundColor;
    if (!ground.endsWith(', 0)')) return [ink, ground];
  }
  return [ink, 'rgb(255, 255, 255)'];
}"""


def contrast(*colours):
    """The contrast of two CSS colours (WCAG 2)."""
    lights = sorted(luminance(colour) for colour in colours)
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour):
    parts = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The same page of a question of four options: the checker looks at every pair of a cell and its ground."""
    folder = Path(__file__).parents[1] / "questions" / "cooling_centre"
    problem = mcda.read_problem(folder)
    made = composed(Study(problem, mcda.read_perspectives(folder, problem), folder=folder))
    return write_bytes(tmp_path_factory.mktemp("page") / "report.html", made.html())


@pytest.fixture(scope="module")
def small_page(visit_for_all, small):
    """It, opened for all tests that only read it."""
    return visit_for_all(small).page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(small_page, refuse_barriers, scheme):
    """WCAG 2.2 AA and good practice, by a checker that isn't ours."""
    small_page.emulate_media(color_scheme=scheme)
    refuse_barriers(small_page)


def test_every_table_cell_has_its_header_and_every_figure_its_text(page):
    """Screen readers find headers, landmarks, one title, and words for each figure."""
    assert page.eval_on_selector_all(
        "table", "all => all.every(t => t.querySelector('th[scope=col]'))"
    )
    assert page.eval_on_selector_all(
        "main [role=img]", "all => all.every(one => one.ariaLabel.length > 40)"
    )
    assert page.locator("h1").count() == page.locator("main").count() == 1


def test_links_lead_to_their_place(page):
    """A source named in a cell is found among the sources."""
    broken = page.eval_on_selector_all(
        "a[href^='#']",
        "all => all.filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.hash)",
    )
    assert broken == []


def test_the_notebooks_page_opens_offline_too(visit, tmp_path):
    """The brief without its code: no error, no request."""
    from pathlib import Path

    import nbformat

    from mcda.reporting.notebooks.execute import as_page

    notebook = nbformat.read(
        Path(__file__).parents[2] / "notebooks" / "01_decision_brief.ipynb", as_version=4
    )
    page = tmp_path / "brief.html"
    page.write_text(as_page(notebook, "Brief"), encoding="utf-8")
    seen = visit(page)
    assert [address for address in seen.requests if not address.startswith("data:")] == [
        page.as_uri()
    ]
    assert seen.complaints == []
    assert (
        seen.page.eval_on_selector_all("img", "all => all.map(img => img.alt.length > 40)")
        == [True] * 3
    )


TOPS = "names => names.map(name => document.querySelector(name).getBoundingClientRect().top)"


@pytest.fixture
def opened(visit, small):
    """The page of a small question, opened with settings such as a viewport."""
    return lambda **settings: visit(small, **settings).page


def test_the_contents_stay_at_the_side_and_lead_everywhere(opened):
    """Also after scrolling; on a phone they stand in their place."""
    page = opened(viewport={"width": 1280, "height": 800})
    page.evaluate("document.getElementById('results').scrollIntoView()")
    top, heading = page.evaluate(TOPS, ["nav", "#results"])
    assert 0 <= top < 100 and abs(heading) < 100
    led = page.eval_on_selector_all("nav a", "all => all.map(a => a.getAttribute('href'))")
    sections = page.eval_on_selector_all("main > section", "all => all.map(e => e.id)")
    assert [address.removesuffix("-inside") for address in led[-len(sections) :]] == [
        f"#{key}" for key in sections
    ]
    narrow = opened(**NARROW)
    narrow.evaluate("document.getElementById('results').scrollIntoView()")
    assert narrow.evaluate(TOPS, ["nav"])[0] < 0


def test_an_annex_is_folded_until_it_is_asked_for(opened):
    """A link of the contents opens it, and so do a line that leads to its tables and a link to a source."""
    page = opened()
    assert not page.is_visible("#sources-inside")
    page.click("nav a[href='#sources-inside']")
    assert page.is_visible("#sources-inside") and not page.is_visible("#glossary-inside")
    again = opened()
    assert not again.is_visible("#details-inside")
    line = again.locator("#evidence p a[href^='#table-']")
    place = line.get_attribute("href")
    line.click()
    assert again.is_visible(f"{place} caption") and not again.is_visible("#sources-inside")
    again.click("a[href='#s-1'] >> visible=true")
    assert again.is_visible("#s-1")


NUMBERS = "#details .scroll:has(td a[href^='#n-'])"  # the table of performance


@pytest.fixture
def looked_up(opened):
    """The page with the annex open that has the tables behind its sections."""

    def shown(**settings):
        page = opened(**settings)
        page.click("#details summary")
        return page

    return shown


def test_the_head_and_the_first_column_of_a_table_stay(visit, path):
    """Where a table has many rows: it scrolls in a frame, and others are as tall as they are."""
    page = visit(path, viewport={"width": 420, "height": 420}).page
    page.click("#details summary")
    page.eval_on_selector(NUMBERS, "frame => { frame.scrollTop = 200; frame.scrollLeft = 60; }")
    inside = page.eval_on_selector(
        NUMBERS,
        """frame => {
          const own = frame.getBoundingClientRect();
          const head = frame.querySelector('thead').getBoundingClientRect();
          const first = frame.querySelector('tbody tr:nth-child(3) th').getBoundingClientRect();
          return [frame.scrollTop > 0, head.top - own.top, first.left - own.left];
        }""",
    )
    assert inside[0] and abs(inside[1]) < 2 and abs(inside[2]) < 2


def test_on_paper_annexes_are_open_and_the_marking_is_on_every_page(opened):
    """What is folded on the screen is printed."""
    pdfium = pytest.importorskip("pypdfium2")
    pages = pdfium.PdfDocument(opened().pdf(format="A4"))
    texts = [page.get_textpage().get_text_range() for page in pages]
    assert all("INVENTED EXAMPLE" in text for text in texts)
    assert "Requirement" in "".join(texts), "the head of the checklist's tables"


def test_a_search_counts_places_and_leads_to_each(opened):
    """Also into folded annexes; what is found is marked."""
    page = opened()
    page.fill("#find", "no such words anywhere")
    page.wait_for_selector(".search p:has-text('nowhere')")
    page.fill("#find", "CHECKLIST comply")
    page.wait_for_selector(".search li")
    places = page.locator(".search li").count()
    assert f"{places} places in" in page.inner_text(".search p")
    assert not page.is_visible("#checklist-inside")
    page.click(".search li:has-text('Annex') a")
    assert page.is_visible("#checklist-inside")
    assert page.evaluate("[...CSS.highlights.get('found')].map(String)") != []


def test_enter_leads_from_one_place_to_the_next(opened):
    """And back with shift."""
    page = opened(viewport={"width": 1280, "height": 800})
    page.fill("#find", "weights")
    tops = []
    for key in ("Enter", "Enter", "Shift+Enter"):
        page.press("#find", key)
        tops.append(page.evaluate("scrollY"))
    assert tops[0] == tops[2] != tops[1] or page.locator(".search li").count() > 1
    marked = "[...CSS.highlights.get('found')].map(one => String(one).toLowerCase())"
    assert set(page.evaluate(marked)) == {"weights"}


def test_every_table_can_be_taken_along_as_csv(looked_up):
    """As it stands: number, kind, range and sources each in a column of its own; no cell is a formula."""
    page = looked_up()
    count = "name => document.querySelectorAll(name).length"
    assert page.evaluate(count, "caption button") == page.evaluate(count, "main .scroll > table")
    with page.expect_download() as download:
        page.click(f"{NUMBERS} caption button")
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    rows = list(csv.reader(lines))
    assert download.value.suggested_filename.startswith("table-")
    assert {len(row) for row in rows} == {len(rows[0])}
    kinds = [at for at, name in enumerate(rows[0]) if name.endswith(", kind")]
    assert kinds and all(rows[-1][at] in {*"EDJFSA"} for at in kinds)
    assert all(float(rows[-1][at - 1]) is not None for at in kinds)
    assert not any(cell[:1] in ("=", "@") for row in rows for cell in row)


def test_results_beside_the_page_are_linked_from_it(page, path, small_page):
    """In a report's folder every link leads to a file; a page alone has no such links."""
    names = page.eval_on_selector_all("#beside a", "all => all.map(a => a.getAttribute('href'))")
    assert names[0] == "results.xlsx" and len(names) > 10
    assert all((path.parent / name).is_file() for name in names)
    assert small_page.locator("#beside").count() == 0


def test_the_page_computes_its_ranks_again_and_says_whether_they_match(
    visit, small, small_page, tmp_path
):
    """Every rank and score of the tables at the best estimates; a single altered one is named."""
    said = small_page.inner_text("#recomputed")
    assert said.startswith("Verified in this page") and "Table" in said
    text = small.read_text(encoding="utf-8")
    start = text.index("data-order=")
    place = text.index("<small>0.", start) + len("<small>0.")
    altered = tmp_path / "altered.html"
    digit = (int(text[place]) + 1) % 10
    altered.write_text(f"{text[:place]}{digit}{text[place + 1 :]}", encoding="utf-8")
    told = visit(altered).page.inner_text("#recomputed")
    assert told.startswith("Not verified") and " in 1 of " in told


def test_ranks_are_computed_again_where_options_may_fail(visit, uncertain_cooling, tmp_path):
    """As lotteries: of what an option is if it comes about, and of what happens otherwise."""
    problem, holders = mcda.open_question(uncertain_cooling)
    page = mcda.report(problem, holders, to=tmp_path / "report.html", question=uncertain_cooling)
    assert visit(page).page.inner_text("#recomputed").startswith("Verified in this page: ")


def test_a_cell_shows_the_reason_that_was_typed_for_it(looked_up):
    """It stands once, in the annex of numbers."""
    page = looked_up()
    cell = f"{NUMBERS} td:has(a[href^='#n-'])"
    page.hover(cell)
    link, title = page.eval_on_selector(cell, "td => [td.querySelector('a').hash, td.title]")
    row = page.text_content(f"{link}")
    assert title and title in row


def test_a_printed_page_is_set_as_the_pdf_is(visit, small):
    """Annexes open, controls and contents hidden, nothing cut, the first page alone on its sheet."""
    pdfium = pytest.importorskip("pypdfium2")
    page = visit(small).page
    printed = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")
    for hidden in ("main > nav", ".marking", "caption button", ".live"):
        assert not any(page.eval_on_selector_all(hidden, SHOWN)), hidden
    assert all(page.eval_on_selector_all(".folded table", SHOWN))
    overflow = "all => all.map(one => getComputedStyle(one).overflow)"
    assert set(page.eval_on_selector_all(".scroll:not(.live *)", overflow)) == {"visible"}
    first, second = (
        pdfium.PdfDocument(printed)[at].get_textpage().get_text_range() for at in (0, 1)
    )
    assert "Decision summary" in first and "1. Findings in detail" not in first
    assert "1. Findings in detail" in second


SHOWN = "all => all.map(one => one.getClientRects().length > 0 && one.checkVisibility())"


def test_the_first_page_of_a_full_question_is_printed_on_one_sheet(visit, path):
    """Three figures, four changes and both sides of a minimum fit on it."""
    pdfium = pytest.importorskip("pypdfium2")
    printed = pdfium.PdfDocument(visit(path).page.pdf(prefer_css_page_size=True))
    assert "1. Findings in detail" in printed[1].get_textpage().get_text_range()


@pytest.mark.parametrize("width", [1280, 390])
def test_no_figure_is_cut_at_its_foot(page, width):
    """However tall it is: a reader scrolls the page, and no frame within it."""
    page.set_viewport_size({"width": width, "height": 700})
    tall = page.eval_on_selector_all(
        "figure .scroll", "all => all.map(one => one.scrollHeight - one.clientHeight)"
    )
    assert tall and max(tall) <= 1


def test_nothing_that_stays_in_sight_covers_the_marking(page):
    """The marking breaks into lines on a phone; what stays in sight stays below all of them."""
    page.set_viewport_size({"width": 390, "height": 700})
    page.wait_for_function(
        """() => getComputedStyle(document.documentElement).getPropertyValue('--marked')
        === `${document.querySelector('.marking').offsetHeight}px`"""
    )
    page.eval_on_selector("#try", "one => window.scrollTo(0, one.offsetTop + one.offsetHeight / 2)")
    marking = page.eval_on_selector(".marking", "one => one.getBoundingClientRect().bottom")
    short = page.locator("#try .short").bounding_box()
    assert short["y"] >= marking - 1


def test_a_printed_page_has_the_first_rows_of_long_inputs(visit, path):
    """The page has them all; what is printed says how many there are."""
    page = visit(path).page
    rows = """all => all.map(
        one => [...one.tBodies[0].rows].filter(row => row.getClientRects().length).length)"""
    long = "table[class*='rows-']"
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    assert min(page.eval_on_selector_all(long, rows)) > 40
    page.emulate_media(media="print")
    assert set(page.eval_on_selector_all(long, rows)) == {12}
    assert "the web page of this report has all" in page.inner_text(f"{long} caption")


def test_links_out_of_the_page_open_beside_it(page):
    """Every source on the web leads there, and to nothing but the web."""
    links = "all => all.map(one => [one.protocol, one.target])"
    out = page.eval_on_selector_all("#sources a[href]:not([href^='#'])", links)
    assert len(out) > 200 and set(map(tuple, out)) <= {("https:", "_blank"), ("http:", "_blank")}
