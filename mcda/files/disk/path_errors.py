"""Whether an error of the system is a fault of the path that was given, or trouble of the machine."""

from __future__ import annotations

import errno
from pathlib import Path

from mcda.checks.faults import Fault, InputError

# what is wrong with the path that was given; any other trouble is the machine's
OF_THE_PATH = {
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EEXIST,
    errno.ENOTEMPTY,
    errno.ENAMETOOLONG,
    errno.ELOOP,
    errno.EINVAL,
    errno.EILSEQ,
    errno.ENXIO,
    errno.ENODEV,
}


def of_the_path(
    error: OSError | ValueError, name: str, expected: str, path: Path, remedy: str = ""
) -> InputError | OSError:
    """Return the error to raise for one of the system: of the input where the path is at fault.

    Trouble of the machine (no space, no permission, too many files) stays an OSError with its path.
    """
    if isinstance(error, OSError) and error.errno not in OF_THE_PATH:
        return OSError(error.errno, error.strerror or str(error), str(path))
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(Fault(name, expected, reason, remedy))
