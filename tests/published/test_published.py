"""Worked cases from the literature give the published figures, each at its stated tolerance.

Where a case says that a published figure is wrong, the independent reference is right instead. References carry
twelve digits of the entries, so they are compared at 1e-8.
"""

import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.methods.ahp import synthesis
from mcda.preferences.pairwise.consistency import (
    ALONSO_LAMATA,
    DONEGAN_DODD,
    GOLDEN_WANG,
    LIMIT,
    RANDOM_INDEX,
    SAATY_1980,
    SAATY_2005,
)

FILES = sorted((Path(__file__).parent / "cases").glob("*.json"))
CASES = [
    json.loads(path.read_text(encoding="utf-8"))
    for path in FILES
    if not path.name.startswith(("smaa-", "csv-", "dataset-", "xlsx-", "xmcda-"))
]  # those are in test_smaa and test_import
REFERENCE = 1e-8


def of_kind(*kinds):
    """Parametrise a test with the cases of some kinds."""
    cases = [case for case in CASES if case["kind"] in kinds]
    return pytest.mark.parametrize("case", cases, ids=[case["id"] for case in cases])


def agree(case, **found):
    """Compare what was found with the published and the reference values, key by key; something must be compared."""
    wrong = case["verification"]["published_not_reproduced"]
    compared = 0
    for key, numbers in found.items():
        if key in case["expected"] and key not in wrong:
            close(case["id"], key, numbers, case["expected"][key], case["tolerance"].get(key, 0))
            compared += 1
        if key in case["reference_values"]:
            close(case["id"], key, numbers, case["reference_values"][key], REFERENCE)
            compared += 1
    assert compared, f"{case['id']}: nothing compared"
    unread = set(case["expected"]) - set(found) - set(wrong)
    assert not unread, f"{case['id']}: published but not compared: {unread}"


def close(case, key, found, expected, tolerance):
    """Numbers within the tolerance; anything else equal."""
    if isinstance(expected, str | bool | dict) or (
        isinstance(expected, list) and expected and isinstance(expected[0], str)
    ):
        assert found == expected, (case, key)
        return
    wanted = np.array(expected, dtype=float)
    assert np.allclose(
        np.array(found, dtype=float), wanted, rtol=0, atol=tolerance, equal_nan=True
    ), (
        case,
        key,
        found,
        expected,
    )


def table(case):
    """The matrix of a case, labelled where it has names."""
    inputs = case["inputs"]
    names = inputs.get("alternatives"), inputs.get("criteria")
    return (
        pd.DataFrame(inputs["matrix"], index=names[0], columns=names[1])
        if all(names)
        else np.array(inputs["matrix"], float)
    )


@of_kind("topsis")
def test_topsis(case):
    """Closeness, ranks and the steps between them are the published ones."""
    inputs = case["inputs"]
    found = mcda.topsis(
        table(case), inputs["weights"], inputs["directions"], normalisation=inputs["normalisation"]
    )
    agree(case, scores=list(found), ranks=list(mcda.ranks(found)), **steps(case))


def steps(case):
    """The intermediate quantities of TOPSIS, recomputed from the definition where the case states them."""
    inputs = case["inputs"]
    x, signs = np.array(inputs["matrix"], float), np.array(inputs["directions"])
    weights = np.array(inputs["weights"], float)  # as stated: their sum cancels in the closeness
    unit = {
        "vector": np.sqrt((x**2).sum(0)),
        "sum": x.sum(0),
        "max": x.max(0),
        "none": np.ones(x.shape[1]),
    }
    if inputs["normalisation"] == "minmax":
        spread = np.where(np.ptp(x, axis=0) > 0, np.ptp(x, axis=0), 1)
        z = np.where(signs > 0, x - x.min(0), x.max(0) - x) / spread
        signs = np.abs(signs)
    else:
        z = x / unit[inputs["normalisation"]]
    v = z * weights
    best, worst = np.where(signs > 0, v.max(0), v.min(0)), np.where(signs > 0, v.min(0), v.max(0))
    ways = {
        "d_best": np.sqrt(((v - best) ** 2).sum(1)),
        "d_worst": np.sqrt(((v - worst) ** 2).sum(1)),
    }
    named = {"normalised": z, "weighted": v, "ideal": best, "anti_ideal": worst, **ways}
    published = {**case["expected"], **case["reference_values"]}
    return {key: number for key, number in named.items() if key in published}


@of_kind("ahp-matrix", "ahp-consistency")
def test_ahp_priorities(case):
    """Weights by both rules, the principal eigenvalue and the consistency ratio are the published ones."""
    matrix = case["inputs"]["matrix"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mcda.AssumptionWarning)
        found, means = mcda.priorities(matrix), mcda.priorities(matrix, "geometric mean")
        ratios = {
            name: mcda.priorities(matrix, random_index=name).consistency.ratio
            for name in RANDOM_INDEX
        }
    judged, weights = np.array(matrix, float), np.asarray(found)
    named = {
        "weights": weights,
        "weights_rgm": np.asarray(means),
        "lambda_max": found.consistency.lambda_max,
        "ci": found.consistency.index,
        "cr_saaty_1980": ratios[SAATY_1980],
        "cr_saaty_2005": ratios[SAATY_2005],
        "cr_alonso_lamata_2006": ratios[ALONSO_LAMATA],
        "matrix_check": judged,
        "weights_ahp_os": weights,
        "ranks": list(mcda.ranks(weights)),
        "error_matrix": judged * weights / weights[:, None],
        **said_against_itself(case),
        **own_table(case, found.consistency),
        **column_means(case, judged),
    }
    published = {**case["expected"], **case["reference_values"]}
    agree(case, **{key: number for key, number in named.items() if key in published})


def said_against_itself(case):
    """The geometric consistency index. Which judgement is worst depends on the measure: tested elsewhere."""
    judged = mcda.Judgements.from_matrix(case["inputs"]["matrix"], case["inputs"]["elements"])
    return {"gci": mcda.contradictions(judged).geometric_index}


def own_table(case, consistency):
    """The ratio with the random index that the case states, where it states one."""
    stated = case["inputs"].get("random_index")
    return (
        {"cr": consistency.index / stated[str(consistency.size)]}
        if isinstance(stated, dict)
        else {"cr": consistency.ratio}
    )


def column_means(case, judged):
    """The rule of column means, which we don't offer: a source that used it is replicated by hand."""
    means = (judged / judged.sum(0)).mean(1)
    named = {"weights_colmean": means}
    if case["kind"] == "ahp-consistency":
        lambda_max = float(((judged @ means) / means).mean())
        index = (lambda_max - len(judged)) / (len(judged) - 1)
        named |= {
            "weights": means,
            "lambda_max": lambda_max,
            "ci": index,
            "cr": index / RANDOM_INDEX[SAATY_1980][len(judged) - 1],
        }
    return named


@of_kind("ahp-random-index")
def test_random_index_tables(case):
    """The tables we name hold the figures of their sources."""
    for name, ours in (
        ("saaty_1980", SAATY_1980),
        ("saaty_2005", SAATY_2005),
        ("alonso_lamata_2006", ALONSO_LAMATA),
    ):
        assert {int(size): index for size, index in case["expected"][name].items()} == dict(
            enumerate(RANDOM_INDEX[ours][2:], start=3)
        )


def test_random_index_tables_of_peers():
    """Golden and Wang's table is the one that pymcdm carries; Donegan and Dodd's reaches 20 items."""
    from pymcdm.weights.subjective import AHP

    assert RANDOM_INDEX[GOLDEN_WANG] == tuple(AHP.RI_M)
    assert len(RANDOM_INDEX[DONEGAN_DODD]) == 20 and RANDOM_INDEX[DONEGAN_DODD][3] == 0.8286


@of_kind("ahp-incomplete")
@pytest.mark.filterwarnings("ignore:as many judgements as priorities need:mcda.AssumptionWarning")
@pytest.mark.filterwarnings("ignore:outside Saaty:mcda.AssumptionWarning")
@pytest.mark.filterwarnings("ignore:.*above 0.10:mcda.AssumptionWarning")
def test_incomplete_judgements(case):
    """Completions and weights are the published ones; where comparisons fall into parts, the parts are named."""
    items = case["inputs"]["elements"]
    judged = mcda.Judgements.from_matrix(case["inputs"]["matrix"], items)
    if case["expected"].get("solvable") is False:
        with pytest.raises(mcda.InputError) as refused:
            mcda.priorities(judged)
        parts = [f"{{{', '.join(part)}}}" for part in case["reference_values"]["components"]]
        assert f"parts {' and '.join(parts)}" in str(refused.value)
        return
    found, means = mcda.priorities(judged), mcda.priorities(judged, "geometric mean")
    filled = found.matrix.to_numpy()
    named = {
        "filled": [
            filled[tuple(map(int, key.split(",")))] for key in case["expected"].get("filled", {})
        ],
        "weights": means if "least squares" in case["inputs"]["method"] else found,
        "weights_llsm": means,
        "weights_harker": mcda.priorities(judged, completion="Harker"),
        "gci": mcda.contradictions(judged).geometric_index,
        "lambda_max": found.consistency.lambda_max,
        "cr_saaty_1980": found.consistency.ratio,
        "cr_donegan_dodd": mcda.priorities(judged, random_index=DONEGAN_DODD).consistency.ratio,
    }
    published = listed(case["expected"])
    reference = listed(case["reference_values"])
    for key in ("filled", "weights") if "filled" in published else ():
        np.testing.assert_allclose(
            named[key], reference.pop(key), rtol=2e-6
        )  # as flat as its optimum is
    agree(
        {**case, "expected": published, "reference_values": reference},
        **{key: value for key, value in named.items() if key in {**published, **reference}},
    )


def listed(entries):
    """Entries in which a completion is a list, in the order of its pairs."""
    return {
        key: list(value.values()) if key == "filled" else value for key, value in entries.items()
    }


@of_kind("ahp-group")
@pytest.mark.filterwarnings("ignore:consistency ratio above:mcda.AssumptionWarning")
@pytest.mark.filterwarnings("ignore:the members contradict each other:mcda.AssumptionWarning")
def test_groups(case):
    """Joined judgements, joined priorities, each member's ratio and the consensus are the published ones."""
    members = participants(case)
    shares = case["inputs"].get("participant_weights")
    joined = mcda.group(members, shares)
    by_means = mcda.group(members, shares, rule="geometric mean")
    means = mcda.group(members, shares, way="AIP", rule="geometric mean")
    own = {
        name: mcda.contradictions(judged).geometric_index
        for name, judged in list(members.items())[:5]
    }
    row_means = case["inputs"].get("method", "").endswith("row geometric mean")
    rule = {"rule": "geometric mean"} if row_means else {}
    published = {**case["expected"], **case["reference_values"]}
    named = {
        "aij_matrix": joined.joined,
        "aij_weights": by_means.priorities if row_means else joined.priorities,
        "aij_weights_eigenvector": joined.priorities,
        "aip_geometric_weights": means.priorities
        if row_means
        else mcda.group(members, shares, way="AIP").priorities,
        "aip_arithmetic_weights": mcda.group(
            members, shares, way="AIP arithmetic", **rule
        ).priorities,
        "consensus_ahp_os": joined.consensus,
        "gci": mcda.contradictions(mcda.Judgements.from_matrix(joined.joined)).geometric_index,
        "gcompi": by_means.incompatibility,
        "individual_weights": dict(by_means.members.T.items()),
        "individual_gci": own,
        "cr_saaty_1980": joined.ratios.to_dict(),
        **surveyed(case, joined),
    }
    flat = {
        "expected": flattened(case["expected"]),
        "reference_values": flattened(case["reference_values"]),
        "tolerance": flattened_tolerance(case),
    }
    agree(
        {**case, **flat},
        **flattened({key: value for key, value in named.items() if key in published}),
    )


def participants(case):
    """The members' judgements by name; those of a survey are read where its answers are kept, beside the project."""
    items = case["inputs"]["elements"]
    if "participants" in case["inputs"]:
        matrices = case["inputs"]["participants"]
        return {
            name: mcda.Judgements.from_matrix(matrix, items) for name, matrix in matrices.items()
        }
    root = Path(__file__).parents[2]
    near = [
        above / "shared" / "published" / case["inputs"]["participants_file"]
        for above in root.parents
    ]
    path = next((path for path in near if path.exists()), None)
    if path is None:
        pytest.skip(
            "the survey's answers have no licence: they are used where they are, not copied"
        )
    answers = pd.read_csv(path)
    pairs = [tuple(column.split("_")) for column in answers.columns]
    return {
        f"{number}": mcda.Judgements(
            items,
            {
                pair: -answer if answer < 0 else f"1/{answer}"
                for pair, answer in zip(pairs, row, strict=True)
            },
        )
        for number, row in enumerate(answers.to_numpy().tolist())
    }


def surveyed(case, joined):
    """What the survey's source says of its members, by the random index that it states."""
    stated = case["inputs"].get("random_index")
    if not stated:
        return {}
    ratios = joined.ratios * RANDOM_INDEX[SAATY_1980][4] / stated["5"]
    products = np.exp(
        np.log(joined.members).mean()
    )  # what its "aggpref" returns: geometric means as they come
    return {
        "n_consistent": int((ratios <= LIMIT).sum()),
        "cr_first5": ratios[:5],
        "aij_cr": joined.consistency.index / stated["5"],
        "aip_ahpsurvey_default": products,
    }


def flattened(entries):
    """Entries by member as entries of their own."""
    return {
        name: part
        for key, value in entries.items()
        for name, part in (
            {f"{key} {who}": each for who, each in value.items()}
            if isinstance(value, dict)
            else {key: value}
        ).items()
    }


def flattened_tolerance(case):
    """The tolerance of each entry by member."""
    return {
        name: tolerance
        for key, tolerance in case["tolerance"].items()
        for name in flattened({key: case["expected"].get(key)})
    }


@of_kind("ahp-group-consensus")
def test_consensus(case):
    """Goepel's measure."""
    agree(case, consensus=mcda.consensus(case["inputs"]["priorities"]))


@pytest.mark.filterwarnings("ignore:.*above 0.10:mcda.AssumptionWarning")
@of_kind("ahp-hierarchy")
def test_ahp_hierarchy(case):
    """Local priorities, composed priorities in both modes, ranks and the ratio of each node are the published ones."""
    alternatives, nodes = case["inputs"]["alternatives"], {}
    gather(case["inputs"]["hierarchy"], alternatives, nodes)
    found = mcda.hierarchy(nodes, "Goal", mode=case["inputs"]["synthesis"], random_index=SAATY_2005)
    ideal = mcda.hierarchy(nodes, "Goal", mode="ideal").priorities
    means = mcda.hierarchy(nodes, "Goal", rule="geometric mean").priorities
    local = {node: list(rows["local"]) for node, rows in found.table.groupby("node", sort=False)}
    ratio = found.table.groupby("node")["ratio"].first()
    for key, expected in {
        **case["expected"].get("local", {}),
        **case["reference_values"].get("local", {}),
    }.items():
        close(case["id"], key, local[key], expected, case["tolerance"].get("local", REFERENCE))
    for node, expected in case["expected"].get("cr_saaty_2005", {}).items():
        close(case["id"], node, ratio[node], expected, case["tolerance"]["cr_saaty_2005"])
    composed = found.priorities[alternatives]
    checked = dict.fromkeys(("local", "cr_saaty_2005"), None)
    plain = {
        **case,
        "expected": {key: value for key, value in case["expected"].items() if key not in checked},
        "reference_values": {
            key: value for key, value in case["reference_values"].items() if key not in checked
        },
    }
    agree(
        plain,
        priorities=composed,
        priorities_ideal_mode=ideal[alternatives],
        priorities_rgm=means[alternatives],
        ranks=list(mcda.ranks(composed)),
    )


def gather(node, alternatives, nodes):
    """Turn a nested hierarchy into node -> judgements; measured leaves become priorities."""
    items = node.get("elements", alternatives)
    if "matrix" in node:
        pairs = {
            (a, b): node["matrix"][i][j]
            for i, a in enumerate(items)
            for j, b in enumerate(items)
            if i < j
        }
        nodes[node["name"]] = mcda.Judgements(items, pairs)
    else:
        measured = next(
            node[key] for key in ("measurements", "values", "weights", "priorities") if key in node
        )
        nodes[node["name"]] = pd.Series(measured, index=items, dtype=float)
    for child in node.get("children", []):
        gather(child, alternatives, nodes)


@of_kind("rank-reversal")
def test_rank_reversal(case):
    """Reversals that the literature shows do occur where it says, and the scores on both sides are its own."""
    inputs = case["inputs"]
    if "before" in inputs:
        scores = {
            f"{side}{ending}": composed(inputs, side, mode)
            for side in ("before", "after")
            for ending, mode in (("", "distributive"), ("_max_normalised", "ideal"))
        }
        reversed_ = {
            f"reversed{ending}": bool(
                (scores[f"before{ending}"][0] > scores[f"before{ending}"][1])
                != (scores[f"after{ending}"][0] > scores[f"after{ending}"][1])
            )
            for ending in ("", "_max_normalised")
        }
        published = {**case["expected"], **case["reference_values"]}
        agree(
            case,
            **{key: value for key, value in {**scores, **reversed_}.items() if key in published},
        )
    elif "values" in inputs:
        weighted = mcda.additive(inputs["values"], inputs["criterion_weights"])
        shared = synthesis(
            np.array(inputs["values"]), np.array(inputs["criterion_weights"]), "distributive"
        )
        names = inputs["alternatives"]
        agree(
            case,
            wsm=weighted,
            ahp=shared,
            wsm_best=weighted.max(),
            ahp_best=shared.max(),
            wsm_winner=names[weighted.argmax()],
            ahp_winner=names[shared.argmax()],
        )
    else:
        agree(
            case,
            scores=list(mcda.topsis(table(case), inputs["weights"], inputs["directions"])),
            order_changes_when_removed=changes(case),
        )


def composed(inputs, side, mode):
    """AHP scores of one side of a reversal: local priorities, weighed by equal criteria; ideal mode as it comes."""
    local = np.stack(
        [np.asarray(mcda.priorities(matrix)) for matrix in inputs[side]["matrices"]], axis=-1
    )
    return synthesis(
        local, np.array(inputs["criterion_weights"]) / sum(inputs["criterion_weights"]), mode
    )


def changes(case):
    """Which pairs change order when one alternative is removed (the case's format: empty where none does)."""
    inputs = case["inputs"]
    frame = pd.DataFrame(
        inputs["matrix"],
        index=inputs["alternatives"],
        columns=[f"c{j}" for j in range(len(inputs["weights"]))],
    )
    whole, found = mcda.topsis(frame, inputs["weights"], inputs["directions"]), {}
    for gone in frame.index:
        rest = mcda.topsis(frame.drop(gone), inputs["weights"], inputs["directions"])
        pairs = [
            (a, b)
            for a in rest.index
            for b in rest.index
            if whole[a] > whole[b] and rest[a] < rest[b]
        ]
        if pairs:
            found[gone] = pairs
    return found


@of_kind("method-vikor")
def test_vikor(case):
    """S, R, Q, ranks and the compromise set are the published ones; pymcdm's VIKOR gives the same Q."""
    inputs = case["inputs"]
    names = [f"A{i + 1}" for i in range(len(inputs["matrix"]))]
    frame = pd.DataFrame(
        inputs["matrix"],
        index=names,
        columns=[f"c{j}" for j in range(len(inputs["weights"]))],
        dtype=float,
    )
    found = mcda.vikor(frame, inputs["weights"], inputs["directions"], v=inputs["v"])
    agree(
        case,
        S=found["S"],
        R=found["R"],
        Q=found["Q"],
        ranks=found["rank"],
        compromise_set=names_of(found),
    )
    theirs = mcda.pymcdm_scores(
        "VIKOR", frame, inputs["weights"], inputs["directions"], v=inputs["v"]
    )
    assert np.allclose(theirs, found["Q"], rtol=0, atol=1e-12)


def names_of(found):
    """The alternatives of the compromise set, a set: in the order of their names."""
    return sorted(found.index[found["compromise"]])


@of_kind("method-copras")
def test_copras(case):
    """Utilities are the published ones, or the reference where pymcdm's own test repeats its mistake."""
    inputs = case["inputs"]
    found = mcda.copras(inputs["matrix"], inputs["weights"], inputs["directions"])
    agree(
        case,
        utility_percent=100 * found,
        utility=found,
        pymcdm_test_utility=found,
        ranks=mcda.ranks(found),
    )


@of_kind("method-promethee2")
def test_promethee(case):
    """Flows are the published ones; where the source sums instead of averaging, so does the comparison."""
    inputs = case["inputs"]
    settings = {"q": inputs["q"], "p": inputs["p"]} if "q" in inputs else {}
    found = mcda.promethee2(
        inputs["matrix"],
        inputs["weights"],
        inputs["directions"],
        preference=inputs["preference"],
        **settings,
    )
    unit = len(found) - 1 if "sums" in inputs.get("flows", "") else 1
    agree(
        case,
        net=unit * found["net"],
        plus=unit * found["plus"],
        minus=unit * found["minus"],
        ranks=mcda.ranks(found["net"].to_numpy()),
        net_normalised=found["net"],
    )


@of_kind("method-electre1")
def test_electre(case):
    """Concordance, discordance and kernel are the published ones."""
    inputs = case["inputs"]
    names = [f"A{i + 1}" for i in range(len(inputs["matrix"]))]
    frame = pd.DataFrame(
        inputs["matrix"], index=names, columns=[f"c{j}" for j in range(len(inputs["weights"]))]
    )
    limits = inputs["thresholds"]
    found = mcda.electre1(
        frame,
        inputs["weights"],
        inputs["directions"],
        concordance=limits["p"],
        discordance=limits["q"],
    )
    agree(
        case,
        concordance=found.concordance,
        discordance=found.discordance,
        kernel=list(found.kernel),
    )


@of_kind("method-aras", "method-edas", "method-marcos", "method-waspas")
def test_methods_of_pymcdm(case):
    """A method that we offer by name gives its publication's scores; WASPAS takes the weights as stated there."""
    inputs, name = case["inputs"], case["kind"].removeprefix("method-").upper()
    found = mcda.pymcdm_scores(
        name,
        inputs["matrix"],
        inputs["weights"],
        inputs["directions"],
        weights_as_stated=name == "WASPAS",
    )
    agree(case, scores=found)


@of_kind("method-weighted-sum")
def test_weighted_sums(case):
    """The weighted sum of scaled values, and the ratios of the weighted product, are the published ones."""
    inputs = case["inputs"]
    if "normalisation" in inputs:
        scaled = mcda.linear_ratio(inputs["matrix"], inputs["directions"])
        agree(case, scores=mcda.additive(scaled, inputs["weights"]))
        return
    product = mcda.pymcdm_scores("WPM", inputs["matrix"], inputs["weights"], inputs["directions"])
    ratios = {f"A{i + 1}_A{j + 1}": product[i] / product[j] for i, j in ((0, 1), (0, 2), (1, 2))}
    for pair, expected in case["expected"]["wpm_ratios"].items():
        close(case["id"], pair, ratios[pair], expected, case["tolerance"]["wpm_ratios"])
    wsm = mcda.additive(inputs["matrix"], inputs["weights"])
    close(case["id"], "wsm", wsm, case["expected"]["wsm"], case["tolerance"]["wsm"])
    assert list(mcda.ranks(wsm)) == [3, 1, 1]


def test_no_case_is_passed_over():
    """Every case that was copied is of a kind that a test above runs."""
    tested = {
        "topsis",
        "ahp-matrix",
        "ahp-consistency",
        "ahp-random-index",
        "ahp-hierarchy",
        "rank-reversal",
    }
    tested |= {"ahp-incomplete", "ahp-group", "ahp-group-consensus"}
    others = {
        "vikor",
        "copras",
        "promethee2",
        "electre1",
        "aras",
        "edas",
        "marcos",
        "waspas",
        "weighted-sum",
    }
    assert {case["kind"] for case in CASES} == tested | {f"method-{name}" for name in others}
    assert len(CASES) == 59
