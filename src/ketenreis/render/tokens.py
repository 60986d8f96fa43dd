"""Which colours and sizes does everything drawn share, and can they be told apart?

An organisation replaces the values; the pairs below must keep the contrast that WCAG 2.2 AA asks.
"""

from collections.abc import Mapping
from types import MappingProxyType

COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "ink": "#1b222d",
        "ink-2": "#434e5e",
        "ink-3": "#5c6775",
        "paper": "#fcfbf8",
        "card": "#ffffff",
        "lane": "#f4f2ec",
        "rule": "#dedad1",
        "rule-2": "#8b8778",
        "thread": "#c4122f",
        "thread-soft": "#fdeef0",
        "good": "#1c6a46",
        "good-soft": "#e7f3ec",
        "bad": "#9c1730",
        "bad-soft": "#fbe8ea",
        "warn": "#7c5200",
        "warn-soft": "#fff4dd",
        "focus": "#1a588c",
    }
)
"""Quiet ink on paper; only the thread is strong."""

TEXT_PAIRS = (
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "card", "lane")),
    ("thread", "paper"),
    ("thread", "card"),
    ("good", "good-soft"),
    ("good", "card"),
    ("good", "paper"),
    ("bad", "bad-soft"),
    ("bad", "card"),
    ("bad", "paper"),
    ("warn", "warn-soft"),
    ("ink", "warn-soft"),
    ("ink-2", "warn-soft"),
    ("focus", "paper"),
    ("focus", "card"),
)
"""Text on its ground: at least 4.5 to 1."""

SHAPE_PAIRS = (
    ("thread", "card"),
    ("ink", "lane"),
    ("ink-3", "lane"),
    ("good", "lane"),
    ("bad", "lane"),
    ("rule-2", "card"),
    ("focus", "lane"),
)
"""Shapes and lines that carry meaning, on their ground: at least 3 to 1."""


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21.

    Args:
        one: As #rrggbb.
        other: As #rrggbb.

    Source:
        W3C (2023), Web Content Accessibility Guidelines 2.2: relative luminance and contrast ratio.

    Example:
        >>> round(contrast("#000000", "#ffffff")), round(contrast("#777777", "#ffffff"), 2)
        (21, 4.48)
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def custom_properties() -> str:
    """The colours as CSS custom properties."""
    return ":root{" + "".join(f"--{name}:{value};" for name, value in COLOURS.items()) + "}"


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
