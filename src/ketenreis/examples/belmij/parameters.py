"""What is true of Belmij, an invented phone provider? The one place that knows; no analysis ever reads it."""

from dataclasses import dataclass
from datetime import date

from ketenreis.examples.generator import MINUTE


@dataclass(frozen=True, slots=True)
class Bank:
    """What is true of the orders paid through one bank.

    Attributes:
        name: As the export writes it.
        share: Share of the customers who pay through it.
        stalled: Chance that an order stands still for minutes.
        stuck: Chance that an order waits for the bank's hourly retry.
        in_payment: Which part of such an order's time passes with the payment service, on average.
    """

    name: str
    share: float
    stalled: float = 0.0368
    stuck: float = 0.00263
    in_payment: float = 0.638


@dataclass(frozen=True, slots=True)
class Parameters:
    """What is true of Belmij. Shares are from 0 to 1, times in seconds unless the name says otherwise.

    Attributes:
        first_day: The day of the first orders.
        exported: Day and hour, on the wall clock, at which the export is made; nothing later is in it.
        season: How much busier January is than July, as a part of the average.
        weekday: How busy each day is, Monday first.
        hour: How busy each hour of the day is, from midnight.
        unpaid: Orders that are placed and never paid.
        banks: What is true per bank.
        usual: Median of payment to confirmation when nothing stands still, since week 20.
        usual_spread: Standard deviation of its logarithm.
        usual_parts: How much of it passes with the payment service, with order intake and in sending, on average.
        usual_even: How alike these parts are from order to order (the sum of a Dirichlet distribution's parameters).
        settling: How much slower week 1 was than week 20, as a part of the usual; between the two it fell evenly.
        stalled_time: Median time of an order that stands still, from payment to confirmation.
        stalled_spread: Standard deviation of its logarithm.
        stuck_time: Mean of what passes after the hour that a stuck order waits.
        delayed_even: As usual_even, for orders that stand still or are stuck.
        slower: The days on which the payment service took longer for every order, and how much longer.
        checked_business, checked_private: Share of orders whose credit somebody checks by hand.
        reordered: Share of orders for which the phone has to be reordered first.
        days: Chance that an order is delivered 1, 2, 3 days after the window was promised.
        moved_by_customer: Share of orders whose window the customer moves: a new promise.
        moved_by_us: Share of orders whose window Belmij moves to a later day.
        late_unannounced: Share of the other orders that arrive after the window without a word. Nobody comes early.
        lost: Chance that one of the daily messages to a waiting customer is never sent.
        asks: Share of customers who ask something by chat after delivery.
        seen_in_use: Share of delivered phones that are seen to be taken into use.
        returning: Share of orders by a customer who ordered before.
        business: Share of business customers.
        household: Share of private households of 1, 2, 3, 4, 5 people.
        age_unknown: Share of private customers whose age nobody asked for.
    """

    first_day: date = date(2026, 1, 1)
    exported: tuple[date, int] = (date(2026, 11, 14), 9)
    season: float = 0.12
    weekday: tuple[float, ...] = (1.05, 0.98, 0.95, 1.0, 1.1, 1.12, 0.8)
    hour: tuple[float, ...] = (
        0.35, 0.2, 0.12, 0.1, 0.1, 0.18, 0.4, 0.8, 1.1, 1.3, 1.4, 1.4,
        1.5, 1.4, 1.3, 1.3, 1.3, 1.2, 1.2, 1.6, 1.9, 1.8, 1.3, 0.75,
    )  # fmt: skip
    unpaid: float = 0.012
    banks: tuple[Bank, ...] = (
        Bank("A", 0.33),
        Bank("B", 0.27),
        Bank("C", 0.06, stalled=0.355, stuck=0.0235, in_payment=0.83),
        Bank("D", 0.2),
        Bank("E", 0.14),
    )
    usual: float = 11.0
    usual_spread: float = 0.42
    usual_parts: tuple[float, float, float] = (0.45, 0.33, 0.22)
    usual_even: float = 30.0
    settling: float = 0.25
    stalled_time: float = 200.0
    stalled_spread: float = 0.9
    stuck_time: float = 30.0 * MINUTE
    delayed_even: float = 9.0
    slower: tuple[date, date, float] = (date(2026, 8, 10), date(2026, 8, 23), 40.0)
    checked_business: float = 0.22
    checked_private: float = 0.03
    reordered: float = 0.035
    days: tuple[float, float, float] = (0.6, 0.28, 0.12)
    moved_by_customer: float = 0.02
    moved_by_us: float = 0.03
    late_unannounced: float = 0.0095
    lost: float = 0.0078
    asks: float = 0.08
    seen_in_use: float = 0.93
    returning: float = 0.08
    business: float = 0.12
    household: tuple[float, ...] = (0.38, 0.33, 0.12, 0.12, 0.05)
    age_unknown: float = 0.06


BELMIJ = Parameters()
"""The parameters of the complete example."""

ORDER_CHANNELS = {"website": 0.62, "app": 0.2, "winkel": 0.12, "telefoon": 0.06}
PHONES = {"Aster 5": 0.3, "Beuk Pro": 0.22, "Cedar Mini": 0.2, "Duin X": 0.18, "Esdoorn": 0.1}
WINDOWS = (9, 11, 13, 15, 17, 19)
"""The hours at which a two-hour delivery window may begin."""

NAMES = (
    "A. Bakker", "B. de Boer", "C. Dijkstra", "D. van den Berg", "E. Aydin", "F. Jansen", "G. El Amrani", "H. Mulder",
    "I. Smit", "J. de Vries", "K. Visser", "L. Meijer", "M. Bos", "N. Vos", "O. Peters", "P. Hendriks", "R. van Leeuwen",
    "S. Dekker", "T. Brouwer", "U. Koç", "V. de Wit", "W. Dijkman", "Y. Benali", "Z. Postma",
)  # fmt: skip
