"""Dependence on the U.S. (C5): how far an option works only with American support.

Less dependence counts as better, which is a choice: it suits those who want Europe to stand alone.
Kyiv and Warsaw want the United States in, and give the U.S. share of enablers (C5.1) no weight.
What is lost without a backstop (C5.2) and the years until Europe can replace the enablers (C5.3)
are judged as well. C5.1 and C5.2 move together; dependence is also a future (the backstop is there
or not), and whoever weighs both counts part of it twice.
"""

import mcda

MEASURES: dict[str, mcda.Measure] = {}
