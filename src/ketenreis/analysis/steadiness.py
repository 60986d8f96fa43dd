"""Stable and good enough: which of four things does this process ask for?"""

from dataclasses import dataclass

from ketenreis.analysis.chart import Chart, TooFewPoints


@dataclass(frozen=True, slots=True)
class Steadiness:
    """One of the four answers to two questions: is it stable, and is it good enough?"""

    stable: bool
    capable: bool
    id: str
    nl: str
    en: str


QUADRANT = (
    Steadiness(True, True, "leave alone", "met rust laten", "leave alone"),
    Steadiness(True, False, "redesign", "anders inrichten", "redesign"),
    Steadiness(False, True, "find the cause", "oorzaak zoeken: nu nog geluk", "find the cause: luck so far"),
    Steadiness(False, False, "firefight first", "eerst de uitschieters stoppen", "firefight first"),
)
"""The four answers. A stable process that falls short does not improve by trying harder: its design must change."""


def steadiness(chart: Chart | TooFewPoints, share: float | None, agreed: float) -> Steadiness | None:
    """Should this process be left alone, redesigned, searched for a cause, or brought to rest first?

    Args:
        chart: The control chart of the requirement, over the period that the question is about.
        share: The share of cases that kept the requirement in that period; None when none was judged.
        agreed: The share that was agreed on.

    Returns:
        One row of `QUADRANT`; None (cannot say) with too few points or no judged case. Whether the share
        meets the agreed one is taken at face value: show its interval beside the answer.

    Source:
        Wheeler, D. J. (1993), Understanding Variation: the four possibilities for any process.

    Example:
        >>> from ketenreis.analysis.chart import Point
        >>> from ketenreis.analysis.control import shares
        >>> chart = shares([Point.of(str(week), 97, 100) for week in range(20)])
        >>> steadiness(chart, 0.97, 0.99).id, steadiness(TooFewPoints("p", 4), 0.97, 0.99)
        ('redesign', None)
    """
    if isinstance(chart, TooFewPoints) or share is None:
        return None
    return next(row for row in QUADRANT if (row.stable, row.capable) == (chart.stable, share >= agreed))
