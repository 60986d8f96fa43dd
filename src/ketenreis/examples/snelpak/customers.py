"""Whose is each parcel of Snelpak, when does the shop give notice of it, and who calls about it?"""

from dataclasses import dataclass

import numpy as np

from ketenreis.examples.generator import (
    BLOCK,
    DAY,
    HOUR,
    Truth,
    Whole,
    arrivals,
    in_hours,
    pick,
    to_local,
    to_utc,
)
from ketenreis.examples.lines import CASES, Lines, Log
from ketenreis.examples.snelpak.lines import CALLS
from ketenreis.examples.snelpak.parameters import Parameters
from ketenreis.examples.snelpak.roundtime import between, first_hour, last_hour, season


@dataclass(frozen=True, slots=True)
class Customers:
    """The customer of each parcel of a block.

    Attributes:
        root: The customer's first parcel of the block, by its place.
        is_business: Whether it is a business.
        by_day: 0 at home by day, 1 out, -1 when nobody knows.
        depot: By the place in the parameters; it goes with the address.
    """

    root: Whole
    is_business: Truth
    by_day: Whole
    depot: Whole


def customers(random: np.random.Generator, parameters: Parameters) -> Customers:
    """Draws whose each parcel is.

    Of each four parcels, the second may go with the first and the fourth with the third, under way at once; and the
    third may be for the customer of the first, weeks apart.
    """
    is_joined = (CASES % 2 == 1) & (random.random(BLOCK) < parameters.together)
    is_returning = (CASES % 4 == 2) & (random.random(BLOCK) < parameters.returning)
    root = np.where(is_returning, CASES - 2, CASES)
    root = np.where(is_joined, root[CASES - 1], root)
    is_business = (random.random(BLOCK) < parameters.business)[root]
    at_home, out = parameters.at_home
    by_day = pick(random, (at_home, out, 1 - at_home - out), BLOCK)[root]
    depot = pick(random, (one.share for one in parameters.depots), BLOCK)[root]
    return Customers(root, is_business, np.where(is_business | (by_day == 2), -1, by_day), depot)


def announced(random: np.random.Generator, parameters: Parameters, root: Whole) -> Whole:
    """When the shop gives notice of each parcel.

    One that goes with another follows within a day, and no parcel is there sooner, so that both are under way at once.
    """
    opens = first_hour(parameters)
    local = arrivals(random, BLOCK, opens, season(parameters))
    apart = random.integers(21, 91, BLOCK) * DAY
    before = local[root]
    is_early = before < (opens + last_hour(parameters)) * HOUR // 2
    moved = (before + np.where(is_early, apart, -apart)) // DAY * DAY + local % DAY
    local = np.where((CASES % 2 == 0) & (root != CASES), moved, local)
    follows = local[CASES - 1] + random.integers(HOUR // 2, DAY, BLOCK)
    return to_utc(np.where((CASES % 2 == 1) & (root != CASES), follows, local))


@dataclass(frozen=True, slots=True)
class Course:
    """What a customer may call about; a moment of 0 is none.

    Attributes:
        announced, delivered: From when until when the parcel was under way.
        again: When a new appointment was made after an attempt in vain.
        is_late: Whether it came after the window.
        told: When the customer was told "tomorrow".
    """

    announced: Whole
    delivered: Whole
    again: Whole
    is_late: Truth
    told: Whole


def calls(
    random: np.random.Generator, parameters: Parameters, root: Whole, course: Course, end: int
) -> Lines:
    """Who calls, when and about what.

    Returns:
        Calls; the extra number is how many seconds they took, below 0 when the caller's number is not known.
    """
    delivered, everyone = course.delivered, np.ones(BLOCK, np.bool_)
    underway = delivered - course.announced
    somewhere = course.announced + np.rint(random.random(BLOCK) * underway).astype(np.int64)
    whys = (
        ("Waar is mijn pakket", somewhere, parameters.calls, everyone),
        (
            "Bezorging wijzigen",
            course.again + between(random, 0.1, 2),
            parameters.calls_away,
            course.again > 0,
        ),
        ("Waar is mijn pakket", delivered - between(random, 0, 0.5), parameters.calls_late, course.is_late),
        (
            "Vraag over een bericht",
            course.told + between(random, 0.1, 2),
            parameters.calls_message,
            course.told > delivered,
        ),
        (
            "Iets anders",
            delivered + random.integers(10, 41, BLOCK) * DAY,
            parameters.calls_later,
            root == CASES,
        ),
    )
    log = Log(random, CALLS, end)
    for why, time, chance, where in whys:
        at = to_utc(in_hours(random, to_local(time), 8, 21))
        seconds = np.rint(random.gamma(2.0, 110.0, BLOCK)).astype(np.int64) + 20
        is_unknown = random.random(BLOCK) < parameters.unknown
        happens = where & (random.random(BLOCK) < chance)
        log.add(why, at, happens, np.where(is_unknown, -seconds, seconds))
    return log.lines()
