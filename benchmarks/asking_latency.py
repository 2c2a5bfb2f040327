"""How long the panel of comparisons takes at 12 options and 17 measures: an answer on show, the next question."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Page, sync_playwright

import mcda

OPTIONS, MEASURES, HOLDERS, ANSWERS = 12, 17, 5, 8
REPLY = """(answer) => new Promise((done) => {
  const panel = document.querySelector('[data-mcda]').asking, start = performance.now();
  panel.reply(answer);
  panel.root.getBoundingClientRect();
  const shown = performance.now() - start;
  const look = () => panel.isBusy ? setTimeout(look, 1) : done([shown, performance.now() - start]);
  look();
})"""


def question() -> mcda.Problem:
    """Return a question of random values."""
    columns = [f"Measure {at}" for at in range(MEASURES)]
    values = np.random.default_rng(1).uniform(size=(OPTIONS, MEASURES))
    table = pd.DataFrame(values, [f"Option {at}" for at in range(OPTIONS)], columns)
    ways = dict.fromkeys(columns, "max")
    ends = dict.fromkeys(columns, (0.0, 1.0))
    return mcda.problem_from(table, directions=ways, anchors=ends, accept="all")


def waits_of(page: Page, holder: int) -> list[list[float]]:
    """Return the waits of one holder, whose answers are drawn by lot, in milliseconds."""
    rng = np.random.default_rng(holder)
    waits = []
    for _ in range(ANSWERS):
        if page.locator(".cards").is_visible():
            waits.append(page.evaluate(REPLY, str(rng.choice(["first", "second", "same"]))))
    return waits


def main() -> None:
    """Print the median, the 95th percentile and the largest wait of both."""
    waits = []
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        path = Path(place) / "asking.html"
        path.write_text(mcda.ask(question(), seed=1).page(), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for holder in range(HOLDERS):
            page = browser.new_page()
            page.goto(path.as_uri())
            waits += waits_of(page, holder)
            page.close()
        browser.close()
    print(f"{OPTIONS} options, {MEASURES} measures, {len(waits)} answers")
    for name, found in zip(
        ("answer shown", "next question"), zip(*waits, strict=True), strict=True
    ):
        late = sorted(found)[int(0.95 * len(found))]
        middle = statistics.median(found)
        print(
            f"{name:14s} median {middle:6.1f} ms   95 % {late:6.1f} ms   most {max(found):6.1f} ms"
        )


if __name__ == "__main__":
    main()
