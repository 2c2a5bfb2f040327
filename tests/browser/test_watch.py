"""The page of a watch in a real browser: the answer, a fault by its cell, and the answer again."""

import threading

import pytest

import mcda
from mcda.reporting.live.server import Server
from mcda.reporting.live.watch import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def question(tmp_path):
    return mcda.new_question(tmp_path / "q")


def test_what_is_saved_is_shown(browser, question):
    """Without a reload, without an error, and asking nobody but the watch."""
    watch = Watch(question, "topsis", None)
    with Server(watch) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        watch.start()
        page = browser.new_page()
        asked, complaints = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(server.address)
        page.wait_for_selector("#lines >> text=leads")
        path = question / "scores.csv"
        before = path.read_text(encoding="utf-8")
        line = before.splitlines()[1]
        path.write_text(before.replace(line, line.replace(line.split(",")[3], "a few", 1)), "utf-8")
        page.wait_for_selector("#faults td >> text=a few")
        assert page.is_visible("#state.alarm")
        path.write_text(before, encoding="utf-8")
        page.wait_for_selector("#state:not(.alarm)")
        assert page.is_hidden("#faults")
        assert all(address.startswith(server.address) for address in asked)
        assert [text for text in complaints if "favicon" not in text] == []
        page.close()
        watch.close()
        server.shutdown()
