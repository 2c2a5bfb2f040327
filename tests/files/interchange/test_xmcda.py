"""XMCDA: what is marked in any listing stays out, ids stand once, and only weights are weights."""

from itertools import permutations

import pytest

import mcda

TAG = 'xmlns:x="http://www.decision-deck.org/2012/XMCDA-2.2.1"'
CRITERIA = '<criteria><criterion id="cost" name="Cost of work"/><criterion id="time"/></criteria>'


def table(*names):
    cells = "".join(
        f"<performance><criterionID>{key}</criterionID><value><real>{at}</real></value></performance>"
        for at, key in enumerate(("cost", "time"), start=1)
    )
    rows = "".join(
        f"<alternativePerformances><alternativeID>{name}</alternativeID>{cells}"
        "</alternativePerformances>"
        for name in names
    )
    return f"<performanceTable>{rows}</performanceTable>"


def listing(*names, about="", inside="", tag="alternative"):
    entries = "".join(f'<{tag} id="{name}">{inside}</{tag}>' for name in names)
    return f"<{tag}s {about}>{entries}</{tag}s>"


def values(about="", **numbers):
    entries = "".join(
        f"<criterionValue><criterionID>{key}</criterionID><value><real>{number}</real></value>"
        "</criterionValue>"
        for key, number in numbers.items()
    )
    return f"<criteriaValues {about}>{entries}</criteriaValues>"


@pytest.fixture
def written(tmp_path):
    def write(*bodies):
        paths = [tmp_path / f"{name}.xml" for name, _ in zip("abc", bodies, strict=False)]
        for path, body in zip(paths, bodies, strict=True):
            path.write_text(f"<x:XMCDA {TAG}>{body}</x:XMCDA>", encoding="utf-8")
        return paths

    return write


MARKS = {
    "inactive": listing("limit", inside="<active>false</active>"),
    "inactive, in capitals": listing("limit", inside="<active>FALSE</active>"),
    "a fictive listing": listing("limit", about='mcdaConcept="Fictive"'),
    "a fictive type": listing("limit", inside="<type>FICTIVE</type>"),
    "a fictive one": '<alternatives><alternative id="limit" mcdaConcept="fictive"/></alternatives>',
}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_mark_holds_in_any_order_of_files(written, mark, order):
    """Who is ranked doesn't hang on which file comes first; who isn't is named."""
    listed = listing("ferry", "bridge", "limit")
    paths = written(MARKS[mark], listed + table("ferry", "bridge", "limit"), CRITERIA)
    found = mcda.read_matrix(*(paths[at] for at in order))
    assert sorted(found.performances.index) == ["bridge", "ferry"] and found.fictive == ()
    left_out = [str(note) for note in found.notes if "'limit'" in str(note)]
    assert len(left_out) == 1 and left_out[0].endswith(
        f"{'inactive' if 'inactive' in mark else 'fictive'}: left out"
    )


def test_a_profile_without_performances_is_left_out(written):
    """What stands for no alternative need not perform."""
    body = listing("ferry", "bridge") + listing("limit", about='mcdaConcept="Fictive"')
    found = mcda.read_matrix(*written(body + CRITERIA + table("ferry", "bridge")))
    assert list(found.performances.index) == ["ferry", "bridge"]


def test_all_inactive_is_said_so(written):
    """The marks are the reason, so the error speaks of them."""
    body = listing("ferry", "bridge", inside="<active>false</active>")
    with pytest.raises(
        mcda.InputError, match="only inactive or fictive ones: 'ferry', 'bridge'; mark those"
    ):
        mcda.read_matrix(*written(body + CRITERIA + table("ferry", "bridge")))


WAY = "<scale><quantitative><preferenceDirection>{}</preferenceDirection></quantitative></scale>"
TWICE = {
    "in one listing": (
        '<criteria><criterion id="cost"/><criterion id="cost"/></criteria>',
        "criterion 'cost': expected every id once, found it 2 times",
    ),
    "with two directions": (
        listing("cost", inside=WAY.format("min"), tag="criterion").replace("criterions", "criteria")
        + listing("cost", inside=WAY.format("max"), tag="criterion").replace(
            "criterions", "criteria"
        ),
        "criterion 'cost': expected one direction, found 'min', 'max'",
    ),
    "with two names": (
        '<criteria><criterion id="cost" name="Cost"/></criteria>'
        '<criteria><criterion id="cost" name="Price"/></criteria>',
        "criterion 'cost': expected one name, found 'Cost', 'Price'",
    ),
    "active and inactive": (
        listing("ferry", inside="<active>true</active>")
        + listing("ferry", inside="<active>false</active>"),
        "alternative 'ferry': expected one mark, found 'true', 'false'",
    ),
    "without an id": (
        "<criteria><criterion/></criteria>",
        "criterion '': expected an id, found none",
    ),
}


@pytest.mark.parametrize("case", TWICE)
def test_an_id_of_two_minds_is_refused(written, case):
    """Which of two contradictory entries counts would hang on their order."""
    body, words = TWICE[case]
    with pytest.raises(mcda.InputError, match=words):
        mcda.read_matrix(*written(body + table("ferry", "bridge")))


def test_directions_that_contradict_each_other_across_files_are_refused(written):
    """The last file would decide which way is better."""
    ways = [
        listing("cost", inside=WAY.format(way), tag="criterion").replace("criterions", "criteria")
        for way in ("min", "max")
    ]
    paths = written(*ways, table("ferry", "bridge"))
    for order in (paths, paths[::-1]):
        with pytest.raises(mcda.InputError, match="expected one direction"):
            mcda.read_matrix(*order)


def test_names_of_criteria_are_their_labels(written):
    """A report shows 'Cost of work', not the code."""
    found = mcda.read_matrix(*written(CRITERIA + table("ferry", "bridge")))
    assert found.criterion_labels == {"cost": "Cost of work"}
    spread = found.performances.mul([1, 2], axis=0)
    problem = mcda.problem_from(
        mcda.Matrix("routes", spread, criterion_labels=found.criterion_labels),
        accept=["anchors", "directions", "ranges", "sources", "units"],
    )
    assert {leaf.key: leaf.label for leaf in problem.leaves} == {
        "cost": "Cost of work",
        "time": "time",
    }


def test_only_weights_are_weights(written):
    """Numbers of votes are something else, and are named as skipped."""
    votes = values('mcdaConcept="numberOfVotes"', cost=0.7, time=0.3)
    weights = values('mcdaConcept="Weights"', cost=2, time=1)
    body = CRITERIA + table("ferry", "bridge")
    for listings in (votes + weights, weights + votes):
        found = mcda.read_matrix(*written(body + listings))
        assert found.weights.to_dict() == {"cost": 2, "time": 1}
        assert any("'numberOfVotes' was read as no weights: skipped" in str(n) for n in found.notes)
    assert mcda.read_matrix(*written(body + votes)).weights is None


@pytest.mark.parametrize("concept", ["Importance", "criteria weights", "Poids"])
def test_weights_are_known_by_the_words_of_tables(concept, written):
    """As programs of ELECTRE and others name them."""
    weights = values(f'mcdaConcept="{concept}"', cost=2, time=1)
    found = mcda.read_matrix(*written(CRITERIA + table("ferry", "bridge") + weights))
    assert found.weights.to_dict() == {"cost": 2, "time": 1}


def test_a_root_of_another_year_is_read_with_a_note(written, tmp_path):
    """Services wrote XMCDA 3.0.2 of 2016 before there was a schema of it, from 2017."""
    path = written("")[0]
    root = 'xmlns:x="http://www.decision-deck.org/2016/XMCDA-3.0.2"'
    rows = '<alternatives><alternative id="ferry"/><alternative id="bridge"/></alternatives>'
    path.write_text(f"<x:XMCDA {root}>{rows}{CRITERIA}</x:XMCDA>", encoding="utf-8")
    found = mcda.read_matrix(path)
    told = [str(note) for note in found.notes]
    assert any("2016/XMCDA-3.0.2" in note and "2017" in note for note in told) or any(
        "not by its schema" in note for note in told
    )


def test_values_without_a_concept_are_weights_where_they_are_alone(written):
    """Beside others nothing says which of them are meant."""
    body = CRITERIA + table("ferry", "bridge") + values(cost=2, time=1)
    assert mcda.read_matrix(*written(body)).weights.to_dict() == {"cost": 2, "time": 1}
    beside = mcda.read_matrix(*written(body + values('mcdaConcept="votes"', cost=1)))
    assert beside.weights is None and sum("skipped" in str(note) for note in beside.notes) == 2


def test_sets_and_unknown_values_are_named_as_skipped(written):
    """A capacity says something of pairs of criteria; the table is read all the same."""
    pair = (
        "<criterionValue><criteriaSet><element><criterionID>cost</criterionID></element>"
        "<element><criterionID>time</criterionID></element></criteriaSet>"
        "<value><real>0.4</real></value></criterionValue>"
    )
    weights = values('mcdaConcept="weights"', cost=2, time=1)
    capacity = weights.replace("</criteriaValues>", f"{pair}{pair}</criteriaValues>")
    body = CRITERIA + table("ferry", "bridge") + capacity + "<alternativesMatrix/>"
    found = mcda.read_matrix(*written(body))
    told = "\n".join(map(str, found.notes))
    assert found.weights.to_dict() == {"cost": 2, "time": 1}
    assert "2 values of sets of criteria were read as no value of one alone: skipped" in told
    assert "'alternativesMatrix' was read as no part of the matrix: skipped" in told
