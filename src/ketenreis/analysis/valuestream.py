"""Where does the time go: how much of it is work, how much is waiting, and how fast must we be?"""

import math
from collections.abc import Iterable

from ketenreis.analysis.yields import rolled_throughput_yield
from ketenreis.errors import QuantityError


def activity_ratio(process_times: Iterable[float], lead_times: Iterable[float]) -> float | None:
    """Which share of the lead time is somebody working on it?

    This is the ratio of the sums, not the sum (or mean) of the ratios: one quick step must not hide days of
    waiting at another.

    Args:
        process_times: Time worked, one number per step.
        lead_times: Time passed, one number per step, in the same unit.

    Returns:
        A share, usually 0.01 to 0.10 in service work; None when no time passed. Above 1 means that several
        people worked at once.

    Raises:
        QuantityError: A time is negative.

    Source:
        Martin, K., and Osterling, M. (2014), Value Stream Mapping: activity ratio.

    Example:
        >>> round(activity_ratio([10, 30, 5], [120, 2880, 480]), 5)
        0.01293
    """
    worked, passed = _total(process_times), _total(lead_times)
    return worked / passed if passed else None


def rolled_complete_accurate(shares: Iterable[float]) -> float | None:
    """Which share of the work passes all steps complete and accurate, if the steps fail independently?

    Args:
        shares: Per step, the share that the next step could use without asking, adding or correcting.

    Returns:
        The product, a share from 0 to 1; None without steps.

    Raises:
        QuantityError: A number is not a share.

    Source:
        Martin, K., and Osterling, M. (2014), Value Stream Mapping: rolled %C&A.

    Example:
        >>> round(rolled_complete_accurate([0.95, 0.80, 0.90]), 3)
        0.684
    """
    return rolled_throughput_yield(shares)


def process_cycle_efficiency(value_adding_times: Iterable[float], lead_time: float) -> float | None:
    """Which share of the lead time adds value for the customer?

    Args:
        value_adding_times: Time of the value-adding steps only.
        lead_time: Time from start to end, in the same unit.

    Returns:
        A share; None when no time passed.

    Raises:
        QuantityError: A time is negative.

    Source:
        George, M. L. (2002), Lean Six Sigma: PCE = value-added time / total lead time.

    Example:
        >>> process_cycle_efficiency([30, 6], 720)
        0.05
    """
    adding, passed = _total(value_adding_times), _total([lead_time])
    return adding / passed if passed else None


def takt(available_time: float, demand: float) -> float | None:
    """How much time is there per customer: at which beat must one be finished to keep up?

    Args:
        available_time: Working time in a period.
        demand: How many customers ask in that period.

    Returns:
        Time per customer, in the unit of the available time; None without demand.

    Raises:
        QuantityError: A number is negative.

    Source:
        Rother, M., and Shook, J. (1998), Learning to See: takt time.

    Example:
        >>> takt(450, 90)
        5.0
    """
    available, asked = _total([available_time]), _total([demand])
    return available / asked if asked else None


def work_in_progress(arrival_rate: float, lead_time: float) -> float:
    """How many cases are under way on average?

    Args:
        arrival_rate: Cases that start per unit of time, averaged over the period.
        lead_time: Mean time from start to end, in the same unit of time.

    Returns:
        The mean number under way: Little's L.

    Raises:
        QuantityError: A number is negative.

    Source:
        Little, J. D. C. (1961), A proof for the queuing formula L = λW, Operations Research 9, 383-387.

    Example:
        >>> work_in_progress(12.0, 5.0)
        60.0
    """
    return _total([arrival_rate]) * _total([lead_time])


def lead_time(work_in_progress: float, arrival_rate: float) -> float | None:
    """How long does a case take on average, given how many are under way and how many start?

    Args:
        work_in_progress: Mean number of cases under way.
        arrival_rate: Cases that start per unit of time.

    Returns:
        Mean time from start to end, in that unit of time: Little's W; None when nothing starts.

    Raises:
        QuantityError: A number is negative.

    Source:
        Little, J. D. C. (1961), A proof for the queuing formula L = λW, Operations Research 9, 383-387.

    Example:
        >>> lead_time(60.0, 12.0)
        5.0
    """
    started = _total([arrival_rate])
    return _total([work_in_progress]) / started if started else None


def _total(amounts: Iterable[float]) -> float:
    """The sum of amounts that cannot be negative."""
    known = list(amounts)
    if any(amount < 0 for amount in known):
        raise QuantityError(f"{min(known)} is not an amount. Give 0 or more")
    return math.fsum(known)
