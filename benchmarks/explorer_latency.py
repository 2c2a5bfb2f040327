"""How long the chart takes to answer a key: the explorer beside ipywidgets and matplotlib, in one JupyterLab.

Both show the same question of 12 options, 20 leaves under 5 heads, 500 draws, TOPSIS: scores, ranks, and how often each
option takes each rank. The time runs from the key to the first change of the chart in the page.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))
from test_lab import IDLE, RUN_ALL, Lab  # noqa: E402

KEYS, ROUNDS, PATIENCE = 40, 2, 120_000
QUESTION = """
import numpy as np, pandas as pd, mcda
M, HEADS, LEAVES, DRAWS = 12, 5, 4, 500
numbers = np.random.default_rng(1)
options = [f"O{i}" for i in range(M)]
heads = [mcda.Criterion(f"H{k}", label=f"Head {k}") for k in range(HEADS)]
scale = mcda.Scale((0.0, 100.0), (0.0, 1.0))
leaves = [mcda.Criterion(f"H{k}.{j}", f"H{k}", f"Leaf {k}.{j}", "points", "max", scale=scale)
          for k in range(HEADS) for j in range(LEAVES)]
best = numbers.uniform(5, 95, (M, len(leaves)))
spots = [(f"{leaf.key}/{option}", best[i, j]) for j, leaf in enumerate(leaves) for i, option in enumerate(options)]
cells = {key: mcda.Estimate(key, number - 5, number, number + 5, "points") for key, number in spots}
table = pd.DataFrame({"label": [f"Option {option}" for option in options]}, index=options)
local = pd.DataFrame({"local_weight": {leaf.key: 0.25 for leaf in leaves}})
problem = mcda.Problem("bench", mcda.Frame(title="Bench"), table, (*heads, *leaves), cells, tables={"criteria": local})

drawn = mcda.sample(problem, n=DRAWS, seed=1)
draws = drawn.values()
mcda.explore(problem, mcda.equal_weights(problem), drawn, method="topsis")
"""
PEER = """
import ipywidgets, matplotlib.pyplot as plt
from mcda.methods.ranks import competition_ranks
from mcda.methods.compromise.topsis import closeness
plt.ioff()
values = best / 100
sliders = [ipywidgets.IntSlider(20, 0, 100, description=head.label) for head in heads]
picture = ipywidgets.Image(format="png")
picture.add_class("peer")

def draw(change=None):
    import io
    shares = np.array([slider.value for slider in sliders], float)
    weights = np.repeat(shares / shares.sum() / LEAVES, LEAVES)
    scores = closeness(values, weights)
    taken = competition_ranks(closeness(draws, weights))
    order = np.argsort(-scores)
    figure, (bars, strips) = plt.subplots(1, 2, figsize=(9, 5), sharey=True)
    bars.barh(np.arange(M), scores[order])
    bars.set_yticks(np.arange(M), [options[i] for i in order])
    bars.invert_yaxis()
    left = np.zeros(M)
    for rank in range(1, M + 1):
        share = (taken == rank).mean(axis=0)[order]
        strips.barh(np.arange(M), share, left=left, color=plt.cm.Blues(1 - rank / (M + 1)))
        left = left + share
    held = io.BytesIO()
    figure.savefig(held, format="png")
    plt.close(figure)
    picture.value = held.getvalue()

for slider in sliders:
    slider.observe(draw, "value")
draw()
ipywidgets.HBox([ipywidgets.VBox(sliders), picture])
"""
WATCH = """(peer) => {
  const panel = document.querySelector('.mcda-panel')?.shadowRoot;
  const chart = peer ? document.querySelector('.peer') : panel.querySelector('.ranking');
  window.waits = [];
  let pressed = 0;
  document.addEventListener('keydown', () => { pressed = performance.now(); }, true);
  new MutationObserver(() => {
    if (pressed) window.waits.push(performance.now() - pressed);
    pressed = 0;
  }).observe(chart, { attributes: true, subtree: true, childList: true, characterData: true });
}"""


def main() -> None:
    """Print the median, the 95th percentile and the largest wait of both, and the ratio of the medians."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        (root / "work").mkdir()
        cells = [nbformat.v4.new_code_cell(QUESTION), nbformat.v4.new_code_cell(PEER)]
        about = {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        }
        nbformat.write(
            nbformat.v4.new_notebook(cells=cells, metadata=about), root / "work" / "bench.ipynb"
        )
        lab = Lab(root, root / "work")
        try:
            waits = measured(lab)
        finally:
            lab.process.terminate()
            lab.process.wait(20)
    print(f"From key to changed chart, {KEYS * ROUNDS} keys each: 12 options, 20 leaves, 500 draws")
    medians = []
    for name, found in waits.items():
        found = sorted(found)
        medians.append(statistics.median(found))
        late = found[int(0.95 * len(found))]
        print(
            f"{name:28s} median {medians[-1]:7.1f} ms   95 % {late:7.1f} ms   most {found[-1]:7.1f} ms"
        )
    print(f"ratio of the medians {medians[1] / medians[0]:.0f}")


def measured(lab: Lab) -> dict[str, list[float]]:
    """Press the same keys in both, by turns, and return the waits in milliseconds."""
    waits: dict[str, list[float]] = {"explorer": [], "ipywidgets and matplotlib": []}
    handles = [
        ".mcda-panel input[data-criterion='H1']",
        ".widget-hslider:nth-child(2) .noUi-handle",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1300, "height": 1900})
        page.goto(f"{lab.url}doc/tree/bench.ipynb?reset&token={lab.token}")
        page.wait_for_function(IDLE, timeout=PATIENCE)
        page.evaluate(RUN_ALL)
        for handle in handles:
            page.locator(handle).wait_for(timeout=PATIENCE)
        page.locator("img.peer").wait_for(timeout=PATIENCE)
        for _ in range(ROUNDS):
            for peer, (name, handle) in enumerate(zip(waits, handles, strict=True)):
                waits[name] += pressed(page, handle, bool(peer))
        browser.close()
    return waits


def pressed(page, handle: str, peer: bool) -> list[float]:
    """Press keys one at a time, each after the answer to the one before."""
    page.evaluate(WATCH, peer)
    page.locator(handle).focus()
    for number in range(KEYS):
        page.keyboard.press("ArrowRight" if number < KEYS // 2 else "ArrowLeft")
        page.wait_for_function(
            "(count) => window.waits.length >= count", arg=number + 1, timeout=PATIENCE
        )
        page.wait_for_timeout(30)
    return page.evaluate("window.waits.splice(0)")


if __name__ == "__main__":
    main()
