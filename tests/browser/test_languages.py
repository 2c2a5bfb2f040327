"""Explorer, panels and page in other languages: no English left but names, their signs, nothing cut off."""

import csv
import re
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest

import mcda
from criteria import ukraine_force
from mcda.reporting.language.portfolios.packages import quantity_named
from mcda.sentences.catalogue import languages

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OTHERS = [name for name in languages() if name != "en"]
SIZES = {"wide": {"width": 1280, "height": 1000}, "narrow": {"width": 390, "height": 900}}
# what a method, a scale's author, a tag of HTML and a file are called in every language
NAMES = {"TOPSIS", "Saaty", "statements", "csv"}
COOLING = Path(__file__).parents[1] / "questions" / "cooling_centre"
ALIKE = {"Option", "Exponent"}  # German words that English has too
# every text that is seen or heard, but for the rows of a file that can be kept
TEXTS = """() => {
  const texts = [], attributes = ["aria-label", "title", "aria-valuetext"];
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
    else if (node.localName !== "textarea") {
      texts.push(...attributes.map((name) => node.getAttribute?.(name) ?? ""));
      if (node.type === "text") texts.push(node.value);
      node.childNodes.forEach(read);
    }
  };
  read(document.querySelector(".mcda-panel").shadowRoot);
  return texts.join("\\n");
}"""
# what a reader does, so that every sentence is on show once
MOVES = {
    "explorer": [
        "explorer.set(0, 0.6)",
        "explorer.setFloor('C1.3', 30)",
        "explorer.toggle('OPT10')",
        "explorer.choose('topsis', 2.5)",
        "explorer.set(1, 1)",
        "explorer.reshape(explorer.whole.structures[0].name)",
        "explorer.choose('additive')",
        "explorer.setFloor('C1.3', 100)",
        "navigator.clipboard.writeText = async () => {}",  # of the machine: it may take long, or refuse
        "explorer.copy()",
    ],
    "judging": [
        "judging.judge('3')",
        "judging.goOn()",
        "judging.judge('1/2')",
        "judging.ask([1, 2])",
        "judging.judge('1')",
        "judging.ask([0, 2])",
        "judging.judge('7')",
        "judging.ask([2, 3])",
        "judging.judge('2')",
        "judging.ask([3, 4])",
        "judging.judge('9')",
        "judging.judge(null)",
    ],
    "asking": [
        "asking.reply('first')",
        "asking.reply('same')",
        "asking.pass()",
        "asking.reply('second')",
        "asking.takeBack(asking.said[0])",
    ],
    "holding": ["holding.set('LVA', true)", "holding.set('GBR', false)", "holding.set('GBR')"],
}


@pytest.fixture(scope="module")
def problem():
    """The Ukraine question, whose labels are English names here, with other shapes."""
    return ukraine_force.problem()


@pytest.fixture(scope="module")
def found(problem):
    """Its packages."""
    return mcda.packages(problem)


@pytest.fixture(scope="module")
def path_of(problem, found, tmp_path_factory):
    """The page of a panel of a kind in a language: made once."""
    folder = tmp_path_factory.mktemp("panels")
    draws = mcda.sample(problem, 100, 1)
    makers = {
        "explorer": partial(mcda.explore, problem, ukraine_force.perspectives(problem), draws),
        "judging": partial(mcda.judge, problem, holder="Kyiv"),
        "asking": partial(mcda.ask, problem, seed=1, holder="Kyiv"),
        "holding": partial(mcda.hold, found),
    }

    @cache
    def made(kind, language):
        panel = makers[kind](folder=folder, language=language)
        path = folder / f"{kind}-{language}.html"
        path.write_text(panel.page(), encoding="utf-8")
        return path

    return made


@pytest.fixture
def opened(visit, path_of):
    """Open a panel of a kind in a language."""
    return lambda kind, language: visit(path_of(kind, language))


@pytest.fixture(scope="module")
def used(visit_for_all, path_of, rest):
    """A panel of a kind in a language after a reader's moves, and all that was seen or heard: moved once."""

    @cache
    def moved(kind, language):
        seen = visit_for_all(path_of(kind, language), viewport=SIZES["wide"])
        texts = [seen.page.evaluate(TEXTS)]
        for move in MOVES[kind]:
            seen.page.evaluate(
                f"() => {{ const {{ {kind} }} = document.querySelector('[data-mcda]'); {move}; }}"
            )
            rest(seen.page)
            texts.append(seen.page.evaluate(TEXTS))
        return seen, "\n".join(texts)

    return moved


def words_of(problem, found):
    """The words of the question: its labels, units, holders, shapes and their reasons."""
    texts = [*problem.labels, *ukraine_force.perspectives(problem), *found.parts["label"]]
    for one in problem.criteria:
        texts += [one.label, one.unit, *(one.scale.words if one.scale else ())]
    for one in problem.structures:
        texts.append(one.label)
    texts += [quantity_named(found, key) for key in found.aims]
    return set(re.findall(r"[^\W\d_]{3,}", " ".join(texts)))


@pytest.mark.parametrize("kind", MOVES)
@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left_but_names(used, problem, found, language, kind):
    """What English alone says stands in no text that is seen or heard, whatever a reader does."""
    seen, shown = used(kind, language)
    assert seen.complaints == []
    left = set(re.findall(r"(?<![\w’'])[A-Za-z]{3,}(?![\w’'])", shown))
    if language == "de":
        _, english = used(kind, "en")
        left &= set(re.findall(r"[A-Za-z]{3,}", english))
    own = words_of(problem, found) | NAMES
    assert left - own - ALIKE == set()
    assert "{" not in shown and "undefined" not in shown


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", MOVES)
@pytest.mark.parametrize("language", OTHERS)
def test_long_words_fit(used, rest, language, kind, size):
    """Nothing is wider than the window, and no text is cut off in its own box."""
    seen, _ = used(kind, language)
    page = seen.page
    page.set_viewport_size(SIZES[size])
    rest(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    cut = """() => [...document.querySelector(".mcda-panel").shadowRoot.querySelectorAll("*")]
      .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1
        && !one.matches(".unseen, .scroll, .short, input, select, textarea"))
      .map((one) => `${one.className}: ${one.textContent.slice(0, 60)}`)"""
    assert page.evaluate(cut) == []
    broken = """() => [...document.querySelector(".mcda-panel").shadowRoot.querySelectorAll(".step span")]
      .filter((one) => one.getClientRects().length > 1 || one.offsetHeight > 30)
      .map((one) => one.textContent)"""
    assert page.evaluate(broken) == []


def test_numbers_are_written_with_the_signs_of_the_language(opened):
    """A comma before decimals, German with a space before the sign of percent, Ukrainian without."""
    german = opened("explorer", "de").page.locator(".finding").inner_text()
    assert re.search(r"\d,\d\d", german) and re.search(r"\d\u00a0%", german)
    assert not re.search(r"\d\.\d|\d%", german)
    ukrainian = opened("explorer", "uk").page.locator(".finding").inner_text()
    assert re.search(r"\d,\d\d", ukrainian) and re.search(r"\d%", ukrainian)
    sets = opened("asking", "uk").page.locator(".finding").inner_text()
    assert "1\u00a0000" in sets or "2\u00a0000" in sets


def test_nouns_have_the_form_that_the_number_asks_for(opened):
    """One, few and many in Ukrainian."""
    page = opened("judging", "uk").page
    assert "4 порівняння" in page.locator(".finding").inner_text()
    page = opened("asking", "uk").page
    ends = page.evaluate(
        "[1, 2, 5, 21].map((n) => document.querySelector('[data-mcda]').asking.speech.counted(n, 'answer'))"
    )
    assert ends == ["1 відповідь", "2 відповіді", "5 відповідей", "21 відповідь"]


def test_a_panel_speaks_the_language_of_its_question(problem):
    """By default; the language asked for comes before it."""
    german = replace(problem, frame=replace(problem.frame, language="de"))
    holders = ukraine_force.perspectives(problem)
    assert '<html lang="de">' in mcda.explore(german, holders).page()
    assert '<html lang="uk">' in mcda.judge(german, language="uk").page()
    assert '<html lang="en">' in mcda.explore(problem, holders).page()


@pytest.fixture(scope="module", params=OTHERS)
def report(request, visit_for_all, tmp_path_factory):
    """The page of a question's report, opened, and its language."""
    to = tmp_path_factory.mktemp("report") / "report.html"
    problem = mcda.read_problem(COOLING)
    holders = mcda.read_perspectives(COOLING, problem)
    mcda.report(problem, holders, to=to, question=COOLING, language=request.param)
    return visit_for_all(to), request.param


def test_the_pages_explorer_speaks_its_language(report):
    """And its numbers are found in the page's own tables again, whose signs are the language's."""
    seen, language = report
    assert seen.complaints == []
    page = seen.page
    assert (
        page.evaluate("document.querySelector('[data-mcda]').explorer.speech.language") == language
    )
    assert page.get_attribute(".mcda-panel .explorer", "lang") == language
    assert page.get_attribute("#recomputed", "class") is None or not page.evaluate(
        "document.getElementById('recomputed').classList.contains('alarm')"
    )
    assert page.is_visible("#recomputed")


# what each button would save: a page may save ten files a second, and a file is saved where reports are tested
SAVED = """() => {
  const saved = [], link = HTMLAnchorElement.prototype, { click } = link, { createObjectURL } = URL;
  URL.createObjectURL = (blob) => { saved.push(blob.text()); return ""; };
  link.click = () => {};
  document.querySelectorAll("caption button").forEach((one) => one.click());
  Object.assign(link, { click });
  Object.assign(URL, { createObjectURL });
  return Promise.all(saved);
}"""


def test_a_table_taken_along_has_the_numbers_of_files(report):
    """A point before decimals and nothing between thousands, whatever the page writes."""
    seen, _ = report
    texts = seen.page.evaluate(SAVED)
    assert len(texts) == seen.page.locator("caption button").count()
    rows = []
    for text in texts:
        rows += csv.reader(text.splitlines())
    cells = [cell for row in rows for cell in row]
    assert any(re.fullmatch(r"\d+\.\d+", cell) for cell in cells)
    assert not [cell for cell in cells if re.fullmatch(r"[\d\u00a0 ]+,\d+", cell)]
