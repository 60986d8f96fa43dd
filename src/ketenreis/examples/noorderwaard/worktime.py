"""When does the town hall of Noorderwaard work? On working days, counted over the years that its cases touch."""

from datetime import date

import numpy as np

from ketenreis.examples.generator import BLOCK, DAY, HOUR, Real, Whole
from ketenreis.examples.noorderwaard.parameters import Parameters

_DAY_ZERO = date(1970, 1, 1)
_MONDAY = 4
"""The first Monday, in days since 1970."""
_DAYS = 800
"""How many days are laid out: from the first application until long after the export."""


class Desk:
    """The working days of the town hall; times are seconds on the wall clock since 1970."""

    def __init__(self, parameters: Parameters, random: np.random.Generator) -> None:
        first = (parameters.first_day - _DAY_ZERO).days
        days = np.arange(first - 14, first + _DAYS)
        closed = [(day - _DAY_ZERO).days for day in parameters.holidays]
        self.days: Whole = days[((days - _MONDAY) % 7 < 5) & ~np.isin(days, closed)]
        self.random = random

    def after(self, local: Whole, days: Whole, opens: float = 9, closes: float = 17) -> Whole:
        """A moment between two hours, so many working days after a day; 0 is the day itself, or the last before it."""
        place = np.searchsorted(self.days, local // DAY, side="right") - 1 + days
        return self._between(self.days[place], opens, closes)

    def at(self, local: Whole, opens: float = 9, closes: float = 17) -> Whole:
        """The moment itself where the desk is open then, else a moment on the first working day from then on."""
        day = local // DAY
        working = self.days[np.searchsorted(self.days, day, side="left")]
        second = local % DAY
        is_open = (working == day) & (second >= opens * HOUR) & (second < closes * HOUR)
        return np.where(is_open, local, self._between(working, opens, closes)).astype(np.int64)

    def few(self, low: int, high: int) -> Whole:
        """So many days for each case, drawn evenly, both ends included."""
        return self.random.integers(low, high + 1, BLOCK)

    def _between(self, day: Whole, opens: float, closes: float) -> Whole:
        """A moment between two hours of a day, drawn evenly."""
        length = int((closes - opens) * HOUR)
        moment: Whole = day * DAY + int(opens * HOUR) + self.random.integers(0, length, BLOCK)
        return moment


def hour_of(day: date, hour: int = 0) -> int:
    """An hour of the wall clock, counted since 1970."""
    return (day - _DAY_ZERO).days * 24 + hour


def busy(parameters: Parameters) -> Real:
    """How busy each hour is, from the first day until the end of the last."""
    hours = np.arange(hour_of(parameters.first_day), hour_of(parameters.last_day, 24))
    day = hours // 24
    swing = 1 + parameters.season * np.cos(2 * np.pi * (day - day[0]) / 365)
    weekday = np.array(parameters.weekday)[(day - _MONDAY) % 7]
    weights: Real = swing * weekday * np.array(parameters.hour)[hours % 24]
    return weights
