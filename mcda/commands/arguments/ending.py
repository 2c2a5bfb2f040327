"""How a command ends when something stops it: one plain line, and a status that a script can tell apart."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
import traceback
from contextlib import suppress
from typing import TextIO

from mcda.checks.faults import InputError
from mcda.files.disk.path_errors import OF_THE_PATH
from mcda.reporting.terminal.lines import tell

DONE = 0  # the exit status of work that is done
INPUT_AT_FAULT = 1  # that of input which must be mended
MACHINE_FAILED = 3  # 2 is wrong usage
INTERRUPTED = 130  # as shells count a stop by the keyboard
WHERE = "MCDA_TRACEBACK"  # set it to see where in the code an error came from
IN_XML = "IO_"  # how the writer of XML begins the name of an error of the system
NO_READER = {errno.EPIPE, errno.ESHUTDOWN}


def ending(error: BaseException) -> int:
    """Tell in one line what stopped a command, and return its status.

    1: the input is at fault. 3: the machine failed (space, permission, memory), or the toolkit
    itself did. 130: interrupted. A reader that went away (`mcda rank uk | head`) is no fault.
    """
    if isinstance(error, BrokenPipeError) or getattr(error, "errno", None) in NO_READER:
        return DONE
    if isinstance(error, KeyboardInterrupt):
        tell("interrupted; what was finished before stays, nothing is left half written")
        return INTERRUPTED
    error = _of_the_system(error)
    sentence = _words(error)
    tell(sentence)
    of_the_input = isinstance(error, InputError | RecursionError)
    of_a_path = isinstance(error, OSError) and error.errno in OF_THE_PATH
    return INPUT_AT_FAULT if of_the_input or of_a_path else MACHINE_FAILED


def _of_the_system(error: BaseException) -> BaseException:
    """Return an error of the system as such, where the writer of XML gave it a type of its own.

    A workbook is made of files that it writes; on a full disk it raises its error with a word such
    as IO_ENOSPC.
    """
    word = str(error)
    if type(error).__name__ != "SerialisationError" or not word.startswith(IN_XML):
        return error
    number = getattr(errno, word.removeprefix(IN_XML), errno.EIO)
    return OSError(number, os.strerror(number), "a temporary file")


def release(error: BaseException) -> None:
    """Let go of all that an error holds open; what fails once more by that isn't told again."""
    hook = sys.unraisablehook
    sys.unraisablehook = lambda _: None
    try:
        cause: BaseException | None = error
        while cause is not None:
            traceback.clear_frames(cause.__traceback__)
            cause = cause.__context__
        # what is read is closed by its reader; the search takes long beside telling a fault
        if not isinstance(error, InputError):
            gc.collect()  # what holds itself open, such as the half-written sheet of a workbook
    finally:
        sys.unraisablehook = hook


def _words(error: BaseException) -> str:
    if isinstance(error, InputError):
        return str(error)
    if isinstance(error, MemoryError):
        return "the machine has no more memory; ask for fewer draws, or a smaller question"
    if isinstance(error, RecursionError):
        return "the input is nested too deeply to be read; write it plainly"
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename not in (None, "") else ""
        held = "; close it where it is open, or choose another place" if _is_held(error) else ""
        return f"{where}{error.strerror or error}; nothing was left half written{held}"
    what = f"{type(error).__name__}: {error}".split("\n")[0][:300]
    return f"the toolkit itself failed ({what}); set {WHERE}=1 to see where, and report it"


def _is_held(error: OSError) -> bool:
    """Say whether another program may hold the file, as Excel holds one that it shows on Windows."""
    return isinstance(error, PermissionError) and error.filename not in (None, "")


def flush() -> None:
    """Write out what was printed, so that a full disk is noticed while it can still be told."""
    if sys.stdout is not None:
        sys.stdout.flush()


def let_go() -> None:
    """Forget what couldn't be printed: the interpreter would try it again when it ends."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            if _is_lost(stream):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)


def _is_lost(stream: TextIO) -> bool:
    try:
        stream.flush()
    except OSError:
        return True
    return False


class Closed(io.TextIOBase):
    """Standard output that was closed before the command began: what is printed is lost, and said to be."""

    def write(self, text: str) -> int:
        """Refuse to print."""
        raise OSError(errno.EBADF, "it is closed", "standard output")
