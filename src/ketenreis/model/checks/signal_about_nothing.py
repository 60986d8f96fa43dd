"""A signal from customers or staff that hangs on no step, touchpoint or activity.

Why it matters to the customer: a complaint that belongs nowhere is read once, and answered by nobody.

Smallest example:
    signals: [{id: stil, text: Ik hoor niets}]

How to mend it: hang it where it belongs: about: [step, touchpoint or activity].

Keeps silent: as long as the model holds no step and no activity.
"""

from collections.abc import Iterator

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

LEVEL: Level = "advice"


def check(model: Model) -> Iterator[Finding]:
    """Finds the signals that are about nothing in the model."""
    if not model.of_kind("step", "activity"):
        return
    for signal in model.of_kind("signal"):
        if not model.out(signal.id, "about"):
            yield Finding("signal_about_nothing", LEVEL, (signal.id,))
