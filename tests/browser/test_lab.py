"""JupyterLab as `mcda lab` starts it: run all, move weights by key and by mouse, hear it in the kernel."""

import json
import os
import re
import secrets
import subprocess
import time
import urllib.request
from urllib.error import URLError

import numpy as np
import pytest

import mcda
from criteria import ukraine_force
from mcda.commands.serving.lab import command, environment
from mcda.methods.compromise.topsis import closeness
from mcda.reporting.notebooks import comparisons, workshop
from mcda.reporting.notebooks.notebook_folder import EXPLORER, copied
from mcda.reporting.panels.asking import _read

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 90
LOCAL = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|(data|blob|about):")
IDLE = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
RUN_ALL = """async () => {
  const app = window.jupyterapp;
  await app.restored;
  await app.shell.currentWidget.context.ready;
  await app.commands.execute('notebook:run-all-cells');
}"""
RUN_LAST = """async () => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = notebook.widgets.length - 1;
  await window.jupyterapp.commands.execute('notebook:run-cell');
}"""
LAST_COLUMN = """() => {
  const [output] = window.jupyterapp.shell.currentWidget.content.widgets.at(-1).model.outputs.toJSON();
  const page = new DOMParser().parseFromString(output?.data['text/html'] ?? '', 'text/html');
  return [...page.querySelectorAll('tbody tr')].map((row) => row.lastElementChild.textContent);
}"""
SHOWN = "[...document.querySelectorAll('.jp-OutputArea-output *')]"
NUMBERS = f"() => {SHOWN}.find((at) => at.explorer)?.explorer.numbers"
JUDGING = """() => {
  const panel = [...document.querySelectorAll('.jp-OutputArea-output *')].find((at) => at.judging)?.judging;
  return panel && { asked: panel.asked, judged: panel.judged, shares: panel.found.shares };
}"""
JUDGES = "07_judge_pairs.ipynb"
ASKS = "10_two_measures.ipynb"
ASKING = f"() => {SHOWN}.find((at) => at.asking && !at.asking.isBusy)?.asking.said"


class Lab:
    """A running JupyterLab: its address, its token, its log."""

    def __init__(self, root, folder):
        self.runtime, self.log, self.token = root / "run", root / "lab.log", secrets.token_hex(16)
        own = {
            "HOME": root,
            "JUPYTER_CONFIG_DIR": root / "config",
            "JUPYTER_DATA_DIR": root / "data",
            "JUPYTER_RUNTIME_DIR": self.runtime,
            "JUPYTERLAB_SETTINGS_DIR": root / "settings",
            "JUPYTERLAB_WORKSPACES_DIR": root / "workspaces",
            "IPYTHONDIR": root / "ipython",
            "JUPYTER_PREFER_ENV_PATH": "1",
        }
        extra = [
            "--ServerApp.port=0",
            f"--IdentityProvider.token={self.token}",
            "--LabApp.expose_app_in_browser=True",
        ]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command(folder, no_browser=True), *extra],
                env={**environment(), **{key: str(value) for key, value in own.items()}},
                stdout=log,
                stderr=log,
                cwd=folder,
            )
        self.url = self.wait()

    def wait(self):
        """Return the address once the server answers; fail with its log where it ends or takes too long."""
        for _ in range(20 * PATIENCE):
            assert self.process.poll() is None, self.log.read_text()
            for file in self.runtime.glob("jpserver-*.json"):
                try:
                    url = json.loads(file.read_text())["url"]
                    urllib.request.urlopen(f"{url}api/status?token={self.token}", timeout=2).read()  # noqa: S310
                    return url
                except (ValueError, URLError, TimeoutError):
                    continue
            time.sleep(0.05)
        pytest.fail(self.log.read_text())


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory):
    """JupyterLab on loopback, on copies of the notebooks, with folders of its own."""
    root = tmp_path_factory.mktemp("lab")
    before = dict(os.environ)
    os.environ["JUPYTER_DATA_DIR"] = str(root / "data")
    try:
        copied(root / "mine", {"holder": "Berlin"})
    finally:
        os.environ.clear()
        os.environ.update(before)
    made = Lab(root, root / "mine")
    yield made
    made.process.terminate()
    made.process.wait(20)


@pytest.fixture(scope="module")
def context(browser):
    """One reader's browser for all notebooks, which loads JupyterLab once; off loopback it reaches nobody."""
    nobody = {"server": "http://127.0.0.1:9", "bypass": "127.0.0.1,localhost"}
    made = browser.new_context(viewport={"width": 1280, "height": 1400}, proxy=nobody)
    yield made
    made.close()


@pytest.fixture
def opened(context, lab):
    """Open a notebook and run it; what it asks for off loopback is listed, and so are complaints."""
    page = context.new_page()
    page.outside, page.complaints = [], []

    def list_outside(request):
        if not LOCAL.match(request.url):
            page.outside.append(request.url)

    def list_complaint(message):
        if message.type == "error":
            page.complaints.append(message.text)

    page.on("request", list_outside)
    page.on("console", list_complaint)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))

    def shown(name):
        page.goto(f"{lab.url}doc/tree/{name}?reset&token={lab.token}")
        page.wait_for_function(IDLE, timeout=1000 * PATIENCE)
        page.locator("[data-mcda] .mcda-panel").wait_for(timeout=1000 * PATIENCE)
        page.evaluate(RUN_ALL)
        page.wait_for_function(
            "() => !document.querySelector('[data-mcda]')", timeout=1000 * PATIENCE
        )
        return page

    yield shown
    page.close()


def assert_quiet(page):
    """Nothing was asked off loopback, nothing complained, no cell failed."""
    assert page.outside == []
    assert page.complaints == []
    assert (
        page.locator(
            "[data-mime-type='application/vnd.jupyter.stderr'], [data-mime-type*='error']"
        ).count()
        == 0
    )


def test_a_reader_moves_a_weight_and_the_kernel_hears_it(opened):
    """The copy is live before anything ran; then ten keys and one click give Python's numbers; all on loopback."""
    page = opened(EXPLORER)
    slider = page.locator(".mcda-panel input[data-criterion='C1']")
    slider.wait_for(timeout=1000 * PATIENCE)
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    problem = ukraine_force.problem()
    berlin = ukraine_force.perspectives(problem)["Berlin"].values
    in_head = berlin.index.str.startswith("C1.")
    share = np.floor(100 * berlin[in_head].sum() + 1e-9) / 100 + 0.10
    weights = np.where(
        in_head,
        berlin * share / berlin[in_head].sum(),
        berlin * (1 - share) / berlin[~in_head].sum(),
    )
    numbers = page.evaluate(NUMBERS)
    assert np.abs(np.array(numbers["weights"]) - weights).max() < 1e-12
    assert (
        np.abs(np.array(numbers["scores"]) - closeness(problem.values.to_numpy(), weights)).max()
        < 1e-12
    )
    box = page.locator(".mcda-panel input[data-criterion='C4']").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2)
    shown = page.evaluate(NUMBERS)["weights"]
    assert heard(page, [f"{weight:.2f}" for weight in shown]), (
        "the kernel never showed what the sliders show"
    )
    assert_quiet(page)


def test_a_reader_judges_and_the_kernel_hears_it(opened):
    """An answer by keyboard and the next by mouse give the weights that Python finds; all on loopback."""
    page = opened(JUDGES)
    page.locator(".mcda-panel input[type=radio]").first.wait_for(timeout=1000 * PATIENCE)
    before = page.evaluate(JUDGING)
    page.get_by_role("radio", name="Both are worth the same").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Next question").click()
    page.get_by_role("radio", name="Both are worth the same").check(force=True)
    after = page.evaluate(JUDGING)
    new = [row for row in after["judged"] if row not in before["judged"]]
    heads = [
        criterion.key for criterion in ukraine_force.problem().criteria if not criterion.parent
    ]
    assert new[0][:2] == [heads[at] for at in before["asked"]]
    assert len(after["judged"]) == len(before["judged"]) + 2
    assert new[0][2] in {"3", "1/3"} and new[1][2] == "1"
    problem = ukraine_force.problem()
    judged = mcda.Judgements(
        heads, {(first, second): ratio for first, second, ratio in after["judged"]}
    )
    python = mcda.ahp(judged, "panel").values
    assert np.abs(np.array(after["shares"]) - python.to_numpy()).max() < 1e-12
    expected = workshop.weights(problem, python, "panel").data.iloc[:, -1].tolist()
    assert page.evaluate(LAST_COLUMN) != expected
    assert heard(page, expected), "the kernel never showed what was judged"
    assert_quiet(page)


def test_a_reader_compares_and_the_kernel_hears_it(opened):
    """Two answers by key make two statements, from which Python ranks; all on loopback."""
    page = opened(ASKS)
    page.locator(".mcda-panel .more").first.wait_for(timeout=1000 * PATIENCE)
    for number, key in enumerate("12"):
        page.locator(".mcda-panel .more").first.press(key)
        page.wait_for_function(f"() => ({ASKING})()?.length === {number + 1}")
    said = [_read(one, "my panel") for one in page.evaluate(ASKING)]
    problem = ukraine_force.problem()
    weights = mcda.weights_from_statements(problem, said)
    expected = comparisons.ranked(problem, weights, "additive").data.iloc[:, -1].tolist()
    assert heard(page, expected), "the kernel never showed what was answered"
    assert_quiet(page)


def heard(page, expected):
    """Whether the last cell, run again, shows this in the last column of the kernel's own table."""
    for _ in range(20):
        page.evaluate(RUN_LAST)
        page.wait_for_function(IDLE, timeout=1000 * PATIENCE)
        if page.evaluate(LAST_COLUMN) == expected:
            return True
        page.wait_for_timeout(150)
    return False
