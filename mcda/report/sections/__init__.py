"""The sections of a report: each function takes a study and returns a section, also where it has nothing to tell."""
