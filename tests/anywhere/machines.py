"""The machines that are simulated: each a name, the settings that make one of another, and what it can't do here."""

import os
import platform
from dataclasses import dataclass, field
from pathlib import Path

from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

ROOT = Path(__file__).parents[2]
OWN = (
    "OPENBLAS_",
    "NPY_",
    "OMP_",
    "NUMBA_",
)  # settings that make a machine: none is taken over from outside
# numpy's own names: before 2.4 one a feature, since then also one a level of x86-64 (X86_V3 is AVX2 with FMA)
WIDE = ("AVX512", "X86_V4")
MIDDLE = ("AVX2", "FMA3", "X86_V3")
AVX512 = any(__cpu_features__.get(name, False) for name in ("AVX512F", "X86_V4"))


def disabled(*kinds):
    """The features to switch off in numpy: those it chooses at run time on this machine; others it would refuse."""
    found = [
        name for name in __cpu_dispatch__ if name.startswith(kinds) and __cpu_features__.get(name)
    ]
    return {"NPY_DISABLE_CPU_FEATURES": " ".join(found)} if found else {}


def threads(number):
    """So many threads for all that has threads."""
    return {f"{name}_NUM_THREADS": str(number) for name in ("OPENBLAS", "OMP", "NUMBA")}


@dataclass(frozen=True)
class Machine:
    """A simulated machine; python: its interpreter, where it is another; missing: why it can't be had, or blank."""

    name: str
    settings: dict = field(default_factory=dict)
    python: str = ""
    missing: str = ""

    def environment(self):
        """The environment of its commands: this one's, without settings of another leg."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
        return {**clean, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "", **self.settings}


def environment_of(name, needed):
    """The machine of an environment that the Makefile builds; left out where it had no such Python."""
    home = ROOT / f".venv-{name.split()[0]}"
    missing = "" if (home / ".ready").exists() else f"no {needed} was found"
    return Machine(name, python=str(home / "bin" / "python"), missing=missing)


def machines():
    """All of them, in the order in which they are tried."""
    no_avx512 = "" if AVX512 else "this processor has no AVX-512"
    no_x86 = (
        "" if platform.machine() in ("x86_64", "AMD64") else "its kernels are of another processor"
    )
    plain = {**disabled(*WIDE, *MIDDLE), "OPENBLAS_CORETYPE": "Prescott", **threads(1)}
    return [
        Machine("OpenBLAS on Haswell", {"OPENBLAS_CORETYPE": "Haswell"}, missing=no_x86),
        Machine("OpenBLAS on SkylakeX", {"OPENBLAS_CORETYPE": "SkylakeX"}, missing=no_avx512),
        Machine("OpenBLAS on Prescott", {"OPENBLAS_CORETYPE": "Prescott"}, missing=no_x86),
        Machine("numpy without AVX-512", disabled(*WIDE), missing=no_avx512),
        Machine("numpy without AVX2 and FMA", disabled(*WIDE, *MIDDLE)),
        Machine("plain processor, one thread", plain),
        Machine("numba for any processor", {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""}),
        Machine("one thread", threads(1)),
        Machine("two threads", threads(2)),
        environment_of("oldest packages", "Python 3.11 (make OLDEST=...)"),
        environment_of("newer Python", "Python after 3.11 (make NEWER=...)"),
    ]
