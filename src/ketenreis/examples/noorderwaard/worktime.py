"""When does the town hall of Noorderwaard work? On working days, counted over the years that its cases touch."""

import numpy as np

from ketenreis.examples.generator import BLOCK, DAY, HOUR, MONDAY, Whole, day_of
from ketenreis.examples.noorderwaard.parameters import Parameters

_DAYS = 800
"""How many days are laid out: from the first application until long after the export."""


class Desk:
    """The working days of the town hall; times are seconds on the wall clock since 1970."""

    def __init__(self, parameters: Parameters, random: np.random.Generator) -> None:
        first = day_of(parameters.first_day)
        days = np.arange(first - 14, first + _DAYS)
        closed = [day_of(day) for day in parameters.holidays]
        self.days: Whole = days[((days - MONDAY) % 7 < 5) & ~np.isin(days, closed)]
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
