"""Weights and judgements written into a question's folder are read back as they were, or nothing changes."""

import shutil

import pandas as pd
import pytest

import mcda
from mcda.files.question.record_weights import record_judgements, record_weights


@pytest.fixture
def folder(cooling, tmp_path):
    """A copy of the invented question."""
    return shutil.copytree(cooling, tmp_path / "question")


@pytest.fixture
def problem(folder):
    """The question in the copy."""
    return mcda.read_problem(folder)


def files(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def uneven(problem):
    return mcda.Weights(
        pd.Series({leaf.key: at + 1.0 for at, leaf in enumerate(problem.leaves)}), "anybody"
    )


def test_weights_come_back_and_come_back_again(folder, problem):
    """Written a second time they replace the first; the file holds each holder once."""
    weights = uneven(problem)
    for _ in range(2):
        assert record_weights(folder, problem, weights, "Panel").name == "perspectives.csv"
        again = mcda.read_perspectives(folder, problem)["Panel"]
        assert again.values.tolist() == pytest.approx(weights.values.tolist(), abs=1e-10)
    assert (folder / "perspectives.csv").read_text().count("Panel,Panel,") == len(
        [one for one in problem.criteria if not one.parent]
    )


def test_in_a_question_without_weights_the_files_are_made(folder, problem):
    """A first holder."""
    for path in [folder / "perspectives.csv", *folder.glob("judgements/*")]:
        path.unlink()
    record_weights(folder, problem, uneven(problem), "First")
    assert list(mcda.read_perspectives(folder, problem)) == ["First"]


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 81, "\x1b[31m"])
def test_a_name_that_could_break_a_table_is_refused(folder, problem, name):
    """And nothing is written."""
    before = files(folder)
    with pytest.raises(
        mcda.InputError, match="name of the holder: expected 1 to 80 printable characters"
    ):
        record_weights(folder, problem, uneven(problem), name)
    assert files(folder) == before


def test_a_name_that_a_spreadsheet_would_run_is_kept_as_text(folder, problem):
    """Guarded in the file, itself again when read."""
    record_weights(folder, problem, uneven(problem), "=cmd()")
    assert ",'=cmd()," in (folder / "perspectives.csv").read_text()
    assert "=cmd()" in mcda.read_perspectives(folder, problem)


def test_names_that_only_differ_in_signs_get_ids_of_their_own(folder, problem):
    """An id becomes a file name: letters, digits, hyphens."""
    for name in ("a/../b", "a b", "a-b"):
        record_weights(folder, problem, uneven(problem), name)
    rows = pd.read_csv(folder / "perspectives.csv")
    assert set(rows.loc[rows["holder"].isin(["a/../b", "a b", "a-b"]), "holder_id"]) == {
        "a-b",
        "a-b-2",
        "a-b-3",
    }


def test_a_folder_that_cannot_be_read_back_is_left_as_it_was(folder, problem):
    """A fault elsewhere in the folder stops the writing, and what was there before is there again."""
    (folder / "judgements" / "nobody.csv").write_text("first,second,ratio\n", encoding="utf-8")
    before = files(folder)
    with pytest.raises(mcda.InputError, match=r"judgements/nobody\.csv"):
        record_weights(folder, problem, uneven(problem), "Panel")
    assert files(folder) == before


def test_judgements_come_back(folder, problem):
    """As the pairwise weights of their holder."""
    tops = [one.key for one in problem.criteria if not one.parent]
    pairs = {
        (a, b): "1/3" if (at + to) % 2 else "2"
        for at, a in enumerate(tops)
        for to, b in enumerate(tops)
        if at < to
    }
    record_weights(folder, problem, uneven(problem), "Panel")
    path = record_judgements(folder, problem, mcda.Judgements(tops, pairs), "Panel")
    assert path == folder / "judgements" / "Panel.csv"
    read = mcda.read_perspectives(folder, problem)["Panel"].pairwise
    expected = mcda.over_leaves(
        problem,
        mcda.ahp(mcda.Judgements(tops, pairs), "Panel"),
        {
            **problem.local_weights,
            **pd.read_csv(folder / "local_weights.csv").set_index("criterion")["weight"].to_dict(),
        },
    )
    assert read.values.tolist() == pytest.approx(expected.values.tolist(), abs=1e-10)


def test_a_holder_without_weights_gets_those_that_the_judgements_imply(folder, problem):
    """They need no other statement."""
    tops = [one.key for one in problem.criteria if not one.parent]
    judged = mcda.Judgements(tops, {(tops[0], other): "3" for other in tops[1:]})
    record_judgements(folder, problem, judged, "Newcomer")
    read = mcda.read_perspectives(folder, problem)["Newcomer"]
    assert read.values.tolist() == pytest.approx(read.pairwise.values.tolist(), abs=1e-8)


def test_judgements_that_fall_into_parts_are_refused(make_problem, folder, problem):
    """And nothing is written."""
    before = files(folder)
    tops = [one.key for one in problem.criteria if not one.parent]
    with pytest.raises(mcda.InputError, match="comparisons that connect all items"):
        record_judgements(folder, problem, mcda.Judgements(tops, {}), "Ghost")
    assert files(folder) == before
