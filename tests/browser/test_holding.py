"""The panel of packages as a person uses it: held by keyboard, by mouse, seen and heard."""

import pytest

import mcda
from criteria import ukraine_force

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STATE = "document.querySelector('[data-mcda]').holding"


@pytest.fixture(scope="module")
def found():
    """Nine packages of twenty parts."""
    return mcda.packages(ukraine_force.problem())


@pytest.fixture
def opened(visit, found, tmp_path):
    """Open the panel's page, with settings such as a viewport."""

    def shown(**settings):
        path = tmp_path / "holding.html"
        path.write_text(mcda.hold(found, folder=tmp_path).page(), encoding="utf-8")
        return visit(path, **settings)

    return shown


def test_parts_are_held_by_keyboard(opened, found):
    """An arrow holds a part in; what is left is what Python finds; nothing held leads back."""
    seen = opened()
    page = seen.page
    part = page.get_by_role("radiogroup", name="Latvia")
    part.get_by_role("radio", name="Latvia: either").focus()
    page.keyboard.press("ArrowLeft")
    left = [name for name in found.table.index if "LVA" in found.of(name)]
    assert page.evaluate(f"{STATE}.left.map((one) => one.name)") == left
    assert page.locator(".finding").inner_text().startswith(f"{len(left)} of 9 packages are left")
    assert f"{left[0]} is made of" in page.locator(".said").inner_text()
    assert "in all left" in part.inner_text()
    page.get_by_role("radio", name="United Kingdom: out").check(force=True)
    assert "hold fewer parts" in page.locator(".finding").inner_text()
    page.get_by_role("button", name="Hold nothing").click()
    assert page.evaluate(f"{STATE}.left.length") == 9
    assert seen.complaints == []


def test_another_package_is_chosen(opened, found):
    """From the list; its parts are told."""
    page = opened().page
    page.get_by_role("combobox").select_option("P9")
    names = found.parts["label"]
    told = page.locator(".said").inner_text()
    assert all(names[key] in told for key in found.of("P9"))
    assert page.evaluate(f"{STATE}.chosen.package") == "P9"


def test_axe_finds_nothing(opened, look, refuse_barriers):
    """WCAG 2.2 AA and good practice; nothing is cut off sideways."""
    page = opened(**look).page
    page.get_by_role("radio", name="Latvia: in").check(force=True)
    refuse_barriers(page)


def test_it_is_heard(opened, rest):
    """What is left and of what the chosen package is made, after a pause."""
    page = opened().page
    page.get_by_role("radio", name="Latvia: in").check(force=True)
    rest(page)
    live = page.locator("[aria-live=polite]").last.text_content()
    assert "1 of 9 packages are left" in live and "is made of" in live
