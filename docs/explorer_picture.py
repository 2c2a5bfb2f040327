"""Take the README's picture of the explorer: Paris's weights, then deterrence moved up, in a real browser."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

import mcda

TARGET = Path(__file__).parent / "pictures" / "explorer.png"
PRESSES, COLOURS = 25, 64


def main() -> None:
    """Write docs/pictures/explorer.png and print where it is."""
    problem, holders = mcda.open_question("ukraine_force")
    starting = {"Paris": holders["Paris"], **holders}
    explorer = mcda.explore(
        problem, starting, mcda.sample(problem, n=500, seed=2025), method="topsis"
    )
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        path = Path(place) / "explorer.html"
        path.write_text(explorer.page(), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1120, "height": 1000}, reduced_motion="reduce")
        page.goto(path.as_uri())
        page.locator("input[data-criterion='C1']").focus()
        for _ in range(PRESSES):
            page.keyboard.press("ArrowRight")
        page.get_by_text("In words").click()
        page.wait_for_timeout(700)
        taken = page.locator(".explorer").screenshot()
        browser.close()
    Image.open(BytesIO(taken)).convert("RGB").quantize(COLOURS).save(TARGET, optimize=True)
    print(TARGET)


if __name__ == "__main__":
    main()
