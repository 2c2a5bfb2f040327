"""Settings of every test: properties are drawn the same way each time, and never timed."""

from hypothesis import settings

settings.register_profile("mcda", deadline=None, derandomize=True, database=None)
settings.load_profile("mcda")
