"""Where does a value lie on a line, and at which values do we write something beside it?"""

import math
from dataclasses import dataclass

_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of values, drawn from 0 to 1.

    Example:
        >>> Scale(0.9, 1.0).at(0.95), Scale(0.9, 1.0).at(2)
        (0.5, 1.0)
    """

    low: float
    high: float

    def at(self, value: float) -> float:
        """How far along a value lies, kept on the line."""
        along = (value - self.low) / (self.high - self.low)
        return round(min(1.0, max(0.0, along)), 6)

    def percent(self, value: float) -> str:
        """The same as a length in SVG or CSS."""
        return f"{100 * self.at(value):.4g}%"


def ticks(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Round values that cover a stretch, the first at or below it and the last at or above it.

    Args:
        low: The smallest value to show.
        high: The largest.
        most: How many steps to take at most.

    Returns:
        Two values or more, evenly spaced.

    Example:
        >>> ticks(0.932, 0.99), ticks(0, 3)
        ((0.92, 0.94, 0.96, 0.98, 1.0), (0.0, 1.0, 2.0, 3.0))
    """
    if not high > low:
        high = low + 1
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    for factor in (*_STEPS, 20):
        step = factor * power
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= most:
            break
    return tuple(round(index * step, 12) for index in range(first, last + 1))


def share_ticks(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """The same for shares, which never leave 0 to 1.

    Example:
        >>> share_ticks(0.9934, 1.0)
        (0.992, 0.994, 0.996, 0.998, 1.0)
    """
    if high - low < 0.004:
        low, high = max(0.0, high - 0.01), min(1.0, low + 0.01)
    return tuple(value for value in ticks(max(0.0, low), min(1.0, high), most) if 0 <= value <= 1)
