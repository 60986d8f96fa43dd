"""How often does it go right, and how sure are we of that?

Shares, their intervals, and the yield of several steps together. `sigma` says the same counts in the words of
Six Sigma.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

from ketenreis.errors import QuantityError

_STANDARD = NormalDist()


@dataclass(frozen=True, slots=True)
class Interval:
    """Everything from `low` up to and including `high`, in the unit of the figure it belongs to.

    Example:
        >>> 0.95 in Interval(0.91, 0.99), Interval(0.91, 0.99).width < 0.1
        (True, True)
    """

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def width(self) -> float:
        """How far the two ends lie apart."""
        return self.high - self.low


def z_for(confidence: float) -> float:
    """How many standard errors an interval of this confidence reaches to either side.

    Args:
        confidence: Between 0 and 1, for example 0.95.

    Returns:
        The two-sided standard normal quantile.

    Raises:
        QuantityError: The confidence is not between 0 and 1.

    Example:
        >>> round(z_for(0.95), 4)
        1.96
    """
    if not 0 < confidence < 1:
        raise QuantityError(
            f"{confidence} is not a confidence. Give a share between 0 and 1, for example 0.95"
        )
    return _STANDARD.inv_cdf((1 + confidence) / 2)


def attainment(fulfilled: int, violated: int) -> float | None:
    """Which share of the judged cases kept the requirement?

    Args:
        fulfilled: Cases that kept it.
        violated: Cases that did not. Pending, excluded and not activated cases count in neither.

    Returns:
        A share from 0 to 1; None when no case was judged.

    Raises:
        QuantityError: A count is negative.

    Example:
        >>> attainment(97, 3), attainment(0, 0)
        (0.97, None)
    """
    require_part(fulfilled, fulfilled + violated)
    return fulfilled / (fulfilled + violated) if fulfilled + violated else None


def wilson(successes: int, n: int, confidence: float = 0.95) -> Interval | None:
    """Between which shares does the true share plausibly lie, given `successes` out of `n`?

    Args:
        successes: How many of the judged cases count.
        n: How many cases were judged.
        confidence: How sure the interval is to hold the true share, in the long run.

    Returns:
        The score interval, two shares from 0 to 1; None when nothing was judged. It never leaves 0 to 1 and
        does not shrink to a point at 0 or n successes.

    Raises:
        QuantityError: The successes are not a part of n, or the confidence is not a share.

    Source:
        Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
        Journal of the American Statistical Association 22, 209-212.

    Example:
        >>> found = wilson(97, 100)
        >>> round(found.low, 3), round(found.high, 3)
        (0.915, 0.99)
    """
    require_part(successes, n)
    z = z_for(confidence)
    if n == 0:
        return None
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # At the ends the bound is exactly 0 or 1; rounding must not push it beyond the share itself.
    low = 0.0 if successes == 0 else min(share, max(0.0, centre - half))
    high = 1.0 if successes == n else max(share, min(1.0, centre + half))
    return Interval(low, high)


def newcombe(one: int, of_one: int, other: int, of_other: int, confidence: float = 0.95) -> Interval | None:
    """Between which values does the difference of two independent shares plausibly lie?

    Args:
        one: How many on the side that the other is taken from.
        of_one: Of how many.
        other: How many on the other side.
        of_other: Of how many.
        confidence: Of the interval.

    Returns:
        The hybrid score interval of the first share minus the second, from −1 to 1; None when a side is empty.

    Raises:
        QuantityError: A part is larger than its whole, or the confidence is not a share.

    Source:
        Newcombe, R. G. (1998), Interval estimation for the difference between independent proportions: comparison of
        eleven methods, Statistics in Medicine 17, 873-890, method 10.

    Example:
        >>> found = newcombe(56, 70, 48, 80)
        >>> round(found.low, 4), round(found.high, 4)
        (0.0524, 0.3339)
    """
    require_part(one, of_one)
    require_part(other, of_other)
    first, second = wilson(one, of_one, confidence), wilson(other, of_other, confidence)
    if first is None or second is None:
        return None
    p, q = one / of_one, other / of_other
    low = p - q - math.hypot(p - first.low, second.high - q)
    high = p - q + math.hypot(first.high - p, q - second.low)
    return Interval(max(-1.0, low), min(1.0, high))


def throughput_yield(dpu: float) -> float:
    """Which share of units leaves a step without any defect, if defects fall independently?

    Args:
        dpu: Defects per unit of the step, 0 or more.

    Returns:
        A share from 0 to 1: the Poisson probability of no defect.

    Raises:
        QuantityError: The rate is negative.

    Source:
        Harry, M., and Schroeder, R. (2000), Six Sigma: Y = exp(-DPU).

    Example:
        >>> round(throughput_yield(0.10), 6)
        0.904837
    """
    if not dpu >= 0:
        raise QuantityError(f"{dpu} is not a number of defects per unit. Give 0 or more")
    return math.exp(-dpu)


def rolled_throughput_yield(yields: Iterable[float]) -> float | None:
    """Which share comes through all steps without a defect, if the steps fail independently?

    They seldom do: show `first_time_right`, counted per case, beside it.

    Args:
        yields: The share that each step does right.

    Returns:
        The product, a share from 0 to 1; None without steps.

    Raises:
        QuantityError: A yield is not a share.

    Source:
        Harry, M., and Schroeder, R. (2000), Six Sigma: RTY is the product of the throughput yields.

    Example:
        >>> round(rolled_throughput_yield([0.904837, 0.951229, 0.992032]), 5)
        0.85385
    """
    shares = list(yields)
    for share in shares:
        _require_share(share)
    # Sorted, so that the order of the steps cannot change even the last digit.
    return math.prod(sorted(shares)) if shares else None


def normalised_yield(rolled: float, steps: int) -> float:
    """Which yield would every step have, if all were equally good and gave this rolled yield?

    Args:
        rolled: The rolled throughput yield, a share.
        steps: Over how many steps, 1 or more.

    Returns:
        The geometric mean of the steps' yields, a share from 0 to 1.

    Raises:
        QuantityError: The yield is not a share, or there are no steps.

    Source:
        Harry, M., and Schroeder, R. (2000), Six Sigma: the m-th root of RTY.

    Example:
        >>> round(normalised_yield(0.853850, 3), 6)
        0.948696
    """
    _require_share(rolled)
    if steps < 1:
        raise QuantityError(f"{steps} steps have no yield. Give 1 step or more")
    return float(rolled ** (1 / steps))


@dataclass(frozen=True, slots=True)
class FirstTimeRight:
    """First time right as counted per case, with the product of the steps beside it.

    Attributes:
        share: Cases that went right at every step / judged cases; None when none was judged.
        n: How many cases were judged.
        interval: Wilson's interval of the share; None when none was judged.
        rolled: What independent steps would give: the product of their yields; None without steps.
        clustered: True when the counted share lies above the product by more than chance, so that failures
            gather in the same cases; False when it lies below, so that they spread over more cases than
            chance would; None when the two do not differ beyond the interval or cannot be compared.
    """

    share: float | None
    n: int
    interval: Interval | None
    rolled: float | None
    clustered: bool | None


def first_time_right(
    right: int, wrong: int, steps: Iterable[float] = (), confidence: float = 0.95
) -> FirstTimeRight:
    """Which share of the cases went right at every step, and do failures gather in the same cases?

    Args:
        right: Judged cases without a single failure, counted per case.
        wrong: Judged cases with at least one failure.
        steps: The yield of each step, over the same cases; for the comparison only.
        confidence: Of the interval that decides whether share and product differ.

    Returns:
        The counted share with its interval, and the product as a comparison.

    Raises:
        QuantityError: A count is negative, a yield is not a share, or the confidence is not one.

    Source:
        Counted directly; the comparison is plain reasoning: with independent steps the two agree.

    Example:
        >>> found = first_time_right(90, 10, [0.9, 0.9])
        >>> found.share, round(found.rolled, 2), found.clustered
        (0.9, 0.81, True)
    """
    share, interval = attainment(right, wrong), wilson(right, right + wrong, confidence)
    rolled = rolled_throughput_yield(steps)
    clustered = None
    if share is not None and interval is not None and rolled is not None and rolled not in interval:
        clustered = rolled < share
    return FirstTimeRight(share, right + wrong, interval, rolled, clustered)


def require_counts(*counts: int) -> None:
    """Refuses a count below zero.

    Raises:
        QuantityError: A count is negative.

    Example:
        >>> require_counts(0, 12)
    """
    for count in counts:
        if count < 0:
            raise QuantityError(f"{count} is not a count. Give 0 or more")


def require_part(part: int, whole: int) -> None:
    """Refuses a part that does not fit in its whole.

    Raises:
        QuantityError: The part is negative or larger than the whole.

    Example:
        >>> require_part(3, 12)
    """
    if not 0 <= part <= whole:
        raise QuantityError(f"{part} out of {whole} is not a share. The part runs from 0 to the whole")


def _require_share(share: float) -> None:
    """Refuses what is not a share."""
    if not 0 <= share <= 1:
        raise QuantityError(f"{share} is not a share. Give a number from 0 to 1")
