"""One file, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from mcda.checks.faults import Fault, InputError


def written(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all, and return its path.

    Raises InputError where nothing can be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    except OSError as error:
        raise InputError(
            Fault(str(path.parent), "a folder to write to", error.strerror or str(error))
        ) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
    return path
