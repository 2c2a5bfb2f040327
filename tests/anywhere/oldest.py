"""The requirements of the oldest leg, for pip: numpy, pandas, scipy and matplotlib at the bounds, all else as locked.

The leg differs from others in these four, and what came with them, alone. Nothing is left for pip to resolve:
scikit-criteria, an oracle of the tests and no dependency, asks for newer ones than we do, and works with these.
"""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
OLD = ("numpy", "pandas", "scipy", "matplotlib")
BESIDES = ("pytz",)  # what the locked pandas no longer needs


def bounds():
    """The lower bound of each of the four, as `pyproject.toml` states it."""
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "dependencies"
    ]
    found = dict(re.fullmatch(r"([\w-]+)>=([\d.]+).*", line).groups() for line in stated)
    return {name: found[name] for name in OLD}


def requirements():
    """The lines of the lock without hashes, with the bound where there is one."""
    lowest = bounds()
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        pinned = re.match(r"([\w.-]+)==([^\s;\\]+)\s*(;[^\\]*)?", line)
        if pinned:
            name, version, marker = pinned.groups()
            yield f"{name}=={lowest.get(name, version)} {marker or ''}".strip()
    yield from BESIDES


if __name__ == "__main__":
    print("\n".join(requirements()))
