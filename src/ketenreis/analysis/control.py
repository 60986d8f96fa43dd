"""Is a figure steady from week to week, or did something happen?

A control chart compares every point with what the process's own ordinary variation would give. Its limits say
how the process speaks; what the customer asks (the requirement's limit) does not belong on it.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ketenreis.analysis.chart import (
    FEWEST_POINTS,
    SETTLED_POINTS,
    Caution,
    Chart,
    Kind,
    Plotted,
    Point,
    Spread,
    TooFewPoints,
)
from ketenreis.analysis.run_rules import DEFAULT_RULES, signals
from ketenreis.analysis.yields import Interval
from ketenreis.errors import QuantityError

# Of the range of two normal values; three digits, as printed, so that charts agree with the field's.
_D2, _D4 = 1.128, 3.267
_ORDINARY_COUNT = 5  # expected cases of the rarer kind per point, below which normal limits mislead


def individuals(
    points: Iterable[Point], baseline: Iterable[Point] | None = None, rules: Sequence[str] = DEFAULT_RULES
) -> Chart | TooFewPoints:
    """Is a series of single values (one per case or period) steady?

    Args:
        points: The values in order of time; those without a value are left out, and said.
        baseline: The points that set centre and limits, frozen until a logged change; None takes all.
        rules: Which run rules to apply, by id.

    Returns:
        An I chart: mean ± 3 times the mean moving range / 1.128; or too few points.

    Raises:
        UnknownElementError: A rule has an unknown id.

    Source:
        Shewhart's chart for individuals; constants from Montgomery, D. C., Introduction to Statistical
        Quality Control, appendix VI; NIST/SEMATECH e-Handbook, section 6.3.2.2.

    Example:
        >>> series = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
        >>> chart = individuals(Point(str(week), value) for week, value in enumerate(series))
        >>> round(chart.centre, 2), round(chart.limits[0].low, 4), round(chart.limits[0].high, 4)
        (50.81, 45.8159, 55.8041)
    """
    plotted, frozen, left_out = _split(points, baseline)
    if len(frozen) < FEWEST_POINTS:
        return TooFewPoints("I", len(frozen))
    centre = math.fsum(value for value, _ in frozen) / len(frozen)
    sigma = _mean_range([value for value, _ in frozen]) / _D2
    drawn = _draw(plotted, centre, lambda _: sigma, Interval(-math.inf, math.inf))
    return _chart("I", drawn, centre=centre, baseline=len(frozen), left_out=left_out, rules=rules)


def moving_ranges(points: Iterable[Point], baseline: Iterable[Point] | None = None) -> Chart | TooFewPoints:
    """Are the steps from each value to the next of ordinary size?

    Args:
        points: The values in order of time; a step is labelled by the point it leads to.
        baseline: The points that set centre and limit; None takes all.

    Returns:
        An MR chart: limits from 0 to 3.267 times the mean moving range; or too few points. Only points beyond
        the limit are signals: neighbouring ranges share a value, so runs mean nothing.

    Source:
        As for `individuals`.

    Example:
        >>> series = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
        >>> chart = moving_ranges(Point(str(week), value) for week, value in enumerate(series))
        >>> round(chart.centre, 5), round(chart.limits[0].high, 4)
        (1.87778, 6.1347)
    """
    plotted, frozen, left_out = _split(points, baseline)
    if len(frozen) < FEWEST_POINTS:
        return TooFewPoints("MR", len(frozen))
    centre = _mean_range([value for value, _ in frozen])
    steps = [
        Point(after.label, abs(_known(after) - _known(before)), min(before.n, after.n))
        for before, after in pairwise(plotted)
    ]
    sigma = centre * (_D4 - 1) / 3
    drawn = _draw(steps, centre, lambda _: sigma, Interval(0.0, math.inf))
    return _chart("MR", drawn, centre=centre, baseline=len(frozen), left_out=left_out, rules=("beyond",))


def shares(
    points: Iterable[Point],
    baseline: Iterable[Point] | None = None,
    rules: Sequence[str] = DEFAULT_RULES,
    *,
    laney: bool = False,
) -> Chart | TooFewPoints:
    """Is a share steady, taking into account that some points rest on fewer cases than others?

    Args:
        points: Shares with their n, in order of time. Kept or missed makes no difference to the verdict.
        baseline: The points that set centre and limits, frozen until a logged change; None takes all.
        rules: Which run rules to apply, by id.
        laney: Widens (or narrows) the limits by how much the points really vary.

    Returns:
        A p chart, or Laney's p′ chart: p̄ ± 3·√(p̄(1-p̄)/n), times sigma_z for p′, kept within 0 to 1; or too
        few points.

    Raises:
        QuantityError: A value is not a share.
        UnknownElementError: A rule has an unknown id.

    Source:
        Shewhart's p chart; Laney, D. B. (2002), Improved control charts for attributes, Quality Engineering
        14, 531-537.

    Example:
        >>> weeks = [Point.of(f"week {week}", count, 50) for week, count in enumerate([12, 15, 8, 10, 4] * 2)]
        >>> chart = shares(weeks)
        >>> round(chart.centre, 3), round(chart.limits[0].high, 3), chart.stable, chart.cautions
        (0.196, 0.364, True, ('provisional',))
    """
    known = list(points)
    frozen = known if baseline is None else list(baseline)
    for point in (*known, *frozen):
        if point.value is not None and not 0 <= point.value <= 1:
            raise QuantityError(
                f"{point.value} at {point.label} is not a share. Give the count and n: Point.of"
            )
    return _attributes(
        "p′" if laney else "p",
        known,
        frozen,
        rules=rules,
        sigma=lambda p, n: math.sqrt(p * (1 - p) / n),
        bounds=Interval(0.0, 1.0),
    )


def rates(
    points: Iterable[Point],
    baseline: Iterable[Point] | None = None,
    rules: Sequence[str] = DEFAULT_RULES,
    *,
    laney: bool = False,
) -> Chart | TooFewPoints:
    """Is a count per unit (contacts per order, defects per letter) steady?

    Args:
        points: Counts per unit with their number of units, in order of time.
        baseline: The points that set centre and limits, frozen until a logged change; None takes all.
        rules: Which run rules to apply, by id.
        laney: Widens (or narrows) the limits by how much the points really vary.

    Returns:
        A u chart, or Laney's u′ chart: ū ± 3·√(ū/n), times sigma_z for u′, never below 0; or too few points.

    Raises:
        QuantityError: A value is negative.
        UnknownElementError: A rule has an unknown id.

    Source:
        Shewhart's u chart; Laney, D. B. (2002), Quality Engineering 14, 531-537.

    Example:
        >>> weeks = [Point.of(f"week {week}", count, 100) for week, count in enumerate([30, 42, 35] * 4)]
        >>> chart = rates(weeks)
        >>> chart.kind, round(chart.centre, 4), round(chart.limits[0].low, 4)
        ('u', 0.3567, 0.1775)
    """
    known = list(points)
    frozen = known if baseline is None else list(baseline)
    for point in (*known, *frozen):
        if point.value is not None and point.value < 0:
            raise QuantityError(f"{point.value} at {point.label} is not a count per unit. Give 0 or more")
    return _attributes(
        "u′" if laney else "u",
        known,
        frozen,
        rules=rules,
        sigma=lambda u, n: math.sqrt(u / n),
        bounds=Interval(0.0, math.inf),
    )


def choose(
    points: Iterable[Point], baseline: Iterable[Point] | None = None, rules: Sequence[str] = DEFAULT_RULES
) -> Chart | TooFewPoints:
    """Which chart fits this series of shares: the plain p chart or Laney's?

    With thousands of cases a week chance hardly moves a share, so ordinary differences between weeks (the
    weather, the mix of customers) put nearly every point outside a plain p chart. The rule: Laney's chart
    when the baseline's points vary more than chance explains (sigma_z above the 95 % bound for that many
    points) and n is large enough for that to be seen (on average five cases or more of the rarer kind
    expected per point); otherwise the p chart. One violent shift also raises sigma_z, so
    that its own chart may be Laney's; over half a year of weeks, two weeks that lie five sigmas off are still
    seen some 95 times in 100. `Chart.kind` and `Chart.spread` show what was chosen and why.

    Args:
        points: Shares with their n, in order of time.
        baseline: The points that set centre and limits and decide the choice; None takes all.
        rules: Which run rules to apply, by id.

    Returns:
        The chosen chart, or too few points.

    Raises:
        QuantityError: A value is not a share.
        UnknownElementError: A rule has an unknown id.

    Source:
        Laney (2002), as for `shares`; the standard error of a mean moving range: Cryer, J. D., and Ryan,
        T. P. (1990), The estimation of sigma for an X chart, Journal of Quality Technology 22, 187-192; five
        expected cases: Cochran, W. G. (1954), Biometrics 10, 417-451.

    Example:
        >>> weeks = [Point.of(f"week {week}", count, 9000) for week, count in enumerate([300, 500, 420] * 8)]
        >>> chart = choose(weeks)
        >>> chart.kind, round(chart.spread.ratio, 1), round(chart.spread.chance, 2)
        ('p′', 6.0, 1.31)
    """
    known = list(points)
    frozen = None if baseline is None else list(baseline)
    plain = shares(known, frozen, rules)
    if (
        isinstance(plain, Chart)
        and plain.spread is not None
        and plain.spread.excessive
        and "rare" not in plain.cautions
    ):
        return shares(known, frozen, rules, laney=True)
    return plain


def _attributes(
    kind: Kind,
    points: Sequence[Point],
    baseline: Sequence[Point],
    *,
    rules: Sequence[str],
    sigma: Callable[[float, int], float],
    bounds: Interval,
) -> Chart | TooFewPoints:
    """The chart of shares or rates, whose sigma follows from centre and n."""
    plotted, frozen, left_out = _split(points, baseline)
    if len(frozen) < FEWEST_POINTS:
        return TooFewPoints(kind, len(frozen))
    units = sum(n for _, n in frozen)
    # Within the bounds, whatever the last digit of a sum of rounded products says.
    centre = min(bounds.high, math.fsum(value * n for value, n in frozen) / units)
    scores = [_standard(value, centre, sigma(centre, n)) for value, n in frozen]
    spread = Spread(_mean_range(scores) / _D2, _chance(len(frozen)))
    factor = spread.ratio if kind in ("p′", "u′") else 1.0
    drawn = _draw(plotted, centre, lambda n: factor * sigma(centre, n), bounds)
    chart = _chart(kind, drawn, centre=centre, baseline=len(frozen), left_out=left_out, rules=rules)
    rarer = min(centre, bounds.high - centre) * units / len(frozen)
    cautions: tuple[Caution, ...] = ("rare",) if rarer < _ORDINARY_COUNT else ()
    return replace(chart, cautions=chart.cautions + cautions, spread=spread)


def _chance(points: int) -> float:
    """What a mean moving range of standard normal points, over 1.128, stays under in 95 of 100 series."""
    return 1 + 1.645 * math.sqrt(0.8264 * points - 1.082) / (points - 1)


def _split(
    points: Iterable[Point], baseline: Iterable[Point] | None
) -> tuple[list[Point], list[tuple[float, int]], tuple[str, ...]]:
    """The points that can be plotted, values and n of the baseline, and the labels left out."""
    known = list(points)
    plotted = [point for point in known if point.value is not None and point.n]
    frozen = [
        (point.value, point.n)
        for point in (plotted if baseline is None else baseline)
        if point.value is not None and point.n
    ]
    return plotted, frozen, tuple(point.label for point in known if point.value is None or not point.n)


def _known(point: Point) -> float:
    """The value of a point that has one."""
    return math.nan if point.value is None else point.value


def _mean_range(values: Sequence[float]) -> float:
    """The mean step from each value to the next."""
    return math.fsum(abs(after - before) for before, after in pairwise(values)) / (len(values) - 1)


def _standard(value: float, centre: float, sigma: float) -> float:
    """How many sigmas a value lies from the centre; endless where the baseline never varied and it does."""
    if math.isclose(value, centre, rel_tol=1e-9, abs_tol=1e-12):
        return 0.0  # a sum of rounded numbers, not a difference
    return (value - centre) / sigma if sigma > 0 else math.copysign(math.inf, value - centre)


def _draw(
    points: Iterable[Point], centre: float, sigma: Callable[[int], float], bounds: Interval
) -> tuple[Plotted, ...]:
    """Every point with the limits its own n allows, kept within what the figure can be."""
    drawn = []
    for point in points:
        value, one = _known(point), sigma(point.n)
        limits = Interval(max(bounds.low, centre - 3 * one), min(bounds.high, centre + 3 * one))
        drawn.append(Plotted(point.label, value, point.n, limits, _standard(value, centre, one)))
    return tuple(drawn)


def _chart(
    kind: Kind,
    drawn: tuple[Plotted, ...],
    *,
    centre: float,
    baseline: int,
    left_out: tuple[str, ...],
    rules: Sequence[str],
) -> Chart:
    """The chart of drawn points, with its signals and cautions."""
    found = signals([point.z for point in drawn], rules)
    cautions: tuple[Caution, ...] = ("provisional",) if baseline < SETTLED_POINTS else ()
    return Chart(kind, drawn, centre, found, baseline, left_out, cautions)
