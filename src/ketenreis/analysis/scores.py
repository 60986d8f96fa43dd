"""What do customers say in one figure, and how far can that figure be trusted?

Every score comes with its standard error, its interval and the number of answers, and says in its name which
of the customary definitions it follows.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ketenreis.analysis.yields import Interval, wilson, z_for
from ketenreis.errors import QuantityError

Ratings = Mapping[int, int]
"""How many customers gave each answer: {10: 31, 9: 19, ...}. Absent answers count as given by nobody."""


@dataclass(frozen=True, slots=True)
class Score:
    """One customer score.

    Attributes:
        name: Which definition it follows; print it with the value.
        value: The score, in the unit its name implies.
        se: Standard error, in the same unit; None when it cannot be estimated.
        interval: Where the true score plausibly lies; None when that cannot be estimated.
        n: How many answers.
    """

    name: str
    value: float
    se: float | None
    interval: Interval | None
    n: int


def nps(ratings: Ratings, confidence: float = 0.95) -> Score | None:
    """How much larger is the share that would recommend us (9-10) than the share that would not (0-6)?

    Args:
        ratings: Answers from 0 to 10 with their counts.
        confidence: Of the interval.

    Returns:
        The net promoter score from -100 to 100, with a score interval, which keeps its promise for small and
        one-sided samples, where the plain value plus or minus 1.96 standard errors does not; None without
        answers.

    Raises:
        QuantityError: An answer falls outside 0 to 10, or a count is negative.

    Source:
        Reichheld, F. (2003), The one number you need to grow, Harvard Business Review 81(12); variance and
        choice of interval: Rocks, B. (2016), The American Statistician 70, 365-372; the score interval of a
        difference of two shares of one sample: Tango, T. (1998), Statistics in Medicine 17, 891-908.

    Example:
        >>> found = nps({10: 50, 8: 30, 4: 20})
        >>> found.value, round(found.se, 2), round(found.interval.low, 1), round(found.interval.high, 1)
        (30.0, 7.81, 14.0, 44.3)
    """
    n = _number(ratings, 0, 10)
    z = z_for(confidence)
    if n == 0:
        return None
    up = sum(count for rating, count in ratings.items() if rating >= 9)
    down = sum(count for rating, count in ratings.items() if rating <= 6)
    net = (up - down) / n
    variance = max(0.0, (up + down) / n - net * net) / n
    interval = Interval(-100 * _furthest(down, up, n, z), 100 * _furthest(up, down, n, z))
    return Score("NPS", 100 * net, 100 * math.sqrt(variance), interval, n)


def csat(ratings: Ratings, scale: int = 5, confidence: float = 0.95) -> Score | None:
    """Which share of the customers gave one of the two highest answers?

    Args:
        ratings: Answers from 1 to `scale` with their counts.
        scale: The highest answer.
        confidence: Of the interval.

    Returns:
        A share from 0 to 1 with Wilson's interval; None without answers.

    Raises:
        QuantityError: An answer falls outside the scale, or a count is negative.

    Source:
        The customary "top two" share; Wilson (1927) for the interval.

    Example:
        >>> found = csat({5: 40, 4: 35, 3: 15, 1: 10})
        >>> found.name, found.value, found.n
        ('CSAT, top 2 of 5', 0.75, 100)
    """
    return _share_from(f"CSAT, top 2 of {scale}", ratings, scale - 1, scale, confidence)


def ces(
    ratings: Ratings,
    scale: int = 7,
    *,
    easy_from: int = 5,
    high_is_easy: bool = True,
    confidence: float = 0.95,
) -> Score | None:
    """Which share of the customers found it easy?

    Args:
        ratings: Answers from 1 to `scale` with their counts.
        scale: The highest answer.
        easy_from: From which answer on it counts as easy, with high meaning easy; on the usual scale of 7: 5.
        high_is_easy: True for "they made it easy" (agree or disagree); False for the older question "how much
            effort did it take", where a high answer means much effort. The answers are then turned round.
        confidence: Of the interval.

    Returns:
        A share from 0 to 1 with Wilson's interval; None without answers.

    Raises:
        QuantityError: An answer falls outside the scale, or a count is negative.

    Source:
        Dixon, M., Freeman, K., and Toman, N. (2010), Stop trying to delight your customers, Harvard Business
        Review 88(7-8), for the first form; the second form came later and turned the direction.

    Example:
        >>> ces({7: 30, 5: 30, 2: 40}).value, ces({1: 30, 3: 30, 6: 40}, high_is_easy=False).value
        (0.6, 0.6)
    """
    _number(ratings, 1, scale)
    turned = ratings if high_is_easy else {scale + 1 - rating: count for rating, count in ratings.items()}
    return _share_from(f"CES, {easy_from} or more of {scale}", turned, easy_from, scale, confidence)


def mean_score(ratings: Ratings, lowest: int, highest: int, confidence: float = 0.95) -> Score | None:
    """What is the mean answer?

    A mean treats the steps of the scale as equally wide; the share of high answers does not need that.

    Args:
        ratings: Answers from `lowest` to `highest` with their counts.
        lowest: The lowest answer of the scale.
        highest: The highest answer of the scale.
        confidence: Of the interval.

    Returns:
        The mean, with an interval by the normal approximation, kept within the scale; standard error and
        interval are None with a single answer. None without answers.

    Raises:
        QuantityError: An answer falls outside the scale, or a count is negative.

    Source:
        The standard error of a mean.

    Example:
        >>> found = mean_score({8: 2, 9: 2}, 1, 10)
        >>> found.name, found.value, round(found.se, 4)
        ('mean, 1 to 10', 8.5, 0.2887)
    """
    n = _number(ratings, lowest, highest)
    z = z_for(confidence)
    if n == 0:
        return None
    name = f"mean, {lowest} to {highest}"
    mean = sum(rating * count for rating, count in ratings.items()) / n
    if n == 1:
        return Score(name, mean, None, None, n)
    squares = math.fsum(count * (rating - mean) ** 2 for rating, count in ratings.items())
    se = math.sqrt(squares / (n - 1) / n)
    return Score(name, mean, se, Interval(max(lowest, mean - z * se), min(highest, mean + z * se)), n)


@dataclass(frozen=True, slots=True)
class Bands:
    """Marks out of ten in the three bands that chain and experience aim at: counts that add up to n."""

    below_eight: int
    eight: int
    nine_or_ten: int

    @property
    def n(self) -> int:
        """How many marks."""
        return self.below_eight + self.eight + self.nine_or_ten


def bands(marks: Ratings) -> Bands:
    """Is the base in order (nobody below 8), and how many customers are delighted (9 or 10)?

    One mean hides both: the chain aims at no mark below 8, the experience at 9 and 10.

    Args:
        marks: Marks from 1 to 10 with their counts.

    Returns:
        How many marks fall in each band.

    Raises:
        QuantityError: A mark falls outside 1 to 10, or a count is negative.

    Example:
        >>> bands({6: 5, 7: 10, 8: 60, 9: 20, 10: 5})
        Bands(below_eight=15, eight=60, nine_or_ten=25)
    """
    n = _number(marks, 1, 10)
    eight, high = marks.get(8, 0), marks.get(9, 0) + marks.get(10, 0)
    return Bands(n - eight - high, eight, high)


def _share_from(name: str, ratings: Ratings, lowest: int, scale: int, confidence: float) -> Score | None:
    """The share of answers from `lowest` up, as a score."""
    n = _number(ratings, 1, scale)
    if n == 0:
        return None
    high = sum(count for rating, count in ratings.items() if rating >= lowest)
    share = high / n
    return Score(name, share, math.sqrt(share * (1 - share) / n), wilson(high, n, confidence), n)


def _number(ratings: Ratings, lowest: int, highest: int) -> int:
    """How many answers there are, all within the scale."""
    for rating, count in ratings.items():
        if not lowest <= rating <= highest:
            raise QuantityError(f"{rating} is not an answer on a scale from {lowest} to {highest}")
        if count < 0:
            raise QuantityError(f"{count} is not a number of answers. Give 0 or more")
    return sum(ratings.values())


def _furthest(b: int, c: int, n: int, z: float) -> float:
    """The largest difference of shares that b and c out of n do not contradict at z standard errors."""
    low, high = (b - c) / n, 1.0
    # Sixty halvings leave less than the last digit; Tango's quartic solution is shorter only on paper.
    for _ in range(60):
        middle = (low + high) / 2
        # The share of the c kind that fits the data best when the difference is exactly `middle`.
        linear = (2 * n - b + c) * middle - b - c
        constant = -c * middle * (1 - middle)
        fitted = (math.sqrt(max(0.0, linear * linear - 8 * n * constant)) - linear) / (4 * n)
        variance = n * (2 * fitted + middle * (1 - middle))
        if n * middle - (b - c) <= z * math.sqrt(max(0.0, variance)):
            low = middle
        else:
            high = middle
    return low
