"""Logs that several write at once, that were cut off, or that belong to nobody here."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

import mcda
from mcda.cli import main
from mcda.files.question.logs import START, append, log_folder, read_logs

WRITE = (
    "import sys; from mcda.files.question.logs import append\n"
    "for i in range(5):\n"
    "    append(sys.argv[1], 'data', '2026-01-02', subject='a', text=f'{sys.argv[2]}.{i}', who='c')"
)


def entries(question):
    return read_logs(question)["data"].entries


def test_twelve_that_write_at_once_leave_one_whole_chain(tmp_path):
    """Every entry of each is there, and the next can be added."""
    command = [sys.executable, "-c", WRITE, str(tmp_path)]
    started = [subprocess.Popen([*command, str(turn)]) for turn in range(12)]
    assert [one.wait() for one in started] == [0] * 12
    log = read_logs(tmp_path)["data"]
    assert (len(log.entries), log.broken_at) == (60, 0)
    assert len({entry["text"] for entry in log.entries}) == 60
    append(tmp_path, "data", "2026-01-03", subject="a", text="more", who="c")
    assert len(entries(tmp_path)) == 61


@pytest.mark.parametrize("cut", [1, 2, 20, 200])
def test_a_torn_last_line_is_set_aside_when_asked(tmp_path, capsys, cut):
    """It is told with the way out, kept, and the log goes on from the last whole entry."""
    mcda.new_question(tmp_path / "q")
    question = tmp_path / "q"
    for number in range(2):
        append(question, "data", "2026-01-02", subject="a", text=f"entry {number}", who="c")
    path = log_folder(question) / "data.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    words = ["log", str(question), "data", "--subject", "a", "--text", "b", "--who", "c"]
    assert main(words) == 1
    assert "--repair" in capsys.readouterr().err
    assert main(["log", str(question), "data"]) == 1
    assert "--repair" in capsys.readouterr().out
    assert main([*words, "--repair"]) == 0
    assert "data.torn-1.txt" in capsys.readouterr().err
    assert len(entries(question)) == 2 and read_logs(question)["data"].broken_at == 0
    (kept,) = log_folder(question).glob("*.torn-*.txt")
    assert whole[:-cut].endswith(kept.read_bytes())


def test_repair_mends_no_entry_that_was_altered(tmp_path):
    """An entry in the middle, or a whole one at the end, was changed by somebody: that stays to be seen."""
    from mcda.files.question.logs import repair

    for number in range(3):
        append(tmp_path, "data", "2026-01-02", subject="a", text=f"entry {number}", who="c")
    path = log_folder(tmp_path) / "data.jsonl"
    whole = path.read_bytes()
    assert repair(tmp_path, "data") is None
    for altered in (whole.replace(b"entry 1", b"entry 9"), whole.replace(b"entry 2", b"entry 9")):
        path.write_bytes(altered)
        with pytest.raises(mcda.InputError, match="put a whole copy of the file in its pl"):
            repair(tmp_path, "data")
        assert path.read_bytes() == altered


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\n", b"[" * 100_000 + b"\n", b'{"a": ' + b"9" * 5000]
)
def test_a_log_that_is_none_is_told(tmp_path, content):
    """Bytes that are no text, brackets without end, numbers without end."""
    log_folder(tmp_path).mkdir()
    (log_folder(tmp_path) / "data.jsonl").write_bytes(content)
    assert read_logs(tmp_path)["data"].broken_at == 1


def test_nothing_is_written_into_what_was_installed(tmp_path):
    """A question of the installed toolkit is read alone; its folder is copied to log there."""
    installed = mcda.new_question(tmp_path / "site-packages" / "q")
    with pytest.raises(mcda.InputError, match="copy its folder, and log there"):
        append(installed, "data", "2026-01-02", subject="a", text="b", who="c")
    assert not log_folder(installed).exists()


def test_what_enters_a_log_can_be_printed(tmp_path):
    """A sign of the private area is written out."""
    append(tmp_path, "data", "2026-01-02", subject="a\ue000", text="b\x1b[2J", who="c")
    (entry,) = entries(tmp_path)
    assert (entry["subject"], entry["text"]) == ("a\\ue000", "b\\x1b[2J")


@pytest.mark.skipif(os.name != "posix", reason="links are another's right there")
def test_a_link_or_a_file_in_the_place_of_the_logs_is_told(tmp_path, capsys):
    """It isn't an empty log."""
    question = mcda.new_question(tmp_path / "q")
    (tmp_path / "theirs").mkdir()
    logs = question / "logs"
    logs.symlink_to(tmp_path / "theirs")
    assert main(["log", str(question), "data"]) == 1
    assert "logs: expected a file of the folder itself, found a link" in capsys.readouterr().err
    logs.unlink()
    logs.write_text("", encoding="utf-8")
    assert main(["log", str(question), "data"]) == 1
    assert "logs: expected a folder of logs, found a file" in capsys.readouterr().err


def entry_of(**fields):
    """A line of a log that a stranger made, its chain whole."""
    entry = {"before": START, **fields}
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    return json.dumps({**entry, "hash": digest}) + "\n"


def of_a_stranger(question, **fields):
    """Put an entry of a stranger into the log of decisions."""
    logs = log_folder(question)
    logs.mkdir()
    (logs / "decisions.jsonl").write_text(entry_of(**fields), encoding="utf-8")


WHOLE = {"date": "2026-01-01", "subject": "s", "text": "t", "who": "w"}


@pytest.mark.parametrize("sign", ["\uf8ff", "\udc80", "\x01", "\u202e", "\ufffe"])
def test_a_sign_in_the_log_of_a_stranger_stops_no_format(tmp_path, capsys, sign):
    """It is told with its entry and its code; the chain is over what stands in the file."""
    question = mcda.new_question(tmp_path / "q")
    of_a_stranger(question, **{**WHOLE, "text": f"moved {sign} on"})
    assert main(["log", str(question), "decisions"]) == 0
    told = capsys.readouterr()
    assert "decisions.jsonl entry 1, text: U+" in told.err and sign not in told.out
    log = ["log", str(question), "decisions", "--subject", "a", "--text", "b", "--who", "c"]
    assert main(log) == 0
    assert len(read_logs(question)["decisions"].entries) == 2


def test_a_report_with_the_log_of_a_stranger_has_every_format(tmp_path, capsys):
    """A sign of the private area in it stopped the PDF."""
    question = mcda.new_question(tmp_path / "q")
    of_a_stranger(question, **{**WHOLE, "text": "moved \uf8ff on"})
    out = tmp_path / "out"
    words = ["report", str(question), "--draws", "0", "--to", "pdf,docx", "--out", str(out)]
    assert main(words) == 0
    assert "decisions.jsonl entry 1, text: U+F8FF" in capsys.readouterr().err


@pytest.mark.parametrize(
    "fields",
    [{}, {**WHOLE, "text": 5}, {**WHOLE, "subject": None}, {**WHOLE, "more": {"a": [1]}}],
)
def test_an_entry_of_another_form_is_told_by_its_number(tmp_path, capsys, fields):
    """Though its chain is whole: nothing of it is used."""
    question = mcda.new_question(tmp_path / "q")
    of_a_stranger(question, **fields)
    assert main(["log", str(question), "decisions"]) == 1
    assert "broken at entry 1: it is no entry of this log" in capsys.readouterr().out
    words = ["report", str(question), "--draws", "0", "--to", "html", "--out", str(tmp_path / "o")]
    assert main(words) == 0
