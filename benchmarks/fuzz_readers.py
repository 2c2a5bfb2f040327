"""Fuzz the readers of strangers' files at the level of bytes; it ends at anything but a table or an InputError.

Needs atheris: `python benchmarks/fuzz_readers.py .csv -runs=20000` (or .xml, .json, .xlsx), with further options of
libFuzzer, such as -max_total_time, -rss_limit_mb and -timeout.
"""

import sys
import tempfile
import warnings
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mcda"]):
    import mcda
    from mcda.files.interchange import xmcda  # noqa: F401, they are read as code before they are run

SEEDS = Path(__file__).parents[1] / "tests" / "published" / "adversarial"
SMALL = mcda.Limits(file_bytes=1_000_000, unpacked_bytes=5_000_000, cells=20_000)


def main() -> None:
    """Run with the files of the same ending as seeds."""
    ending = sys.argv.pop(1)
    folder = Path(tempfile.mkdtemp())
    path = folder / f"input{ending}"
    seeds = folder / "seeds"
    seeds.mkdir()
    for seed in SEEDS.glob(f"*{ending}"):
        (seeds / seed.name).write_bytes(seed.read_bytes())

    def once(content: bytes) -> None:
        path.write_bytes(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                found = mcda.read_matrix(path, limits=SMALL)
            except mcda.InputError:
                return
        if found.performances.isna().any(axis=None):
            raise AssertionError("a missing number came through")

    atheris.Setup([*sys.argv, str(seeds)], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
