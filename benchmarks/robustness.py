"""Acceptability analysis beside its peers and its floor: medians of paired runs, processor time a draw, and ratios."""

import importlib.util
import itertools
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pymcdm.methods
import pymcdm.normalizations

import mcda
from criteria import ukraine_force
from mcda.files.tables.csv_file import write_sheet
from mcda.preferences.weighting.sobol import evenly
from mcda.problem.screening import screen
from mcda.uncertainty.counting.count import count
from mcda.uncertainty.counting.executor import counted
from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.counting.tally import SHARE
from mcda.uncertainty.draws.draws import drawn_behind

ROUNDS = 5
SIZES = ((6, 5), (20, 8))


def bare(m: int, n: int, seed: int = 7) -> mcda.Problem:
    """Return a question of judged triangular cells alone; every third criterion is a cost."""
    random = np.random.default_rng(seed)
    mode = random.uniform(4, 6, (n, m))
    low, high = mode - random.uniform(0.2, 2, (n, m)), mode + random.uniform(0.2, 2, (n, m))
    leaves = tuple(
        mcda.Criterion(
            f"c{j}",
            label=f"Criterion {j}",
            direction="max" if j % 3 else "min",
            scale=mcda.Scale((0.0, 10.0) if j % 3 else (10.0, 0.0), (0.0, 1.0)),
        )
        for j in range(n)
    )
    options = pd.DataFrame(
        {"label": [f"Option {i}" for i in range(m)]}, index=[f"o{i}" for i in range(m)]
    )
    low, mode, high = low.tolist(), mode.tolist(), high.tolist()
    cells = [
        mcda.Estimate(f"c{j}/o{i}", low[j][i], mode[j][i], high[j][i])
        for j in range(n)
        for i in range(m)
    ]
    return mcda.Problem("bare", mcda.Frame(), options, leaves, {cell.key: cell for cell in cells})


def job_of(problem: mcda.Problem, n: int) -> Job:
    """Return textbook TOPSIS of the question under any weights."""
    space = mcda.weight_space([leaf.key for leaf in problem.leaves])
    return Job(
        mcda.sample(problem, n, seed=0),
        (space,),
        "topsis:vector",
        2.0,
        {},
        tuple(problem.options.index),
    )


def peer_loop(problem: mcda.Problem, draws: int, validation: bool) -> None:
    """Run pymcdm's TOPSIS once a draw, with numpy's sampling and ranks, and count ranks and wins."""
    random, m, n = np.random.default_rng(0), len(problem.options), len(problem.leaves)
    cells = [problem.estimates[f"c{j}/o{i}"] for i in range(m) for j in range(n)]
    low, mode, high = (
        np.array([getattr(cell, end) for cell in cells]).reshape(m, n)
        for end in ("low", "mode", "high")
    )
    types = np.array([1 if leaf.direction == "max" else -1 for leaf in problem.leaves])
    method = pymcdm.methods.TOPSIS(pymcdm.normalizations.vector_normalization)
    ranks, wins = np.zeros((m, m)), np.zeros((m, m))
    for _ in range(draws):
        matrix, weights = random.triangular(low, mode, high), random.dirichlet(np.ones(n))
        scores = method(matrix, weights, types, validation=validation)
        ranks[np.argsort(-scores), np.arange(m)] += 1
        wins += scores[:, None] > scores[None, :]


def uniforms_alone(m: int, n: int, draws: int) -> None:
    """Fill as many uniforms as the analysis takes, by numpy's fastest generator, in chunks that fit the cache."""
    generator, out = np.random.Generator(np.random.SFC64(0)), np.empty((n + n * m) * 1024)
    for _ in range(draws // 1024):
        generator.random(out=out)


def paired(works: dict[str, tuple[Callable[[], object], int]]) -> dict[str, float]:
    """Return nanoseconds of processor time a draw: medians over rounds in which every one runs once."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for work, _ in works.values():
        work()
    for _ in range(ROUNDS):
        for name, (work, draws) in works.items():
            start = time.process_time()
            work()
            taken[name].append((time.process_time() - start) / draws * 1e9)
    return {name: statistics.median(times) for name, times in taken.items()}


def bare_table(m: int, n: int) -> None:
    """Compare on a bare matrix: the loop of the peer, numpy, compiled kernels, and the uniforms alone."""
    problem, many = bare(m, n), 1024 * 256
    job = job_of(problem, many)
    found = paired(
        {
            "pymcdm loop": (lambda: peer_loop(problem, 300, True), 300),
            "pymcdm loop, no validation": (lambda: peer_loop(problem, 300, False), 300),
            "ours, numpy": (lambda: job.counted_by_numpy(0, many // 8), many // 8),
            "ours, compiled": (lambda: count(job, 0, many), many),
            "uniforms alone (SFC64)": (lambda: uniforms_alone(m, n, many), many),
        }
    )
    ours = found["ours, compiled"]
    print(
        f"\nbare {m} x {n}, textbook TOPSIS, weights uniform on the simplex, all indices, one core"
    )
    for name, nanoseconds in found.items():
        print(f"  {name:28s} {nanoseconds:12,.0f} ns a draw {nanoseconds / ours:10,.2f} x compiled")
    print(
        f"  numpy beside the pymcdm loop: {found['pymcdm loop'] / found['ours, numpy']:,.0f} times"
    )
    wall = wall_time(job_of(problem, 2**20))
    beside = found["pymcdm loop, no validation"] / wall
    print(
        f"  compiled, {os.cpu_count()} threads: {wall:,.0f} ns of wall time a draw, no validation {beside:,.0f} x"
    )


def wall_time(job: Job) -> float:
    """Return nanoseconds a draw of a whole job, by as many threads as cores: the median of rounds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        counted(job)
        taken.append((time.perf_counter() - start) / job.draws.n * 1e9)
    return statistics.median(taken)


def whole_question(n: int = 100_000) -> None:
    """Time the Ukraine question whole: one holder and all, weights held and drawn, beside its random numbers alone."""
    problem, holders = ukraine_force.problem(), ukraine_force.perspectives()
    draws, chunk, wall = mcda.sample(problem, n, seed=0), 2048, {}
    behind = draws.drawing.only(drawn_behind(draws, screen(problem, True)[0]))
    seeds = itertools.count(1)  # a new one each time: what formulas make of a seed's draws is kept

    def ranked_over_draws(whose, hold):
        fresh = mcda.sample(problem, n, seed=next(seeds))
        return mcda.robustness(fresh, whose, "topsis", floors=True, hold=hold)

    alone = "random numbers and distributions alone"
    asked = {
        f"{who}, weights {how}": partial(ranked_over_draws, whose, hold)
        for how, hold in (("held", "weights"), ("drawn", ()))
        for who, whose in (("one holder", holders["Paris"]), ("all holders", holders))
    }
    whole = paired(
        {
            **{name: (work, n) for name, work in asked.items()},
            alone: (lambda: [draws.drawing.numbers(at, chunk) for at in range(0, n, chunk)], n),
            f"{alone}, of what is read": (
                lambda: [behind.numbers(at, chunk) for at in range(0, n, chunk)],
                n,
            ),
        }
    )
    for name, work in asked.items():
        start = time.perf_counter()
        work()
        wall[name] = f", {time.perf_counter() - start:.2f} s of time on {os.cpu_count()} cores"
    print(f"\nUkraine question whole, {n:,} draws")
    for name, nanoseconds in whole.items():
        beside, read = nanoseconds / whole[alone], nanoseconds / whole[f"{alone}, of what is read"]
        told = f"{beside:.2f} x the random numbers, {read:.2f} x those that are read"
        print(f"  {name}: {nanoseconds / 1000:.1f} us a draw, {told}{wall.get(name, '')}")
    for how in ("held", "drawn"):
        times = whole[f"all holders, weights {how}"] / whole[f"one holder, weights {how}"]
        print(f"  all holders beside one, weights {how}: {times:.2f} times")


def curve() -> None:
    """Print time and peak memory for more draws, more options and more leaves."""
    print("\ndraws x options x leaves: seconds, nanoseconds a cell, peak MB of the process so far")
    for n, m, leaves in (
        (10**4, 6, 5),
        (10**5, 6, 5),
        (10**6, 6, 5),
        (10**7, 6, 5),
        (10**8, 6, 5),
        (10**6, 6, 10),
        (10**6, 12, 5),
        (10**5, 100, 10),
        (500, 1000, 50),
        (50, 10_000, 50),
    ):
        problem = bare(m, leaves)
        space = mcda.weight_space([leaf.key for leaf in problem.leaves])
        start = time.perf_counter()
        mcda.robustness(mcda.sample(problem, n, seed=0), space, "topsis:vector")
        seconds, peak = (
            time.perf_counter() - start,
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        )
        print(
            f"  {n:>11,} x {m:>6,} x {leaves:>2}: {seconds:8.2f} s {seconds / n / m / leaves * 1e9:8.2f} {peak:6.0f}"
        )


R_LIBRARY = "SMAA_R_LIBRARY"
R_SMAA = """
suppressMessages(library(smaa)); a <- as.numeric(commandArgs(TRUE)); m <- a[1]; n <- a[2]; N <- a[3]; set.seed(0)
once <- function() {
  low <- runif(m * n, 3, 4); mode <- runif(m * n, 4, 6); high <- runif(m * n, 6, 7)
  u <- matrix(runif(N * m * n), ncol = N); below <- u < (mode - low) / (high - low)
  x <- ifelse(below, low + sqrt(u * (high - low) * (mode - low)), high - sqrt((1 - u) * (high - low) * (high - mode)))
  meas <- aperm(array((x - 3) / 4, c(m, n, N)), c(3, 1, 2)); e <- matrix(rexp(N * n), ncol = n); pref <- e / rowSums(e)
  ranks <- smaa.ranks(smaa.values(meas, pref)); list(smaa.ra(ranks), smaa.pwi(ranks), smaa.cw(ranks, pref))
}
invisible(once()); for (i in 1:5) cat(sum(system.time(once())[1:2]) / N * 1e9, "")
"""


def r_smaa(m: int, n: int, draws: int = 50_000) -> float | str:
    """Return nanoseconds a draw of R's smaa, sampling and all indices, of the local copy; or why it is skipped."""
    if not shutil.which("Rscript"):
        return "no Rscript on this machine"
    if R_LIBRARY not in os.environ:
        return f"{R_LIBRARY} doesn't name an R library that holds the package smaa"
    words = ["Rscript", "-e", R_SMAA, str(m), str(n), str(draws)]
    run = subprocess.run(
        words, capture_output=True, text=True, env=os.environ | {"R_LIBS": os.environ[R_LIBRARY]}
    )
    if run.returncode:
        return f"R says {run.stderr.strip().splitlines()[0]}"
    return statistics.median(map(float, run.stdout.split()))


def peers_of_r_and_java() -> None:
    """Compare R's smaa with the additive method and, which does more, compiled TOPSIS; or say why not."""
    for m, n in SIZES:
        theirs, many = r_smaa(m, n), 2**16
        if isinstance(theirs, str):
            print(f"  R's smaa: skipped, {theirs}")
            break
        job = replace(job_of(bare(m, n), many), method="additive")
        compiled = job_of(bare(m, n), 2**18)
        ours = paired(
            {
                "additive, numpy": (partial(job.counted_by_numpy, 0, many), many),
                "TOPSIS, compiled": (partial(compiled.counted, 0, 2**18), 2**18),
            }
        )
        beside = ", ".join(
            f"{name} {time:,.0f} ({theirs / time:.1f} x)" for name, time in ours.items()
        )
        print(f"  R's smaa {m} x {n}, additive: {theirs:,.0f} ns a draw; ours: {beside}")
    print(
        "  JSMAA: skipped, its simulator compiles only with javolution, which Debian doesn't hold"
    )


def gain_of_even_weights(repetitions: int = 24) -> None:
    """Print how many times as many independent draws give the error of even weights, where only weights vary."""
    problem = bare(6, 5)
    space, options = (
        mcda.weight_space([leaf.key for leaf in problem.leaves]),
        tuple(problem.options.index),
    )
    print(
        "\nweights alone uncertain, 6 x 5: variance of rank shares, independent draws beside Sobol nets"
    )
    for n in (2**10, 2**14, 2**16, 2**18):
        spreads = []
        for whose in (space, evenly(space, n)):
            jobs = [
                Job(
                    mcda.sample(problem, n, seed, vary=[]),
                    (whose,),
                    "topsis:vector",
                    2.0,
                    {},
                    options,
                )
                for seed in range(repetitions)
            ]
            shares = np.stack(
                [job.counted_by_numpy(0, n).sums["ranks"][0] / SHARE / n for job in jobs]
            )
            spreads.append(shares.var(axis=0, ddof=1).sum())
        print(f"  {n:>9,} draws: as good as {spreads[0] / spreads[1]:.1f} times as many")


def fresh_process(n: int = 100_000) -> None:
    """Time the command in a process of its own, on a bare matrix as a folder."""
    with TemporaryDirectory() as folder:
        write_bare(bare(6, 5), Path(folder))
        for words in (
            ["--help"],
            [
                "robust",
                f"{folder}/",
                "--any-weights",
                "-n",
                str(n),
                "--method",
                "topsis:vector",
                "--json",
            ],
        ):
            times = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                subprocess.run(
                    [sys.executable, "-m", "mcda", *words], capture_output=True, check=True
                )
                times.append(time.perf_counter() - start)
            print(
                f"  mcda {words[0]}: {min(times):.2f} s at best, median {statistics.median(times):.2f} s"
            )


def write_bare(problem: mcda.Problem, folder: Path) -> None:
    """Write a bare matrix as the folder of a question."""
    options = problem.labels.reset_index().to_numpy().tolist()
    leaves = [
        (leaf.key, leaf.label, "points", "natural", leaf.direction, *map(repr, leaf.scale.anchors))
        for leaf in problem.leaves
    ]
    cells = [
        (
            *reversed(cell.key.split("/")),
            repr(cell.low),
            repr(cell.mode),
            repr(cell.high),
            cell.kind,
        )
        for cell in problem.estimates.values()
    ]
    tables = {
        "options": ("id,label", options),
        "scores": ("option,criterion,low,mode,high,kind", cells),
        "criteria": ("id,label,unit,scale_type,direction,worst,best", leaves),
    }
    for name, (columns, rows) in tables.items():
        write_sheet(folder / f"{name}.csv", columns.split(","), rows)


def main() -> None:
    """Print every table."""
    names = [
        name for name in ("numpy", "numba", "pymcdm", "pandas") if importlib.util.find_spec(name)
    ]
    print("python", platform.python_version(), *(f"{name} {version(name)}" for name in names))
    fresh_process()
    import numba  # noqa: F401 the compiler's start isn't timed

    peers_of_r_and_java()

    for m, n in SIZES:
        bare_table(m, n)
    gain_of_even_weights()
    whole_question()
    curve()


if __name__ == "__main__":
    main()
