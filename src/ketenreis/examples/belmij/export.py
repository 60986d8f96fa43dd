"""What would the order system of Belmij, an invented phone provider, export about its orders of 2026?

The figures that follow from what is planted are worked out apart, in the tests, from the exported file alone.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from ketenreis.examples.belmij.orders import EVENTS, Orders, draw
from ketenreis.examples.belmij.parameters import BELMIJ, NAMES, ORDER_CHANNELS, PHONES, Parameters
from ketenreis.examples.exports import Exports
from ketenreis.examples.generator import HOUR, time_text

COLUMNS = (
    "ordernummer", "gebeurtenis", "tijdstip", "kanaal", "afdeling", "medewerker", "bericht", "levering", "tijdvak_van",
    "tijdvak_tot", "klantnummer", "klantsoort", "huishouden", "leeftijd", "bank", "toestel", "besteld_via",
    "afgesproken_van", "afgesproken_tot",
)  # fmt: skip
"""The header of the export."""


def _lines(orders: Orders, part: slice, parameters: Parameters, renamed: Mapping[str, str]) -> Iterator[str]:
    """The lines of the order system."""
    del part  # the lines were cut to it when they were drawn
    used = np.unique(orders.case)
    agreed = orders.agreed
    since, until = time_text(agreed), time_text(np.where(agreed > 0, agreed + 2 * HOUR, 0))
    banks, phones, channels = [one.name for one in parameters.banks], tuple(PHONES), tuple(ORDER_CHANNELS)
    code, theirs = {}, {}
    for case in used.tolist():
        code[case] = f"{(int(orders.number[case]) * 7_368_787 + 4_829_201_175) % 10**10:010d}"
        theirs[case] = ";".join((
            f"K{(int(orders.customer[case]) * 4_481_017 + 264_903_318) % 10**9:09d}",
            "zakelijk" if orders.is_business[case] else "particulier",
            _known(orders.household[case]),
            _known(orders.age[case]),
            banks[orders.bank[case]],
            phones[orders.phone[case]],
            channels[orders.channel[case]],
            since[case],
            until[case],
        ))  # fmt: skip
    via = [channels[position] for position in orders.channel.tolist()]
    events = [
        (
            renamed.get(event.label, event.label),
            event.department,
            event.channel,
            event.is_message,
            event.of_delivery,
        )
        for event in EVENTS
    ]
    starts, ends = (
        time_text(orders.window),
        time_text(np.where(orders.window > 0, orders.window + 2 * HOUR, 0)),
    )
    columns = (
        orders.case.tolist(),
        orders.event.tolist(),
        time_text(orders.time),
        orders.employee.tolist(),
        starts,
        ends,
    )
    messages = dict.fromkeys(code, 0)
    for case, event, time, employee, start, end in zip(*columns, strict=True):
        label, department, channel, is_message, of_delivery = events[event]
        order = code[case]
        messages[case] += is_message
        yield (
            f"{order};{label};{time};{channel or (via[case] if event < 2 else '')};{department};"
            f"{NAMES[employee] if employee >= 0 else ''};{f'B{order}-{messages[case]}' if is_message else ''};"
            f"{f'L{order}' if of_delivery else ''};{start};{end};{theirs[case]}"
        )


def _known(value: int) -> str:
    return "" if value < 0 else str(value)


EXPORTS = Exports(draw, BELMIJ, (("orders", COLUMNS, _lines),))
"""One line per event, those of an order together and in order of time."""
