"""Settings of every test: properties are drawn the same way each time, and never timed; a line holds 80 characters."""

import os

from hypothesis import settings

settings.register_profile("mcda", deadline=None, derandomize=True, database=None)
settings.load_profile("mcda")
os.environ["COLUMNS"] = "80"
