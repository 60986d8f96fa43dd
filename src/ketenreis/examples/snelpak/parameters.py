"""What is true of Snelpak, an invented parcel carrier? The one place that knows; no analysis ever reads it."""

from dataclasses import dataclass
from datetime import date

from ketenreis.examples.generator import HOUR, MINUTE


@dataclass(frozen=True, slots=True)
class Depot:
    """What is true of the parcels that leave from one depot.

    Attributes:
        name: As the exports write it.
        share: Share of the parcels that go by it.
        by_night: Share of its announcements that go out with the night batch; the others go when the route is planned.
        has_old_list: Whether the night batch still holds the parcels that went with the evening round.
    """

    name: str
    share: float
    by_night: float = 0.15
    has_old_list: bool = False


@dataclass(frozen=True, slots=True)
class Shop:
    """What is true of the parcels of one web shop: its share, and how often it announces the delivery itself."""

    name: str
    share: float
    announces: float = 0.0


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a parcel lies between two hands: the logarithm is normal, up to the longest, in seconds."""

    median: float
    spread: float
    longest: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is true of Snelpak. Shares are from 0 to 1.

    Attributes:
        first_day: The day on which the first parcels are announced by a shop.
        exported: Day and hour, on the wall clock, at which the exports are made; nothing later is in them.
        season: How much busier January is than July, as a part of the average.
        weekday: How busy each day is, Monday first.
        hour: How busy each hour of the day is, from midnight.
        together: Chance that the second of two neighbouring parcels is for the same customer, within a day.
        returning: Chance that a customer of the next two gets one of those weeks later or earlier.
        business: Share of business customers.
        at_home: Share of the private customers who are at home, and out, by day; of the others nobody knows.
        depots: What is true per depot.
        shops: What is true per web shop.
        wait: How long a parcel lies between two hands.
        wait_for_courier: The same, from the depot to the courier.
        days: Chance that the promised day is the first, the second after the day on which the parcel is in the depot.
        windows: Chance that the promised window is the first, second, third, fourth of the day.
        tonight: Share of customers who choose the evening before the promised day.
        away_at_home, away_out, away_business: Share of those customers for whom the first attempt finds nobody.
        late: Share of day rounds that come after the window for a reason of the road.
        calls, calls_away, calls_late, calls_message: Chance that a customer calls without a reason that shows, after an
            attempt in vain, after a late delivery, and after a message about a parcel that they have already.
        calls_later: Chance that a customer calls some weeks after the delivery.
        unknown: Share of calls without a customer number.
    """

    first_day: date = date(2026, 1, 2)
    exported: tuple[date, int] = (date(2026, 11, 14), 9)
    season: float = 0.15
    weekday: tuple[float, ...] = (1.15, 1.1, 1.05, 1.0, 1.0, 0.8, 0.7)
    hour: tuple[float, ...] = (
        0.3, 0.15, 0.1, 0.08, 0.08, 0.15, 0.4, 0.9, 1.5, 1.8, 1.9, 1.8,
        1.6, 1.5, 1.4, 1.3, 1.2, 1.0, 0.9, 1.1, 1.3, 1.2, 0.9, 0.55,
    )  # fmt: skip
    together: float = 0.2074
    returning: float = 0.2
    business: float = 0.14
    at_home: tuple[float, float] = (0.42, 0.46)
    depots: tuple[Depot, ...] = (
        Depot("Noord", 0.2),
        Depot("Oost", 0.27),
        Depot("West", 0.28),
        Depot("Zuid", 0.25, by_night=0.8, has_old_list=True),
    )
    shops: tuple[Shop, ...] = (
        Shop("Boekenhoek", 0.16, announces=0.3),
        Shop("Tuinloods", 0.08, announces=0.4),
        Shop("Kledingkist", 0.31),
        Shop("Schroef en Moer", 0.14),
        Shop("Vitaalwinkel", 0.12),
        Shop("Speelplein", 0.19),
    )
    wait: Wait = Wait(25 * MINUTE, 0.6831, 2.5 * HOUR)
    wait_for_courier: Wait = Wait(148.27 * MINUTE, 0.55, 8 * HOUR)
    days: tuple[float, float] = (0.7, 0.3)
    windows: tuple[float, ...] = (0.3, 0.3, 0.25, 0.15)
    tonight: float = 0.115
    away_at_home: float = 0.02
    away_out: float = 0.08
    away_business: float = 0.03
    late: float = 0.025
    calls: float = 0.03
    calls_away: float = 0.2
    calls_late: float = 0.15
    calls_message: float = 0.4
    calls_later: float = 0.02
    unknown: float = 0.06


SNELPAK = Parameters()
"""The parameters of the complete example."""

WINDOWS = (9, 12, 15, 18)
"""The hours at which a three-hour window by day may begin."""

EVENING = 18
"""The hour at which the four-hour window of the evening round begins."""
