"""How does a form write durations and shares in its reader's language, and read them back?

A model keeps them as its text does ("1 hour", "99.5%"); somebody who reads Dutch sees and types "1 uur" and "99,5%".
"""

import re

from ketenreis.errors import KetenreisError
from ketenreis.quantity import Duration, Share

SPOKEN = frozenset({"duration", "limit", "share"})
"""The types of field that differ by language."""

_UNITS = {
    said: unit
    for unit in ("second", "minute", "hour", "day", "week", "working day")
    for said in (Duration.parse(f"{amount} {unit}").in_words("nl").partition(" ")[2] for amount in (1, 2))
} | {"uren": "hour"}
_DURATION = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]+)")
_SHARE = re.compile(r"\d+,\d+\s*%")


def as_said(text: str, language: str) -> str:
    """A value as a reader of that language writes it.

    Example:
        >>> as_said("1 hour", "nl"), as_said("99.5%", "nl"), as_said("promised_by", "nl")
        ('1 uur', '99,5%', 'promised_by')
    """
    try:
        return (Share if text.endswith("%") else Duration).parse(text).in_words(language)
    except KetenreisError:
        return text


def as_written(text: str) -> str:
    """What somebody typed, as the text of a model says it; anything else as it is.

    Example:
        >>> as_written("1,5 uur"), as_written("99,5%"), as_written("2 hours"), as_written("deadline")
        ('1.5 hour', '99.5%', '2 hours', 'deadline')
    """
    plain = text.strip().lower()
    found = _DURATION.fullmatch(plain)
    if found and found[2] in _UNITS:
        return f"{found[1].replace(',', '.')} {_UNITS[found[2]]}"
    return plain.replace(",", ".") if _SHARE.fullmatch(plain) else text
