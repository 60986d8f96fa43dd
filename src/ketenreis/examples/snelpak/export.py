"""What would the four systems of Snelpak, an invented parcel carrier, export about its parcels of 2026?

Each system writes in its own way: the case system one row per parcel with a column per date, to the minute; the
scanners one line per scan, with the offset of the clock; the message gateway one line per message, without it; telephony
one line per call, with the day and the time apart and the customer's number only. The figures that follow from what is
planted are worked out apart, in the tests, from the exported files alone.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from ketenreis.examples.exports import Exports
from ketenreis.examples.generator import minute_text, time_text, wall_text
from ketenreis.examples.lines import labelled
from ketenreis.examples.snelpak.lines import CALLS, SCANS, TEXTS
from ketenreis.examples.snelpak.parameters import SNELPAK, Parameters
from ketenreis.examples.snelpak.parcels import Parcels, draw

PARCELS = (
    "zendingnummer", "klantnummer", "klantsoort", "overdag", "webwinkel", "depot", "gewicht_kg", "aangemeld_op",
    "toegezegd_op", "gewijzigd_op", "afspraak_op", "tijdvak_van", "tijdvak_tot", "bezorgd_op", "gesloten_op",
)  # fmt: skip
"""The header of the case system's export."""

SCANNED = ("barcode", "scan", "tijdstip", "ploeg", "locatie", "medewerker")
"""The header of the scans."""

SENT = (
    "bericht",
    "klantnummer",
    "zendingnummer",
    "sjabloon",
    "verstuurd_op",
    "kanaal",
    "afzender",
    "verzending",
)
"""The header of the message gateway's log."""

CALLED = ("gesprek", "klantnummer", "datum", "begin", "duur_s", "keuze", "medewerker")
"""The header of telephony."""


def _parcels(
    parcels: Parcels, part: slice, parameters: Parameters, renamed: Mapping[str, str]
) -> Iterator[str]:
    """The rows of the case system: what is known of each parcel on the day of the export."""
    del renamed  # no label stands in these rows
    codes, customers = _codes(parcels), _customers(parcels)
    shops, depots = [one.name for one in parameters.shops], [one.name for one in parameters.depots]
    moments = (
        parcels.announced, parcels.promised, parcels.changed, parcels.again, parcels.window_from, parcels.window_to,
        parcels.delivered, parcels.closed,
    )  # fmt: skip
    announced, promised, changed, again, opens, closes, delivered, closed = map(minute_text, moments)
    for case in range(part.start, part.stop):
        if parcels.announced[case]:
            kilograms = f"{parcels.grams[case] / 1000:.1f}".replace(".", ",")
            kind = "zakelijk" if parcels.customers.is_business[case] else "particulier"
            by_day = ("", "thuis", "weg")[parcels.customers.by_day[case] + 1]
            yield (
                f"{codes[case]};{customers[case]};{kind};{by_day};{shops[parcels.shop[case]]};"
                f"{depots[parcels.customers.depot[case]]};{kilograms};{announced[case]};{promised[case]};{changed[case]};"
                f"{again[case]};{opens[case]};{closes[case]};{delivered[case][:10]};{closed[case]}"
            )


def _scans(
    parcels: Parcels, part: slice, parameters: Parameters, renamed: Mapping[str, str]
) -> Iterator[str]:
    """The lines of the scanners."""
    del part  # the lines were cut to it when they were drawn
    codes, scans = _codes(parcels), parcels.scans
    shops, depots = [one.name for one in parameters.shops], [one.name for one in parameters.depots]
    labels = labelled(SCANS, renamed)
    for case, kind, time, employee in scans.rows(time_text):
        scan, depot = SCANS[kind], depots[parcels.customers.depot[case]]
        place = {
            "Webwinkel": shops[parcels.shop[case]],
            "Ophaaldienst": shops[parcels.shop[case]] if kind == 1 else "Sorteercentrum Midden",
            "Sorteercentrum": f"Depot {depot}" if kind == 5 else "Sorteercentrum Midden",
        }.get(scan.origin, f"Depot {depot}")
        who = f"{scan.origin[0]}{depot[0]}{employee:03d}" if employee >= 0 else ""
        yield f"{codes[case]};{labels[kind]};{time};{scan.origin};{place};{who}"


def _texts(
    parcels: Parcels, part: slice, parameters: Parameters, renamed: Mapping[str, str]
) -> Iterator[str]:
    """The lines of the message gateway, which knows the customer and the parcel."""
    del part  # the lines were cut to it when they were drawn
    codes, customers, texts = _codes(parcels), _customers(parcels), parcels.texts
    shops = [one.name for one in parameters.shops]
    labels = labelled(TEXTS, renamed)
    counted = dict.fromkeys(np.unique(texts.case).tolist(), 0)
    for case, kind, time, by_night in texts.rows(wall_text):
        text = TEXTS[kind]
        counted[case] += 1
        yield (
            f"B{codes[case][5:]}-{counted[case]};{customers[case]};{codes[case]};{labels[kind]};"
            f"{time.replace('T', ' ')};{text.origin};{shops[parcels.shop[case]] if text.by_shop else 'Snelpak'};"
            f"{'nachtbatch' if by_night > 0 else 'direct'}"
        )


def _calls(
    parcels: Parcels, part: slice, parameters: Parameters, renamed: Mapping[str, str]
) -> Iterator[str]:
    """The lines of telephony, which knows the customer at most."""
    del part, parameters  # the lines were cut to it when they were drawn
    customers, calls = _customers(parcels), parcels.calls
    labels = labelled(CALLS, renamed)
    counted = dict.fromkeys(np.unique(calls.case).tolist(), 0)
    for case, kind, time, seconds in calls.rows(wall_text):
        spread = int(parcels.number[case]) * 8 + counted[case]  # no parcel gives rise to more than five calls
        counted[case] += 1
        yield (
            f"G{(spread * 7_654_321 + 31_415_926) % 10**10:010d};{customers[case] if seconds > 0 else ''};"
            f"{time[8:10]}-{time[5:7]}-{time[:4]};{time[11:]};{abs(seconds)};{labels[kind]};K{spread % 37:02d}"
        )


def _codes(parcels: Parcels) -> list[str]:
    """The numbers of the parcels of a block, each of its own and in no order."""
    return [f"3SNLP{code:010d}" for code in ((parcels.number * 6_700_417 + 1_618_033_989) % 10**10).tolist()]


def _customers(parcels: Parcels) -> list[str]:
    """The numbers of their customers."""
    return [
        f"S{code:09d}"
        for code in ((parcels.number[parcels.customers.root] * 5_915_587 + 271_828_183) % 10**9).tolist()
    ]


EXPORTS = Exports(
    draw,
    SNELPAK,
    (
        ("pakketten", PARCELS, _parcels),
        ("scans", SCANNED, _scans),
        ("berichten", SENT, _texts),
        ("telefonie", CALLED, _calls),
    ),
)
"""`pakketten.csv` has a row per parcel; the others a line per event, those of a parcel together and in order of time."""
