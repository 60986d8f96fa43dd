"""What is a defect rate called in the words of Six Sigma, and what was assumed on the way?

Counts per million and sigma levels restate a counted share and assume nothing about times; `z_bench` and
`share_outside` start from a mean and a spread and assume normal values, which service times seldom are.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from ketenreis.analysis.yields import require_counts, require_part, z_for
from ketenreis.errors import QuantityError

_STANDARD = NormalDist()

MOTOROLA_SHIFT = 1.5
"""What the sigma-level convention adds for drift over time: a habit of the field, not a law."""


def dpu(defects: int, units: int) -> float | None:
    """How many defects does a unit carry on average?

    Args:
        defects: Defects found; one unit may carry several.
        units: Units looked at.

    Returns:
        Defects per unit, 0 or more; None when no unit was looked at.

    Raises:
        QuantityError: A count is negative.

    Example:
        >>> dpu(60, 400)
        0.15
    """
    require_counts(defects, units)
    return defects / units if units else None


def dpmo(defects: int, units: int, opportunities: int = 1) -> float | None:
    """How many defects would there be in a million opportunities?

    Args:
        defects: Defects found.
        units: Units looked at.
        opportunities: In how many ways one unit can go wrong. Fix this list per requirement: a longer list
            flatters the figure. With 1 the figure counts defective units, which is the default for that reason.

    Returns:
        Defects per million opportunities, from 0 to 1,000,000; None when nothing was looked at.

    Raises:
        QuantityError: There are more defects than opportunities, or a count is negative.

    Source:
        Harry, M., and Schroeder, R. (2000), Six Sigma: DPMO.

    Example:
        >>> dpmo(60, 400, 6)
        25000.0
    """
    require_counts(units, opportunities)
    require_part(defects, units * opportunities)
    return 1e6 * defects / (units * opportunities) if units * opportunities else None


def z_long_term(dpmo: float) -> float | None:
    """How many standard deviations would fit between a normal mean and the limit, for this defect rate?

    Args:
        dpmo: Defects per million opportunities, as counted over the whole period.

    Returns:
        Z without any shift; None at 0 and at 1,000,000, where no finite number fits.

    Raises:
        QuantityError: The rate lies outside 0 to 1,000,000.

    Example:
        >>> round(z_long_term(25_000), 2), z_long_term(0)
        (1.96, None)
    """
    if not 0 <= dpmo <= 1e6:
        raise QuantityError(f"{dpmo} is not a rate per million. Give a number from 0 to 1,000,000")
    # The negative of the lower quantile keeps its digits where 1 - p would lose them.
    return -_STANDARD.inv_cdf(dpmo / 1e6) if 0 < dpmo < 1e6 else None


@dataclass(frozen=True, slots=True)
class SigmaLevel:
    """A sigma level together with what makes it honest.

    Attributes:
        level: Z plus the shift; None when the counts do not allow a number.
        shift: What was added to the long-term Z; print it with the level.
        bound: "exact" for a level computed from the rate itself; "at least" when no defect was seen and "at
            most" when nothing but defects were seen, so that only a bound can be known.
    """

    level: float | None
    shift: float
    bound: Literal["exact", "at least", "at most"]


def sigma_level(
    dpmo: float,
    shift: float = MOTOROLA_SHIFT,
    *,
    opportunities: int | None = None,
    confidence: float = 0.95,
) -> SigmaLevel:
    """Which sigma level belongs to this defect rate, and with which shift?

    Without a single defect (or with nothing but defects) the level is infinite on paper, which nobody should
    believe. The rule here: the answer is then a bound, "at least" (or "at most"), namely the level of the
    largest (smallest) defect rate that would still give such a clean (unclean) record with probability
    1 - confidence; that needs the number of opportunities looked at. Without that number the level is None.

    Args:
        dpmo: Defects per million opportunities.
        shift: What to add for drift; 1.5 by the Motorola convention, 0 for the plain long-term Z.
        opportunities: How many opportunities were looked at in all; only needed for the bound.
        confidence: How sure the bound is.

    Returns:
        The level, its shift, and whether it is exact or a bound.

    Raises:
        QuantityError: The rate lies outside 0 to 1,000,000, or the confidence is not a share.

    Source:
        Harry, M., and Schroeder, R. (2000), Six Sigma (the shift); Clopper, C. J., and Pearson, E. S. (1934),
        Biometrika 26, 404-413 (the exact bound at zero defects).

    Example:
        >>> round(sigma_level(66_807).level, 2), sigma_level(66_807).shift
        (3.0, 1.5)
        >>> clean = sigma_level(0, opportunities=300)
        >>> clean.bound, round(clean.level, 2), sigma_level(0).level
        ('at least', 3.83, None)
    """
    z_for(confidence)  # refuses a confidence that is no share, also where no bound is needed
    exact = z_long_term(dpmo)
    if exact is not None:
        return SigmaLevel(exact + shift, shift, "exact")
    bound: Literal["at least", "at most"] = "at least" if dpmo == 0 else "at most"
    if not opportunities:
        return SigmaLevel(None, shift, bound)
    # The rate q at which a run of `opportunities` without a defect has probability 1 - confidence.
    rate = -math.expm1(math.log(1 - confidence) / opportunities)
    z = -_STANDARD.inv_cdf(rate)
    return SigmaLevel((z if dpmo == 0 else -z) + shift, shift, bound)


def share_outside(mean: float, sigma: float, *, lsl: float | None = None, usl: float | None = None) -> float:
    """Which share falls outside the limits, if the values are normally distributed?

    Service times seldom are: compare with the share that was counted.

    Args:
        mean: Mean of the values.
        sigma: Their standard deviation, above 0.
        lsl: Lower limit; None when there is none.
        usl: Upper limit; None when there is none.

    Returns:
        A share from 0 to 1.

    Raises:
        QuantityError: The spread is not above 0, or the limits stand the wrong way round.

    Example:
        >>> round(1e6 * share_outside(0, 1, usl=3), 1)
        1349.9
    """
    require_spread(sigma, lsl, usl)
    below = 0.0 if lsl is None else _tail((mean - lsl) / sigma)
    above = 0.0 if usl is None else _tail((usl - mean) / sigma)
    return min(1.0, below + above)


def z_bench(mean: float, sigma: float, *, lsl: float | None = None, usl: float | None = None) -> float | None:
    """Which one-sided Z gives the same share outside as both limits together, for normal values?

    Args:
        mean: Mean of the values.
        sigma: Their standard deviation, above 0.
        lsl: Lower limit; None when there is none.
        usl: Upper limit; None when there is none.

    Returns:
        Z without any shift; None when (to the precision of the machine) nothing or everything falls outside.

    Raises:
        QuantityError: The spread is not above 0, or the limits stand the wrong way round.

    Source:
        Z.Bench as Minitab defines it: the normal quantile of the total share within the limits.

    Example:
        >>> round(z_bench(0, 1, lsl=-3.5, usl=3.5), 4)
        3.3107
    """
    return z_long_term(1e6 * share_outside(mean, sigma, lsl=lsl, usl=usl))


def require_spread(sigma: float, lsl: float | None, usl: float | None) -> None:
    """Refuses a spread or a pair of limits that no process can have.

    Raises:
        QuantityError: The spread is not above 0, or the limits stand the wrong way round.

    Example:
        >>> require_spread(2.0, 14, 28)
    """
    if not sigma > 0:
        raise QuantityError(
            f"A spread of {sigma} leaves nothing to compare the limits with. Give one above 0"
        )
    if lsl is not None and usl is not None and lsl >= usl:
        raise QuantityError(f"The lower limit {lsl} is not below the upper limit {usl}. Exchange them")


def _tail(z: float) -> float:
    """The standard normal probability above z, precise far out, where 1 - cdf is not."""
    return 0.5 * math.erfc(z / math.sqrt(2))
