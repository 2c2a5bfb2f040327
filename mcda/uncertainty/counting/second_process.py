"""Jobs shared with a second process: long work in Python, which threads do one after the other."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from mcda.sentences.catalogue import language, limits_called, spoken
from mcda.uncertainty.counting.processors import processors

Job = Callable[[], Any]
WORTH_A_PROCESS = 20_000  # draws: fewer take about as long as a process takes to start


@dataclass(frozen=True)
class _Done:
    """What a job gave, and what it warned of."""

    result: Any
    warnings: list[tuple[str, type[Warning], str, int]]  # as `warn_explicit` takes them


@contextmanager
def second_process(draws: int) -> Iterator[Executor | None]:
    """Give a process that does jobs beside this one; None where that isn't worth it.

    So it is with few draws, and on a machine that has no room for it. The process is a new one on
    every system, so the main module must be importable: a command is, a script may not be. It ends
    with the work here, however that ends.
    """
    pool = None
    first_end, second_end = Pipe()
    if draws >= WORTH_A_PROCESS and processors() > 1:
        pool = _started(second_end)
    try:
        yield pool
    finally:
        first_end.send_bytes(b"end")  # nobody waits any more for what is being done there
        first_end.close()
        if pool is not None:
            pool.shutdown(cancel_futures=True)
        second_end.close()


def _started(line: Connection) -> Executor | None:
    """Return an executor of one process; None where the system has no locks for it."""
    try:
        return ProcessPoolExecutor(1, get_context("spawn"), _begin, (line,))
    except (ImportError, NotImplementedError, OSError):
        return None


def _begin(line: Connection) -> None:
    """Leave the keyboard and the terminal to the first process, and end when it says so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    Thread(target=_end_with, args=(line,), daemon=True).start()


def _end_with(line: Connection) -> None:
    """End at once when the first process says so, or has ended, which closes its end of a line."""
    with suppress(EOFError, OSError):
        line.recv_bytes()
    os._exit(1)


def shared(
    jobs: Mapping[str, Job],
    executor: Executor | None,
    failed: Callable[[Any], bool] | None = None,
) -> dict[str, Any]:
    """Return what jobs give, by name.

    They are done here from the first on, and by an executor of one process from the last on, one
    after the other. What fails there is done again here, where a fault is told as always. failed:
    of jobs that tell of a failure instead of raising it, whether a result does.

    >>> shared({"one": int, "two": str}, None)
    {'one': 0, 'two': ''}
    """
    if executor is None:
        return {name: job() for name, job in jobs.items()}
    # made before any is done: what jobs read fills its caches then, and is no more sent as it is
    requests = {name: _request(job) for name, job in jobs.items()}
    asking = ThreadPoolExecutor(1)
    try:
        asked = {}
        for name in reversed(list(jobs)):
            asked[name] = asking.submit(_ask, executor, requests[name])
        done = {name: job() for name, job in jobs.items() if asked[name].cancel()}
        for name in jobs:
            if name not in done:
                done[name] = _received(asked[name], jobs[name], failed)
        return {name: done[name] for name in jobs}
    finally:
        asking.shutdown(wait=False, cancel_futures=True)


def _request(job: Job) -> bytes:
    """Return a job as it is sent, with the language it speaks; blank where it can't be sent."""
    try:
        return pickle.dumps((spoken(), limits_called(), job))
    except Exception:  # as many kinds of errors as there are things that have no name elsewhere
        return b""


def _ask(executor: Executor, request: bytes) -> _Done:
    return executor.submit(_do, request).result()


def _do(request: bytes) -> _Done:
    """Do a job, and keep what it warns of for the first process to tell."""
    tongue, limit, job = pickle.loads(request)  # noqa: S301, made by the first process
    with language(tongue, limit), warnings.catch_warnings(record=True) as met:
        warnings.simplefilter("always")
        found = job()
    return _Done(found, [(str(one.message), one.category, one.filename, one.lineno) for one in met])


def _received(asked: Future[_Done], job: Job, failed: Callable[[Any], bool] | None) -> Any:
    """Return what a job gave in the other process, or what it gives here."""
    try:
        done = asked.result()
    except Exception:  # a process may end, and a job or its result be lost on the way, in any way
        return job()
    if failed is not None and failed(done.result):
        return job()
    for warning in done.warnings:
        warnings.warn_explicit(*warning)
    return done.result
