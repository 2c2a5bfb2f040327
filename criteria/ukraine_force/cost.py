"""Cost (C2): what contributors pay beyond existing aid and existing pay bills.

Yearly cost (C2.1) is derived: people times a cost per head that all options of one kind of force
share, plus what the option adds in air and sea parts. With a shared cost per head a smaller force
of the same kind is always the cheaper one, however uncertain that cost is. Published comparisons
differ in what they count, mostly added cost without pay and wear; the only published estimate of
such a force lies far below every combat-capable comparison. A renewed war is an event of the
question with a loss in money: it counts where a structure prices it. Set-up cost (C2.2) and the
share of the two largest payers (C2.3) are judged.
"""

import numpy as np

import mcda


def yearly_cost(problem: mcda.Problem, estimates: mcda.Drawn) -> np.ndarray:
    """Return the added cost of a year at steady state, (..., options), in EUR bn at 2025 prices.

    Deployed and earmarked strength (thousands) times the unit cost of the kind of force (EUR m per
    person-year), plus the option's add-on (EUR bn). Source: claims C02 to C21.
    """
    options = problem.options.index
    strength = estimates.along("C1.1", options) + estimates.along("earmarked_strength", options)
    per_head = estimates.along("unit_cost", problem.options["force_kind"])
    return strength * per_head + estimates.along("addon", options)


MEASURES = {"yearly_cost": yearly_cost}
