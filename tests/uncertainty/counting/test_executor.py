"""Long runs: killed and taken up again, interrupted, watched, on workers that die; always the same whole numbers."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.display.progress_line import CLEARED
from mcda.sentences.catalogue import language
from mcda.uncertainty.counting import executor
from mcda.uncertainty.counting.count import count
from mcda.uncertainty.counting.executor import counted, tasks
from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.counting.progress import Progress
from mcda.uncertainty.counting.tally import Tally

QUESTION = Path(__file__).parents[2] / "questions" / "cooling_centre"


def cooling_job(n, seed=0):
    problem = mcda.read_problem(QUESTION)
    space = mcda.over_leaves(problem, mcda.weight_space([leaf.key for leaf in problem.leaves]))
    return Job(
        mcda.sample(problem, n, seed),
        (space,),
        "topsis:vector",
        2.0,
        {},
        tuple(problem.options.index),
    )


def same(one, other):
    return one.draws == other.draws and all(
        (one.sums[name] == other.sums[name]).all() for name in other.sums
    )


class Interrupted(Executor):
    """Counts the first tasks, then the user has had enough."""

    def __init__(self, tasks):
        self.left = tasks

    def submit(self, function, /, *given, **named):
        """Count at once, or be interrupted."""
        future = Future()
        self.left -= 1
        if self.left >= 0:
            future.set_result(function(*given, **named))
        else:
            future.set_exception(KeyboardInterrupt())
        return future


def test_an_interrupted_run_reports_what_it_has_and_goes_on(tmp_path):
    """Its first draws are counted; taken up again, the result is that of one run."""
    job, state = cooling_job(200_000), tmp_path / "run.npz"
    with pytest.warns(mcda.AssumptionWarning, match="interrupted after"):
        part = counted(job, Interrupted(3), state)
    assert 0 < part.draws < 200_000 and same(part, count(job, 0, part.draws))
    from mcda.uncertainty.counting.checkpoint import save

    save(state, job, part)
    assert same(counted(job, None, state), count(job, 0, 200_000))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that can't be caught")
def test_a_killed_run_is_taken_up_bit_for_bit(tmp_path):
    """A process killed in the middle leaves a state; another goes on from it."""
    state, n = tmp_path / "run.npz", 4_000_000
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "import numba.core\nfrom test_executor import cooling_job\n"
        "from mcda.uncertainty.counting import executor as running\n"
        "from pathlib import Path\nrunning.KEEP_EVERY = 0\nrunning.LONGEST_TASK = 65536\n"
        f"running.counted(cooling_job({n}), None, Path({str(state)!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        deadline = time.monotonic() + 120
        while not state.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
    done = int(np.load(state)["draws"])
    job = cooling_job(n)
    assert 0 < done < n
    assert same(counted(job, None, state), count(job, 0, n))


def test_the_state_of_another_run_is_refused(tmp_path):
    """Another seed, fewer draws, or a file that is none."""
    state = tmp_path / "run.npz"
    counted(cooling_job(3000), None, state)
    with pytest.raises(mcda.InputError, match="expected the state of this run, found another's"):
        counted(cooling_job(3000, seed=1), None, state)
    with pytest.raises(mcda.InputError, match="found one of 3,000 draws already"):
        counted(cooling_job(2000), None, state)
    assert counted(cooling_job(5000), None, state).draws == 5000
    state.write_text("nothing")
    with pytest.raises(mcda.InputError, match="expected the state of a run"):
        counted(cooling_job(3000), None, state)


class Dying(ProcessPoolExecutor):
    """A pool one of whose two workers is killed as soon as both are there: none is born into a broken pool."""

    def submit(self, function, /, *given, **named):
        """Hand the work out, and kill the first worker."""
        future = super().submit(function, *given, **named)
        if len(self._processes) == 2 and not getattr(self, "killed", False):
            self.killed = True
            next(iter(self._processes.values())).kill()
        return future


@pytest.mark.slow
def test_a_worker_that_dies_changes_nothing():
    """Its draws are counted again; the user is told."""
    job = cooling_job(40_000)
    told = pytest.warns(mcda.AssumptionWarning, match="a worker ended early")
    with Dying(2, multiprocessing.get_context("spawn")) as pool, told:
        found = counted(job, pool)
    assert same(found, count(job, 0, 40_000))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_dask_and_loky_count_the_same():
    """A local cluster of two workers, and loky's processes, as one thread."""
    distributed, loky = pytest.importorskip("distributed"), pytest.importorskip("loky")
    job = cooling_job(40_000)
    expected = count(job, 0, 40_000)
    with loky.get_reusable_executor(2) as pool:
        assert same(counted(job, pool), expected)
    local = distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None)
    with local as cluster, distributed.Client(cluster) as client:
        assert same(counted(job, client.get_executor()), expected)


def test_tasks_cover_every_draw_once():
    """Whatever their number, from wherever a run goes on."""
    job = cooling_job(100_001)
    runs = list(tasks(job, 4096))
    assert runs[0][0] == 4096 and runs[-1][0] + runs[-1][1] == 100_001
    assert all(one[0] + one[1] == other[0] for one, other in pairwise(runs))


def wide_job(options, leaves, holders, n):
    """A job of very many options, measures and holders."""
    cells = np.random.default_rng(1).random((options, leaves))
    names = [f"c{at}" for at in range(leaves)]
    table = pd.DataFrame(cells, [f"o{at}" for at in range(options)], names)
    problem = mcda.problem_from(table, directions=dict.fromkeys(names, "max"), accept=["all"])
    space = mcda.over_leaves(problem, mcda.weight_space(names))
    whose = tuple(replace(space, holder=f"h{at}") for at in range(holders))
    kept = tuple(problem.options.index)
    return Job(mcda.sample(problem, n, 0), whose, "topsis", 2.0, {}, kept)


def test_of_much_work_tasks_are_short_and_few_wait():
    """Progress, an interrupt and the memory for sums don't wait for a thousand draws of very many."""
    job = wide_job(500, 40, 200, 10_000)
    sizes = {size for _, size in tasks(job)}
    assert max(sizes) * job.cells_of_draw <= executor.CELLS_OF_TASK
    handed_out = Handing()
    with closing(executor._submitted(handed_out, job, tasks(job))) as work:
        for _ in work:
            assert handed_out.waiting <= executor.processors() + 1
            handed_out.waiting -= 1
    assert len(handed_out.runs) == len(list(tasks(job)))


class Handing(Executor):
    """Counts nothing, and knows how many tasks wait."""

    def __init__(self):
        self.waiting = 0
        self.runs = []

    def submit(self, function, /, *given, **named):
        """Take a task."""
        self.waiting += 1
        self.runs.append(given)
        return Future()


def test_the_memory_for_sums_is_known_before_they_are_counted():
    """By whole numbers of eight bytes; never less than they take."""
    job = wide_job(30, 4, 3, 64)
    taken = sum(sums.nbytes for sums in count(job, 0, 64).sums.values())
    assert taken <= job.bytes_of_sums <= 1.2 * taken


def test_progress_tells_the_time_left(monkeypatch, capsys):
    """On a terminal, once a second; nothing elsewhere."""
    monkeypatch.setattr(sys.modules["mcda.uncertainty.counting.progress"], "_watched", lambda: True)
    progress = Progress(1000, told=-10.0, began=0.0)
    progress.add(500)
    assert "50% of 1,000 draws" in capsys.readouterr().err and "s left" in progress.line(10.0)
    progress.end()
    quiet = Progress(1000)
    quiet.add(1)
    quiet.end()
    assert capsys.readouterr().err == CLEARED


@pytest.mark.parametrize(
    ("spoken", "line"),
    [
        ("de", "50\u00a0% der 2.000 Ziehungen, noch 10 s"),
        ("uk", " 50% із 2\u00a0000 випробувань, залишилося 10 с"),
    ],
)
def test_progress_speaks_the_language_of_its_reader(spoken, line):
    """With numbers as it writes them."""
    progress = Progress(2000)
    progress.done = 1000
    with language(spoken):
        assert progress.line(10.0) == line


def test_progress_in_a_notebook_keeps_what_the_cell_printed():
    """In a live kernel: the line has a place of its own, told anew, and is empty at the end."""
    import nbformat
    from nbclient import NotebookClient

    told = """
from mcda.uncertainty.counting import progress
progress.PATIENCE = 0.0
print("mine")
run = progress.Progress(1000)
run.add(250)
run.add(250)
run.end()
"""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(told)])
    NotebookClient(notebook, kernel_name="python3").execute()
    printed, line = notebook.cells[0].outputs
    assert printed["text"] == "mine\n" and line["data"]["text/plain"] == ""


def test_an_interrupt_within_an_addition_loses_the_last_run_alone(make_problem, monkeypatch):
    """Sums are added all at once, so that the shares of an interrupted run still add up."""
    problem = make_problem()
    added = []

    whole = Tally.__add__

    def interrupted(self, other):
        added.append(other.draws)
        if len(added) == 3:
            raise KeyboardInterrupt
        return whole(self, other)

    monkeypatch.setattr(Tally, "__add__", interrupted)
    assert not hasattr(Tally, "__iadd__")
    draws = mcda.sample(problem, 300_000, 1)
    with pytest.warns(mcda.AssumptionWarning, match="interrupted after"):
        found = mcda.robustness(draws, mcda.equal_weights(problem), "additive")
    np.testing.assert_allclose(found.rank_acceptability.sum(axis=1), 1.0)
