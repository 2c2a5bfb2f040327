"""Jobs in two processes: the same results as in one, whatever becomes of the second."""

import os
import signal
import subprocess
import sys
import time
import warnings
from functools import partial
from multiprocessing import get_context

import pytest

from mcda.checks.faults import AssumptionWarning, Fault, InputError
from mcda.sentences.catalogue import language, limits_called, spoken
from mcda.uncertainty.counting import second_process as tested
from mcda.uncertainty.counting.second_process import WORTH_A_PROCESS, second_process, shared


def where():
    """The process that does this job, after long enough for another to begin."""
    time.sleep(0.3)
    return os.getpid()


def told_in():
    return spoken(), limits_called()


def warn():
    warnings.warn("all is equal", AssumptionWarning, stacklevel=1)
    return 3


def end_there(first):
    """End the process, if it isn't the first one."""
    if os.getpid() != first:
        os._exit(1)
    return "here"


def fail_there(first):
    """Tell of a failure instead of raising one, as a job may that must not stop others."""
    return "done" if os.getpid() == first else "failed"


def refuse():
    raise InputError(Fault("weight", "a number", "none"))


@pytest.fixture(scope="module")
def second():
    with second_process(WORTH_A_PROCESS) as executor:
        yield executor


def test_both_processes_work_from_their_ends_and_names_keep_their_order(second):
    """The first job is done here and the last one there; each is done once."""
    shared({"begin": where, "warm": where}, second)
    found = shared(dict.fromkeys("abcdef", where), second)
    assert list(found) == list("abcdef")
    assert found["a"] == os.getpid() != found["f"]
    assert len(set(found.values())) == 2


def test_a_job_tells_in_the_language_spoken_here(second):
    """There as here."""
    with language("de", "maximum"):
        assert shared({"here": where, "there": told_in}, second)["there"] == ("de", "maximum")


def test_what_a_job_warns_of_is_told_here(second):
    """With its kind, so that it can be turned off or into an error."""
    with pytest.warns(AssumptionWarning, match="all is equal") as met:
        assert shared({"here": where, "there": warn}, second)["there"] == 3
    assert [one.filename for one in met] == [__file__]


def test_a_fault_is_told_as_if_there_were_no_second_process(second):
    """With the same type and words."""
    with pytest.raises(InputError, match="weight: expected a number, found none"):
        shared({"here": where, "there": refuse}, second)


def test_a_failure_that_is_told_there_is_tried_here_again(second):
    """What only the other process can't do is done."""
    jobs = {"here": where, "there": partial(fail_there, os.getpid())}
    found = shared(jobs, second, lambda result: result == "failed")
    assert found["there"] == "done"


def test_what_cannot_be_sent_is_done_here(second):
    """A function made on the spot has no name by which another process finds it."""
    assert shared({"here": where, "there": lambda: 5}, second)["there"] == 5


def test_jobs_of_a_process_that_ended_are_done_here():
    """And so are those that it hadn't begun."""
    with second_process(WORTH_A_PROCESS) as executor:
        ends = partial(end_there, os.getpid())
        found = shared({"a": where, "b": told_in, "c": ends}, executor)
    assert found == {"a": os.getpid(), "b": ("en", "minimum"), "c": "here"}


@pytest.mark.parametrize("without", ["processors", "locks", "draws"])
def test_where_a_process_has_no_room_or_is_not_worth_it_one_does_all(without, monkeypatch):
    """One processor, a system that refuses the locks of a pool, or few draws."""

    def refused(*_):
        raise OSError("no locks")

    if without == "processors":
        monkeypatch.setattr(tested, "processors", lambda: 1)
    if without == "locks":
        monkeypatch.setattr(tested, "ProcessPoolExecutor", refused)
    draws = WORTH_A_PROCESS - 1 if without == "draws" else WORTH_A_PROCESS
    with second_process(draws) as executor:
        assert executor is None
        assert shared({"a": where, "b": told_in}, executor) == {
            "a": os.getpid(),
            "b": ("en", "minimum"),
        }


def test_it_ends_in_the_middle_of_a_job_and_others_go_on():
    """What else was begun meanwhile, by another thread or library, is not its business."""
    began = time.monotonic()
    with second_process(WORTH_A_PROCESS) as executor:
        other = get_context("spawn").Process(target=time.sleep, args=(60,))
        other.start()
        executor.submit(os.getpid).result()
        executor.submit(time.sleep, 60)
    assert time.monotonic() - began < 30
    assert other.is_alive()
    other.kill()
    other.join()


SCRIPT = """
import os, signal, time
from mcda.uncertainty.counting.second_process import WORTH_A_PROCESS, second_process

if __name__ == "__main__":
    # a program that runs in the background is made to ignore the keyboard
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with second_process(WORTH_A_PROCESS) as executor:
        print(executor.submit(os.getpid).result(), flush=True)
        executor.submit(time.sleep, 60)
        while True:  # a signal just before a sleep is met only after it
            time.sleep(0.05)
"""


def is_there(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="signals of other systems")
@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT])
def test_the_second_ends_with_the_first(stop, tmp_path):
    """However that is ended, also in the middle of a job."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as first:
        other = int(first.stdout.readline())
        assert is_there(other)
        first.send_signal(stop)
        try:
            first.wait(20)
        finally:
            first.kill()
        until = time.monotonic() + 20
        while is_there(other) and time.monotonic() < until:
            time.sleep(0.05)
    assert not is_there(other)
