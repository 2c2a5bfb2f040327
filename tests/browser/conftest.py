"""A real browser without a network; where there is none, the tests say so."""

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "resultTypes": [
        "violations"
    ],  # of every other result one place: listing them all takes most of the time
}
LOOKS = {
    "wide-light": {"viewport": {"width": 1200, "height": 1000}, "color_scheme": "light"},
    "wide-dark": {"viewport": {"width": 1200, "height": 1000}, "color_scheme": "dark"},
    "narrow-light": {"viewport": {"width": 400, "height": 900}, "color_scheme": "light"},
    "narrow-dark": {"viewport": {"width": 400, "height": 900}, "color_scheme": "dark"},
}


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium of the machine, or of Playwright; its absence is a failure where one is required."""
    from playwright.sync_api import Error, sync_playwright

    found = next(filter(None, map(shutil.which, NAMES)), None)
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    with sync_playwright() as playwright:
        try:
            made = playwright.chromium.launch(executable_path=found, args=quiet)
        except Error as error:
            if os.environ.get("MCDA_REQUIRE_BROWSER") == "1":
                pytest.fail(f"no browser can be started: {error}")
            pytest.skip("no Chromium on this machine; MCDA_REQUIRE_BROWSER=1 makes this a failure")
        yield made
        made.close()


class Visit:
    """A page opened offline, with a clock that can be moved on: what it asked for, what it complained of."""

    def __init__(self, browser, path, **settings):
        self.context = browser.new_context(offline=True, **settings)
        self.page = self.context.new_page()
        self.page.clock.install()
        self.requests, self.complaints = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri())
        self.page.wait_for_load_state()


def opening(browser):
    """Open files until the tests that share this are over."""
    visits = []

    def opened(path, **settings):
        visits.append(Visit(browser, path, **settings))
        return visits[-1]

    yield opened
    for one in visits:
        one.context.close()


@pytest.fixture
def visit(browser):
    """Open a file offline, with settings such as a viewport."""
    yield from opening(browser)


@pytest.fixture(scope="module")
def visit_for_all(browser):
    """Open a file offline, for tests of a module that share it: each leaves it as it was found."""
    yield from opening(browser)


@pytest.fixture(params=LOOKS)
def look(request):
    """Settings of a page, wide and narrow, light and dark, into which axe can look."""
    return {**LOOKS[request.param], "bypass_csp": True}


# longer than any pause after which a panel speaks, keeps what was chosen, or takes a move for a new one
PAUSE = 1_100  # milliseconds of the page's own clock, which take no time here
ARRIVED = """() => {
  const roots = [document, ...[...document.querySelectorAll(".mcda-panel")].map((one) => one.shadowRoot)];
  roots.flatMap((root) => root.getAnimations()).forEach((one) => one.finish());
}"""


def let_rest(page):
    page.clock.run_for(PAUSE)
    page.evaluate(ARRIVED)


@pytest.fixture(scope="session")
def rest():
    """Let the reader of a page pause: what follows a pause has happened, what moves has arrived."""
    return let_rest


@pytest.fixture(scope="session")
def refuse_barriers():
    """Hold a page to WCAG 2.2 AA and good practice, and to its window: nothing is cut off sideways."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def refuse(page):
        let_rest(page)
        found = axe.run(page, options=AXE)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        return found

    return refuse
