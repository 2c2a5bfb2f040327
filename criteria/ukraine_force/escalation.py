"""Russian escalation risk (C4): armed incidents, a refused ceasefire, and a new attack on Ukraine.

Every leaf is judged, with a range: nothing measured elsewhere transfers well, and escalation is an
adversary's choice. More force may provoke an incident (C4.1) and raise the level to which incidents
climb (C4.2), and Russia may reject it (C4.3), while it makes a renewed attack less likely (C4.4).
The four pull against each other on purpose: an option that sends nothing avoids every incident and
leaves the largest chance of a new war. C4.4 shares its drivers with deterrent effect (C1.3).
"""

import mcda

MEASURES: dict[str, mcda.Measure] = {}
