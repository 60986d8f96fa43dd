"""Does the process, as it runs, fit within its limits: how much room is there?

These indices compare limits with spread and lean on a stable process and (but for `cnpk`) on normal values.
Service times are skewed, so the counted yield comes first (`yields`); a capability index goes with its caution.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ketenreis.analysis.sigma import require_spread
from ketenreis.analysis.yields import Interval, z_for
from ketenreis.errors import QuantityError

Caution = Literal["assumes normal values", "not shown to be stable"]
"""What a reader must know beside an index."""

_LOWEST, _HIGHEST = 0.00135, 0.99865  # what a normal distribution leaves beyond three standard deviations
_FEWEST = math.ceil(1 / _LOWEST)  # with fewer values no value stands for the outer 0.135 %


def cp(sigma: float, *, lsl: float, usl: float) -> float:
    """How many times does the natural spread (six standard deviations) fit between the limits?

    Args:
        sigma: Standard deviation within a short time, above 0. With the overall one the index is called Pp.
        lsl: Lower limit.
        usl: Upper limit.

    Returns:
        The index, without unit; 1 means it just fits, wherever the mean lies.

    Raises:
        QuantityError: The spread is not above 0, or the limits stand the wrong way round.

    Source:
        Kane, V. E. (1986), Process capability indices, Journal of Quality Technology 18, 41-52.

    Example:
        >>> round(cp(2, lsl=14, usl=28), 4)
        1.1667
    """
    require_spread(sigma, lsl, usl)
    return (usl - lsl) / (6 * sigma)


def cpk(mean: float, sigma: float, *, lsl: float | None = None, usl: float | None = None) -> float | None:
    """How much room is there to the nearest limit, in units of three standard deviations?

    Args:
        mean: Mean of the values.
        sigma: Standard deviation within a short time, above 0. With the overall one the index is called Ppk.
        lsl: Lower limit; None leaves only the upper one (Cpu).
        usl: Upper limit; None leaves only the lower one (Cpl).

    Returns:
        The index, without unit, negative when the mean itself lies outside; None without any limit.

    Raises:
        QuantityError: The spread is not above 0, or the limits stand the wrong way round.

    Source:
        Kane, V. E. (1986), Process capability indices, Journal of Quality Technology 18, 41-52.

    Example:
        >>> cpk(20, 2, lsl=14, usl=28), round(cpk(20, 2, usl=28), 4)
        (1.0, 1.3333)
    """
    require_spread(sigma, lsl, usl)
    rooms = [] if usl is None else [usl - mean]
    rooms += [] if lsl is None else [mean - lsl]
    return min(rooms) / (3 * sigma) if rooms else None


def cpm(mean: float, sigma: float, *, lsl: float, usl: float, target: float) -> float:
    """How many times does the spread around the target (not around the mean) fit between the limits?

    Args:
        mean: Mean of the values.
        sigma: Standard deviation, above 0.
        lsl: Lower limit.
        usl: Upper limit.
        target: What is aimed at.

    Returns:
        The index, without unit; equal to Cp when the mean is on target, and lower otherwise.

    Raises:
        QuantityError: The spread is not above 0, or the limits stand the wrong way round.

    Source:
        Chan, L. K., Cheng, S. W., and Spiring, F. A. (1988), A new measure of process capability: Cpm,
        Journal of Quality Technology 20, 162-175.

    Example:
        >>> round(cpm(20, 2, lsl=14, usl=28, target=21), 4)
        1.0435
    """
    require_spread(sigma, lsl, usl)
    return (usl - lsl) / (6 * math.hypot(sigma, mean - target))


def cpk_interval(cpk: float, n: int, confidence: float = 0.95) -> Interval | None:
    """Between which values does the true Cpk plausibly lie?

    Args:
        cpk: The estimate.
        n: From how many values it was made.
        confidence: How sure the interval is, for normal values.

    Returns:
        An approximate interval; None below 2 values.

    Raises:
        QuantityError: The confidence is not a share.

    Source:
        Bissell, A. F. (1990), How reliable is your capability index?, Applied Statistics 39, 331-340.

    Example:
        >>> found = cpk_interval(1, 100)
        >>> round(found.low, 3), round(found.high, 3)
        (0.846, 1.154)
    """
    half = z_for(confidence)
    if n < 2:
        return None
    half *= math.sqrt(1 / (9 * n) + cpk * cpk / (2 * (n - 1)))
    return Interval(cpk - half, cpk + half)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far values reach without assuming a shape: the 0.135 %, 50 % and 99.865 % quantiles."""

    low: float
    median: float
    high: float


def reach(values: Iterable[float]) -> Reach | None:
    """How far do these values reach, leaving out as much as a normal distribution leaves beyond three sigma?

    Args:
        values: The measured values, in any order.

    Returns:
        Three quantiles in the unit of the values, interpolated between neighbours; None below 741 values,
        since fewer hold no value for the outer 0.135 %.

    Example:
        >>> reach(range(10_001))
        Reach(low=13.5, median=5000.0, high=9986.5)
        >>> reach([1, 2, 3]) is None
        True
    """
    ordered = sorted(values)
    if len(ordered) < _FEWEST:
        return None
    return Reach(*(_quantile(ordered, share) for share in (_LOWEST, 0.5, _HIGHEST)))


def cnpk(reach: Reach, *, lsl: float | None = None, usl: float | None = None) -> float | None:
    """How much room is there to the nearest limit, for values of any shape?

    Args:
        reach: The three quantiles of the values.
        lsl: Lower limit; None when there is none.
        usl: Upper limit; None when there is none.

    Returns:
        The index, which equals Cpk when values are normal; None without any limit, or when the values do not
        spread at all towards a limit.

    Raises:
        QuantityError: The limits stand the wrong way round.

    Source:
        Clements, J. A. (1989), Process capability calculations for non-normal distributions, Quality
        Progress 22, 95-100; with empirical quantiles, as Minitab's nonparametric Cnpk.

    Example:
        >>> cnpk(Reach(-3, 0, 3), lsl=-4, usl=3)
        1.0
    """
    require_spread(1.0, lsl, usl)
    pairs = [] if usl is None else [(usl - reach.median, reach.high - reach.median)]
    pairs += [] if lsl is None else [(reach.median - lsl, reach.median - reach.low)]
    if not pairs or any(spread <= 0 for _, spread in pairs):
        return None
    return min(room / spread for room, spread in pairs)


@dataclass(frozen=True, slots=True)
class Capability:
    """Capability or performance of one requirement's values, under the right name.

    Attributes:
        name: "Cp/Cpk" when the process was shown to be stable (spread within a short time), else "Pp/Ppk"
            (overall spread: performance, not capability).
        fit: Cp or Pp; None when a limit is lacking.
        nearest: Cpk or Ppk.
        interval: Of `nearest`, for normal values; None below 2 values.
        target: Cpm; None without a target or a limit.
        cautions: What must be said beside the figures.
    """

    name: Literal["Cp/Cpk", "Pp/Ppk"]
    fit: float | None
    nearest: float
    interval: Interval | None
    target: float | None
    cautions: tuple[Caution, ...]


def capability(
    mean: float,
    *,
    n: int,
    within: float,
    overall: float,
    stable: bool | None,
    lsl: float | None = None,
    usl: float | None = None,
    target: float | None = None,
) -> Capability:
    """How well do the values fit their limits, and may that be called capability?

    Capability exists only for a stable process. When the control chart does not show one, the overall spread
    is used and the answer is called performance.

    Args:
        mean: Mean of the values.
        n: How many values.
        within: Standard deviation within a short time, as the control chart uses it.
        overall: Standard deviation of all values.
        stable: What the control chart says; None when it could not say.
        lsl: Lower limit; None when there is none.
        usl: Upper limit; None when there is none.
        target: What is aimed at; None when nothing is.

    Returns:
        The indices with their name and cautions.

    Raises:
        QuantityError: There is no limit, the limits stand the wrong way round, or the spread is not above 0.

    Source:
        AIAG (2005), Statistical Process Control, 2nd edition: capability and performance told apart.

    Example:
        >>> found = capability(20, n=100, within=2, overall=2.5, stable=False, lsl=14, usl=28)
        >>> found.name, found.nearest, found.cautions[-1]
        ('Pp/Ppk', 0.8, 'not shown to be stable')
    """
    sigma = within if stable else overall
    nearest = cpk(mean, sigma, lsl=lsl, usl=usl)
    if nearest is None:
        raise QuantityError(
            "Without a limit there is nothing to fit. Give a lower limit, an upper limit or both"
        )
    return Capability(
        name="Cp/Cpk" if stable else "Pp/Ppk",
        fit=cp(sigma, lsl=lsl, usl=usl) if lsl is not None and usl is not None else None,
        nearest=nearest,
        interval=cpk_interval(nearest, n),
        target=cpm(mean, sigma, lsl=lsl, usl=usl, target=target)
        if lsl is not None and usl is not None and target is not None
        else None,
        cautions=("assumes normal values",)
        if stable
        else ("assumes normal values", "not shown to be stable"),
    )


def _quantile(ordered: list[float], share: float) -> float:
    """The quantile of sorted values, interpolated linearly between neighbours (Hyndman and Fan's type 7)."""
    place = share * (len(ordered) - 1)
    left = min(int(place), len(ordered) - 2)
    return ordered[left] + (place - left) * (ordered[left + 1] - ordered[left])
