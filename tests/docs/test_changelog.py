"""Changes wait as files of their own, in one form, and are joined without a line lost."""

import re
from pathlib import Path

import changelog
import pytest

HEAD = "# Changelog\n\nAbout.\n\n## 0.2.0 (unreleased)\n\n"
OLDER = "\n\n## 0.1.0\n\n### Reports\n\n- Old.\n"


@pytest.mark.parametrize("path", changelog.fragments(), ids=lambda path: path.stem)
def test_every_waiting_change_has_the_form(path):
    """A heading and entries, each of which says whether numbers change; lines are short."""
    _, entries = changelog.read(path)
    for entry in re.split(r"\n(?=- )", entries):
        assert re.search(r"[Nn]umber|same to the bit", entry), entry
    assert max(map(len, entries.splitlines())) <= 120


def test_entries_come_to_the_end_of_their_heading():
    """In the newest part alone, whether the heading is last, first or new."""
    body = "### Reports\n\n- One\n  goes on.\n\n### Speed\n\n- Two."
    more = [("Reports", "- Three."), ("Speed", "- Four.\n- Five."), ("Files", "- Six.")]
    told = changelog.joined(HEAD + body + OLDER, more)
    assert told == (
        f"{HEAD}### Reports\n\n- One\n  goes on.\n- Three.\n\n### Speed\n\n- Two.\n- Four.\n- Five."
        f"\n\n### Files\n\n- Six.{OLDER}"
    )


def test_todays_changelog_takes_a_change_and_loses_nothing():
    """Every line stays, in its order."""
    today = changelog.CHANGELOG.read_text(encoding="utf-8")
    heading = re.findall(r"^### (.+)$", today, re.M)[0]
    lines = changelog.joined(today, [(heading, "- An entry."), ("New", "- Another.")]).splitlines()
    added = ["- An entry.", "### New", "- Another."]
    assert [line for line in lines if line and line not in added] == [
        line for line in today.splitlines() if line
    ]
    assert lines.index("- An entry.") > lines.index(f"### {heading}")


def test_another_form_is_refused(tmp_path):
    """With the form that is expected."""
    path = tmp_path / "loose.md"
    path.write_text("Something changed.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"loose.md: expected '### HEADING'"):
        changelog.read(path)


def test_the_command_moves_what_waits(tmp_path, monkeypatch, capsys):
    """The files are gone afterwards, but the page about the folder."""
    monkeypatch.setattr(changelog, "CHANGELOG", tmp_path / "CHANGELOG.md")
    place = tmp_path / "changes"
    place.mkdir()
    (tmp_path / "CHANGELOG.md").write_text(f"{HEAD}### Reports\n\n- One.\n", encoding="utf-8")
    (place / "README.md").write_text("About.\n", encoding="utf-8")
    (place / "new.md").write_text("### Reports\n\n- Two.\n", encoding="utf-8")
    waiting = changelog.fragments(place)
    monkeypatch.setattr(changelog, "fragments", lambda: waiting)
    changelog.main()
    assert Path(tmp_path / "CHANGELOG.md").read_text(encoding="utf-8").endswith("- One.\n- Two.\n")
    assert [path.name for path in place.iterdir()] == ["README.md"]
    assert capsys.readouterr().out == "new.md\n"
