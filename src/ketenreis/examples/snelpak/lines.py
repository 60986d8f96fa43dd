"""Which lines do the systems of Snelpak write?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of line.

    Attributes:
        label: As the system writes it.
        origin: For a scan, the crew that carries the scanner; for a text, its channel.
        people: How many carry such a scanner.
        by_shop: Whether the shop sends such a text; otherwise Snelpak does.
    """

    label: str
    origin: str = ""
    people: int = 0
    by_shop: bool = False


SCANS = (
    Kind("Gereed bij winkel", "Webwinkel"),
    Kind("Opgehaald", "Ophaaldienst", 40),
    Kind("Gelost bij sorteercentrum", "Ophaaldienst", 40),
    Kind("In sorteercentrum", "Sorteercentrum", 25),
    Kind("Gesorteerd", "Sorteercentrum", 25),
    Kind("Gelost bij depot", "Sorteercentrum", 25),
    Kind("In depot", "Depot", 30),
    Kind("Klaar voor rit", "Depot", 30),
    Kind("In bus", "Koerier", 120),
    Kind("Niet thuis", "Koerier", 120),
    Kind("Afgeleverd", "Koerier", 120),
)
"""Every kind of scan, in the order of the chain."""

TEXTS = (
    Kind("Pakket aangemeld", "e-mail"),
    Kind("Pakket bij ons", "e-mail"),
    Kind("Komt eraan", "e-mail", by_shop=True),
    Kind("Tijdvak bekend", "e-mail"),
    Kind("Morgen bezorgd", "sms"),
    Kind("Bezorger onderweg", "sms"),
    Kind("Niemand thuis", "sms"),
    Kind("Nieuwe afspraak", "e-mail"),
    Kind("Pakket bezorgd", "e-mail"),
)
"""Every kind of text that the message gateway sends."""

CALLS = (
    Kind("Waar is mijn pakket"),
    Kind("Bezorging wijzigen"),
    Kind("Vraag over een bericht"),
    Kind("Iets anders"),
)
"""What a caller can choose from."""
