"""A clock that stops and resumes: gross and net time, and a term that moves with every stop.

Moments are microseconds; an interval holds its first moment and not its last. Gross is all time that passed, net the
time that the clock ran.
"""

from collections.abc import Iterable, Iterator

Interval = tuple[int, int]


def stopped(marks: Iterable[tuple[int, bool]], until_us: int) -> tuple[Interval, ...]:
    """The intervals in which a clock stood still.

    Args:
        marks: (moment_us, stops) in the order of the events: True stops the clock, False lets it resume. Stopping a
            clock that stands still and resuming one that runs change nothing.
        until_us: Where a stop that never resumed is cut off: the moment we judge at.

    Returns:
        Half-open intervals in order, none empty.

    Example:
        >>> stopped([(10, True), (12, True), (20, False), (30, True)], 35)
        ((10, 20), (30, 35))
    """
    found, since = [], None
    for moment, stops in marks:
        if stops:
            since = moment if since is None else since
        elif since is not None:
            found.append((since, moment))
            since = None
    if since is not None:
        found.append((since, until_us))
    return tuple(_merged(found))


def running(standing: Iterable[Interval], from_us: int, to_us: int) -> tuple[Interval, ...]:
    """The intervals between two moments in which a clock ran: all but those in which it stood still.

    Example:
        >>> running([(10, 20)], 0, 30)
        ((0, 10), (20, 30))
    """
    found, begin = [], from_us
    for stop, resume in _merged(standing):
        found.append((begin, min(stop, to_us)))
        begin = max(begin, resume)
    found.append((begin, to_us))
    return tuple(interval for interval in found if interval[0] < interval[1])


def gross(from_us: int, to_us: int) -> int:
    """All the time between two moments, in microseconds; 0 when they come in the other order."""
    return max(to_us - from_us, 0)


def net(intervals_running: Iterable[Interval], from_us: int, to_us: int) -> int:
    """The time between two moments that a clock ran, in microseconds.

    Args:
        intervals_running: When it ran. They may overlap: time counts once.
        from_us: The first moment that counts.
        to_us: The first moment that counts no more.

    Example:
        >>> net([(0, 10), (20, 30)], 5, 25)
        10
    """
    return sum(gross(max(begin, from_us), min(end, to_us)) for begin, end in _merged(intervals_running))


def term(
    from_us: int, length_us: int, standing: Iterable[Interval], *, extended: tuple[int, int] | None = None
) -> int:
    """The moment a term has run out, moved by every stop that began before it had.

    Args:
        from_us: When the term begins.
        length_us: How long it is, net.
        standing: When the clock stood still.
        extended: (when_us, by_us) of the one extension. Decided when the term had run out already, it changes nothing.

    Returns:
        The first moment that is too late, in microseconds.

    Example:
        >>> term(0, 100, [(40, 60)]), term(0, 100, [(40, 60)], extended=(110, 50)), term(0, 100, [], extended=(100, 50))
        (120, 170, 100)
    """
    stops = tuple(_merged(standing))
    end = _moved(from_us, length_us, stops)
    if extended is None or extended[0] >= end:
        return end
    return _moved(from_us, length_us + extended[1], stops)


def _moved(from_us: int, length_us: int, stops: Iterable[Interval]) -> int:
    """The end of a term that each stop before it moves by what the stop lasted within the term."""
    end = from_us + length_us
    for stop, resume in stops:
        begin = max(stop, from_us)
        if begin >= end:
            break
        end += gross(begin, resume)
    return end


def _merged(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """The same time in order, each moment once, without empty intervals."""
    begin = end = None
    for first, last in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if begin is None or end is None or first > end:
            if begin is not None and end is not None:
                yield begin, end
            begin, end = first, last
        else:
            end = max(end, last)
    if begin is not None and end is not None:
        yield begin, end
