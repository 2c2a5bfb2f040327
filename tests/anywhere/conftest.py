"""The runner is a script beside its table of machines: it is run, not imported."""

collect_ignore = ["run.py"]
