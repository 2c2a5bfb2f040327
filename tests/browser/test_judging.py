"""The judgement panel as a person uses it: asked, answered, contradicted, by keyboard, seen and heard."""

import pytest

import mcda
from criteria import ukraine_force
from mcda.reporting.panels.judging import judge

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STATE = "document.querySelector('[data-mcda]').judging"


@pytest.fixture(scope="module")
def problem():
    """Five heads, ten pairs."""
    return ukraine_force.problem()


@pytest.fixture
def opened(visit, problem, tmp_path):
    """Open the panel's page, with judgements to start from and settings such as a viewport."""

    def shown(ratios=None, **settings):
        judgements = mcda.Judgements(["C1", "C2", "C3", "C4", "C5"], ratios or {})
        path = tmp_path / "judging.html"
        path.write_text(judge(problem, judgements, folder=tmp_path).page(), encoding="utf-8")
        return visit(path, **settings)

    return shown


def test_ten_questions_by_keyboard(opened):
    """Each is asked once, the most telling first; an arrow answers; the weights follow once all heads are connected."""
    seen = opened()
    page = seen.page
    asked = []
    for number in range(10):
        if number < 4:
            assert f"{4 - number} more judgement" in page.locator(".finding").inner_text()
        asked.append(tuple(page.evaluate(f"{STATE}.asked")))
        if number == 0:
            page.get_by_role("radio", name="Both are worth the same").focus()
        page.keyboard.press("ArrowLeft")
        assert "is worth 2 times as much as" in page.locator(".said").inner_text()
        if number < 9:
            page.get_by_role("button", name="Next question").click()
    assert len(set(asked)) == 10
    assert "10 of 10 pairs are judged." in page.locator(".controls .hint").first.inner_text()
    assert page.get_by_role("button", name="Next question").is_disabled()
    assert seen.complaints == []
    judged = page.evaluate(f"{STATE}.judged")
    python = mcda.ahp(
        mcda.Judgements(["C1", "C2", "C3", "C4", "C5"], {(a, b): r for a, b, r in judged}), "panel"
    )
    assert page.evaluate(f"{STATE}.found.shares") == pytest.approx(
        python.values.tolist(), abs=1e-12
    )
    assert (
        f"Consistency ratio {python.consistency.ratio:.3f}"
        in page.locator(".coherence").inner_text()
    )


def test_the_worst_contradiction_is_named_and_can_be_looked_at_again(opened):
    """In words, with what the others imply and the ratio then; nothing is changed unasked; taking it back frees it."""
    ratios = {
        ("C1", "C2"): 2,
        ("C2", "C3"): 2,
        ("C1", "C3"): "1/9",
        ("C3", "C4"): 1,
        ("C4", "C5"): 1,
        ("C3", "C5"): 1,
        ("C2", "C4"): 2,
        ("C1", "C4"): 4,
    }
    page = opened(ratios).page
    told = page.locator(".contradiction").inner_text()
    assert "Legal feasibility is worth 9 times as much as Force size and effect, extreme" in told
    assert "The others imply: Force size and effect is worth" in told
    assert "above 0.10" in page.locator(".coherence").inner_text()
    page.get_by_role("button", name="Look at it again").click()
    radio = page.get_by_role(
        "radio", name="Legal feasibility is worth 9 times as much as Force size and effect: extreme"
    )
    assert radio.is_checked()
    page.get_by_role("button", name="Take this judgement back").click()
    assert not radio.is_checked()
    assert "7 of 10 pairs are judged." in page.locator(".controls .hint").first.inner_text()
    assert "coherent, by convention" in page.locator(".coherence").inner_text()


def test_axe_finds_nothing(opened, look, refuse_barriers):
    """WCAG 2.2 AA and good practice, with everything on show; nothing is cut off sideways."""
    ratios = {
        ("C1", "C2"): 2,
        ("C2", "C3"): 2,
        ("C1", "C3"): "1/5",
        ("C3", "C4"): 1,
        ("C4", "C5"): 1,
    }
    page = opened(ratios, **look).page
    page.locator("summary").click()
    page.get_by_role("button", name="Look at it again").click()
    refuse_barriers(page)


def test_it_is_heard(opened, rest):
    """The judgement and what follows, in a polite live region after a pause."""
    page = opened().page
    page.get_by_role("radio", name="Both are worth the same").check(force=True)
    rest(page)
    live = page.locator("[aria-live=polite]").last.text_content()
    assert "Force size and effect and Cost are worth the same." in live
    assert "3 more judgements at least" in live
