"""The watch: the page follows the files, tells their faults by cell, and serves nobody else."""

import http.client
import json
import re
import threading
import time
from contextlib import contextmanager

import pytest

import mcda
from mcda.cli import main
from mcda.reporting.live.fresh_answer import fresh_answer, stamp_of
from mcda.reporting.live.server import Server
from mcda.reporting.live.watch import Watch
from mcda.reporting.live.whole_report import WholeReport
from mcda.sentences.catalogue import catalogue

SOON = 20  # seconds within which a busy machine shows what a quiet one shows at once


@contextmanager
def served(question, report=None):
    """A server of a question, and its watch at work."""
    watch = Watch(question, "topsis", report)
    with Server(watch) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        watch.start()
        try:
            yield server
        finally:
            watch.close()
            server.shutdown()
            thread.join()


def asked(server, path, host=None):
    """What the server sends for a path: status, headers, content."""
    connection = http.client.HTTPConnection(*server.server_address)
    connection.request("GET", path, headers={"Host": host or server.host})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, dict(answer.headers), content


def state(server):
    return json.loads(asked(server, f"/{server.token}/state")[2])


def waited(server, holds):
    """The first state for which something holds."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        now = state(server)
        if holds(now):
            return now
        time.sleep(0.05)
    raise AssertionError(f"after {SOON} s: {now}")


@pytest.fixture
def question(tmp_path):
    return mcda.new_question(tmp_path / "q")


def spoil(question, old, new):
    path = question / "scores.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_answer_follows_what_is_saved(question):
    """A better number changes who leads; a fault is told with its place; mended, the answer is back."""
    with served(question) as server:
        first = waited(server, lambda now: now["version"] == 1)
        assert "leads" in first["lines"] and first["faults"] == []
        before = (question / "scores.csv").read_text(encoding="utf-8")
        line = before.splitlines()[1]
        spoil(question, line, line.replace(line.split(",")[3], "about a quarter", 1))
        second = waited(server, lambda now: now["faults"])
        assert second["alarm"] and "stand in the files: 1." in second["sentence"]
        assert second["faults"][0][0].startswith("scores.csv row 2")
        assert "'about a quarter'" in second["faults"][0][2] and second["lines"] == ""
        (question / "scores.csv").write_text(before, encoding="utf-8")
        third = waited(server, lambda now: not now["faults"])
        assert third["lines"] == first["lines"] and third["version"] == 3


def test_nothing_else_is_served(question):
    """Not without the token, not under another host, no other file, no other way of asking."""
    with served(question) as server:
        assert asked(server, f"/{server.token}/")[0] == 200
        for path in ("/", "/state", f"/{server.token}/scores.csv", f"/{server.token}/../q", "/x/"):
            assert asked(server, path)[0] == 404, path
        assert asked(server, f"/{server.token}/", host="evil.example")[0] == 403
        assert asked(server, f"/{server.token}/report")[0] == 404
        connection = http.client.HTTPConnection(*server.server_address)
        connection.request("POST", f"/{server.token}/state", headers={"Host": server.host})
        assert connection.getresponse().status == 501
        assert server.server_address[0] == "127.0.0.1"
        _, headers, shell = asked(server, f"/{server.token}/")
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert f'nonce="{server.nonce}"'.encode() in shell


def test_names_reach_the_page_as_text(question):
    """Markup in a title stays text of the state; the page sets it as text alone."""
    path = question / "question.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index("title = ")
    title = 'title = "<script>alert(1)</script>"'
    path.write_text(text[:start] + title + text[text.index("\n", start) :], encoding="utf-8")
    with served(question) as server:
        now = waited(server, lambda now: now["version"] == 1)
        assert now["title"] == "<script>alert(1)</script>"
        assert b"innerHTML" not in server.shell()


def test_a_folder_that_goes_away_is_told(question):
    """A file that cannot be read is a fault like any other."""
    gone = question.with_name("gone")
    question.rename(gone)
    found = fresh_answer(question, "topsis")
    assert len(found.faults) == 1 and str(question.name) in found.faults[0].where
    assert stamp_of(question) == ()


def test_a_question_of_nobody_says_so(question):
    """Without weights there is no ranking to tell."""
    for name in ("perspectives.csv", "local_weights.csv"):
        (question / name).unlink(missing_ok=True)
    for path in (question / "judgements").glob("*.csv"):
        path.unlink()
    assert fresh_answer(question, "topsis").lines.startswith("Nobody has stated weights")


def test_the_whole_report_is_shown_when_it_is_done(question):
    """Computed by a process beside it; a failure of it is told in its own last line."""
    report = WholeReport(question, ["--draws", "0"])
    with served(question, report) as server:
        done = waited_long(server, lambda now: now["report"] == 1)
        assert not done["alarm"] and done["sentence"].endswith("stands below.")
        status, _, page = asked(server, f"/{server.token}/report?1")
        assert status == 200 and page.startswith(b"<!DOCTYPE html>")
        names = re.findall(r'<a href="([^"#]+)" download>', page.decode("utf-8"))
        assert "results.xlsx" in names and "tables/ranking.csv" in names
        for name in names:
            status, _, content = asked(server, f"/{server.token}/{name}")
            assert status == 200 and content, name
        for path in (f"/x/{names[0]}", f"/{server.token}/tables/../report.html", "/results.xlsx"):
            assert asked(server, path)[0] == 404, path
    refused = WholeReport(question, ["--draws", "-1"])
    refused.start(1)
    refused._process.wait()
    assert not refused.look() and "draws" in refused.complaint
    refused.close()


def waited_long(server, holds):
    """The same for what takes a while."""
    for _ in range(9):
        try:
            return waited(server, holds)
        except AssertionError:
            continue
    return waited(server, holds)


def test_a_watch_shows_a_shape(question):
    """The answer is that of the structure; a name that isn't there any more is told as a fault."""
    rows = "structure,label,change,criterion,rationale\nshort,Without one,leave out,cost,Try\n"
    (question / "structures.csv").write_text(rows, encoding="utf-8")
    stated = fresh_answer(question, "topsis")
    shaped = fresh_answer(question, "topsis", structure="Short")
    assert "[structure: Without one]" in shaped.title
    assert shaped.title != stated.title and not shaped.faults and shaped.lines
    (fault,) = fresh_answer(question, "topsis", structure="shirt").faults
    assert "'shirt'" in fault.found or "shirt" in fault.where


def test_the_command_refuses_a_shape_that_is_none(question, capsys):
    """As other commands do: wrong usage, before anything is served."""
    with pytest.raises(SystemExit) as ended:
        main(["watch", str(question), "--structure", "nothing", "--no-browser"])
    assert ended.value.code == 2 and "nothing" in capsys.readouterr().err


def test_the_page_speaks_the_language_of_the_question(question):
    """Also when the files name another while it is open; one that was asked for stays."""
    path = question / "question.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'language = "de"\n{text}', encoding="utf-8")
    with served(question) as server:
        now = waited(server, lambda now: now["version"] == 1)
        german = catalogue("de")
        assert now["sentence"] == german["watch"]["fresh"]
        page = asked(server, f"/{server.token}/")[2].decode("utf-8")
        assert '<html lang="de">' in page and german["watch"]["below"] in page
        path.write_text(f'language = "uk"\n{text}', encoding="utf-8")
        fresh = catalogue("uk")["watch"]["fresh"]
        waited(server, lambda now: now["sentence"] == fresh)
    watch = Watch(question, "topsis", None, asked="de")
    assert watch.record()["sentence"] == german["watch"]["waiting"]
