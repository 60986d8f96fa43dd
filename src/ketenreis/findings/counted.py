"""In which form do words stand beside a number? A sentence holds both, and the number that goes before them chooses."""

import re
from collections.abc import Mapping

_FORMS = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
_HOLE = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"\d[\d.,]*")


def in_number(sentence: str, holes: Mapping[str, object]) -> str:
    """A sentence in which each pair of forms is the one that suits: the first for 1, the second for every other number.

    Args:
        sentence: With its holes still open.
        holes: What will be filled in.

    Example:
        >>> in_number("{n} [rij is|rijen zijn] geweigerd.", {"n": 1})
        '{n} rij is geweigerd.'
        >>> in_number("{n} [rij is|rijen zijn] geweigerd.", {"n": "1.434"})
        '{n} rijen zijn geweigerd.'
    """
    if "|" not in sentence:
        return sentence
    return _FORMS.sub(lambda found: found[1 if _is_one(sentence[: found.start()], holes) else 2], sentence)


def _is_one(before: str, holes: Mapping[str, object]) -> bool:
    """Whether the last number before a place is 1."""
    said = (str(holes.get(name, "")) for name in reversed(_HOLE.findall(before)))
    return next((number == "1" for number in said if _NUMBER.fullmatch(number)), False)
