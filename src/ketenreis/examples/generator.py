"""How are the events of an invented organisation drawn, so that any range of cases is the same wherever it is asked for?

Cases are drawn in blocks, each by its own counter-based generator keyed by (seed, organisation, block): case 31,415 is
the same whether one asks for it alone, for twenty thousand cases or for a hundred million in ranges of a machine's
memory. What is drawn follows stated distributions; nothing is topped up to reach a figure.

Source:
    Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3 (Philox).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Truth = NDArray[np.bool_]

BLOCK = 10_000
"""How many cases are drawn at once. Changing it changes every case."""

MINUTE, HOUR, DAY = 60, 3_600, 86_400
"""Time is counted in whole seconds since 1970: of UTC, or of the Dutch wall clock where a name says `local`."""

MONDAY = 4
"""The first Monday, in days since 1970."""

_SUMMER = (1_774_746_000, 1_792_890_000)
"""When Dutch summer time began and ended in 2026, in UTC: 29 March and 25 October, 1:00."""


def block_random(seed: int, organisation: str, block: int) -> np.random.Generator:
    """The source of chance of one block of one organisation's cases."""
    key = hashlib.sha256(f"{organisation}/{seed}/{block}".encode()).digest()[:16]
    return np.random.Generator(np.random.Philox(key=int.from_bytes(key, "little")))


def blocks(first: int, cases: int) -> Iterator[tuple[int, slice]]:
    """The blocks that a range of cases lies in, and which part of each.

    Example:
        >>> list(blocks(9_990, 20))
        [(0, slice(9990, 10000, None)), (1, slice(0, 10, None))]
    """
    for block in range(first // BLOCK, -(-(first + cases) // BLOCK)):
        start = block * BLOCK
        yield block, slice(max(first - start, 0), min(first + cases - start, BLOCK))


def day_of(day: date) -> int:
    """A day, counted since 1970."""
    return (day - date(1970, 1, 1)).days


def hour_of(day: date, hour: int = 0) -> int:
    """An hour of the wall clock, counted since 1970."""
    return day_of(day) * 24 + hour


def busy(first: int, until: int, season: float, weekday: Sequence[float], hour: Sequence[float]) -> Real:
    """How busy each hour is, from the first until another, both counted since 1970.

    Args:
        first: The first hour; its day is the height of the year.
        until: The hour after the last.
        season: How far the year swings around its mean, as a share.
        weekday: How busy each day of the week is, from Monday.
        hour: How busy each hour of the day is.

    Returns:
        A weight per hour; only their proportions mean anything.
    """
    hours = np.arange(first, until)
    day = hours // 24
    swing = 1 + season * np.cos(2 * np.pi * (day - day[0]) / 365)
    weights: Real = swing * np.array(weekday)[(day - MONDAY) % 7] * np.array(hour)[hours % 24]
    return weights


def arrivals(random: np.random.Generator, cases: int, first_hour: int, weights: Real) -> Whole:
    """Moments at which cases begin, on the wall clock.

    Args:
        random: The source of chance.
        cases: How many.
        first_hour: The first hour that has a weight, in hours since 1970.
        weights: How busy each following hour is; only their proportions matter.

    Returns:
        One local second per case, in the order of the cases, not of time.
    """
    cumulative = np.cumsum(weights)
    hour = np.searchsorted(cumulative, random.random(cases) * cumulative[-1], side="right")
    local: Whole = (first_hour + hour) * HOUR + random.integers(0, HOUR, cases)
    return local


def pick(random: np.random.Generator, shares: Iterable[float], cases: int) -> Whole:
    """Draws one category per case: the position in a list of shares that add up to 1."""
    edges = np.cumsum(tuple(shares))
    return np.searchsorted(edges / edges[-1], random.random(cases), side="right").astype(np.int64)


def to_local(utc: Whole) -> Whole:
    """The wall clock in the Netherlands at a moment."""
    return utc + _offset(utc)


def to_utc(local: Whole) -> Whole:
    """The moment at which the wall clock shows a time; in the hour that comes twice, the first of the two."""
    return local - _offset(local - 2 * HOUR)


def moment_of(hour: int) -> int:
    """The moment at which the wall clock shows an hour, counted since 1970."""
    return int(to_utc(np.array([hour * HOUR]))[0])


def in_hours(random: np.random.Generator, local: Whole, opens: float, closes: float) -> Whole:
    """Moves what falls outside these hours of the day to the first hour after opening."""
    day, second = local // DAY * DAY, local % DAY
    opening = day + int(opens * HOUR) + random.integers(0, HOUR, local.size)
    return np.where(
        second < opens * HOUR, opening, np.where(second >= closes * HOUR, opening + DAY, local)
    ).astype(np.int64)


def time_text(utc: Whole) -> list[str]:
    """Moments as a Dutch system writes them: local time with its offset. The moment 0 is left empty."""
    offset = _offset(utc)
    texts = np.datetime_as_string((utc + offset).astype("datetime64[s]")).tolist()
    zones = np.where(offset == HOUR, "+01:00", "+02:00").tolist()
    return [text + zone if at else "" for text, zone, at in zip(texts, zones, utc.tolist(), strict=True)]


def wall_text(utc: Whole) -> list[str]:
    """Moments on the wall clock, as 2026-05-03T14:05:09, without a word on which clock."""
    texts: list[str] = np.datetime_as_string(to_local(utc).astype("datetime64[s]")).tolist()
    return texts


def minute_text(utc: Whole) -> list[str]:
    """Moments on the wall clock as a case system writes them: 03-05-2026 14:05. The moment 0 is left empty."""
    return [
        f"{text[8:10]}-{text[5:7]}-{text[:4]} {text[11:16]}" if at else ""
        for text, at in zip(wall_text(utc), utc.tolist(), strict=True)
    ]


def write_csv(
    path: Path, columns: Iterable[str], lines: Iterable[Iterable[str]], renamed: Mapping[str, str]
) -> Path:
    """Writes an export with semicolons, as Dutch spreadsheets do.

    Args:
        path: The file; its folder is made when it is missing.
        columns: The header.
        lines: Rows as text, without line ends, a batch at a time.
        renamed: Other names for columns.

    Returns:
        The path.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(";".join(renamed.get(column, column) for column in columns) + "\n")
        for batch in lines:
            file.write("\n".join(batch) + "\n")
    return path


def _offset(utc: Whole) -> Whole:
    return np.where((utc >= _SUMMER[0]) & (utc < _SUMMER[1]), 2 * HOUR, HOUR).astype(np.int64)
