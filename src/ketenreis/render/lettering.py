"""How wide is a piece of text, and where does it break, when no browser is there to say?

The widths are those of the one font that is shipped (`fonts/`); a letter it lacks counts as an average or, where its
script writes wide, as a whole em.
"""

import json
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Weight = Literal[400, 600]

FACE, BOLD_FACE = "Inter", "Inter Semi Bold"
"""The font that is shipped, and the family name that its bold file bears."""

_AVERAGE, _EM = 620, 1000
_BREAKS = "-/·→–—_"
"""A line may break after these."""


@cache
def _widths(weight: Weight) -> Mapping[str, int]:
    """The advance of every letter in thousandths of the size."""
    text = files("ketenreis.render.fonts").joinpath("widths.json").read_text(encoding="utf-8")
    found: Mapping[str, int] = json.loads(text)[str(weight)]
    return found


@cache
def font_file(weight: Weight, ending: Literal["ttf", "woff2"]) -> bytes:
    """The font itself, to be embedded."""
    name = "Regular" if weight == 400 else "SemiBold"
    return files("ketenreis.render.fonts").joinpath(f"{FACE}-{name}.{ending}").read_bytes()


def width(text: str, size: float, weight: Weight = 400) -> float:
    """How wide a text is on one line, in the unit of its size.

    Example:
        >>> width("", 14), width("iii", 10) < width("mmm", 10)
        (0.0, True)
    """
    known = _widths(weight)
    return size * sum(known.get(letter) or _unknown(letter) for letter in text) / 1000


def _unknown(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return _EM if unicodedata.east_asian_width(letter) in "WF" else _AVERAGE


@lru_cache(maxsize=20_000)
def wrapped(text: str, within: float, size: float, weight: Weight = 400) -> tuple[str, ...]:
    """Breaks a text into lines.

    Args:
        text: What is written; white space of any kind is one space, but a non-breaking one holds.
        within: The width of a line.
        size: Of the letters.
        weight: Of the letters.

    Returns:
        The lines, none wider than asked unless a single letter is; together they hold every letter of the text.

    Example:
        >>> wrapped("Wacht, kijkt of er nieuws is", 110, 14)
        ('Wacht, kijkt of', 'er nieuws is')
    """
    lines: list[str] = []
    line = ""
    for word in _words(text):
        if width((line + word).rstrip(" "), size, weight) <= within:
            line += word
            continue
        if line:
            lines.append(line.rstrip(" "))
        line = word
        while len(line) > 1 and width(line.rstrip(" "), size, weight) > within:
            at = next(
                n for n in range(len(line) - 1, 0, -1) if n == 1 or width(line[:n], size, weight) <= within
            )
            lines.append(line[:at])
            line = line[at:]
    if line.strip(" "):
        lines.append(line.rstrip(" "))
    return tuple(lines)


def _words(text: str) -> list[str]:
    """The pieces between which a line may break, each with the space that follows it."""
    found: list[str] = []
    for word in (part for part in text.replace("\n", " ").replace("\t", " ").split(" ") if part):
        start = 0
        for at, letter in enumerate(word):
            if letter in _BREAKS and 0 < at < len(word) - 1:
                found.append(word[start : at + 1])
                start = at + 1
        found.append(word[start:] + " ")
    return found
