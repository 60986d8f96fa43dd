"""How does text become HTML that nobody's name can break?

Every piece of text is escaped where it enters; only what was built here is markup.
"""

import re
from collections.abc import Iterable
from html import escape

_SPECIAL = re.compile("[&<>\"']").search
"""Finds what must be escaped; most text holds none of it."""

_VOID = {"br", "col", "hr", "meta", "link"}

Attribute = str | int | float | bool | None
"""The value of an attribute: left out when None or False, without a value when True."""


class Markup(str):
    """HTML that was built from escaped parts."""

    __slots__ = ()


Part = Markup | str | None
"""What may stand in an element: markup, text that is still to be escaped, or nothing."""


def element(name: str, /, *parts: "Part | Iterable[Part]", **attributes: Attribute) -> Markup:
    """Builds one element.

    Args:
        name: Its name.
        parts: What stands in it, in order; text is escaped.
        attributes: By name, with `_` for `-`, and a last `_` for words that Python keeps to itself.

    Returns:
        The element as markup.

    Example:
        >>> element("p", "Jansen & ", element("b", "<Zn>"), class_="quiet", hidden=None)
        '<p class="quiet">Jansen &amp; <b>&lt;Zn&gt;</b></p>'
    """
    opened = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Markup(opened if name in _VOID else f"{opened}{join(*parts)}</{name}>")


def join(*parts: "Part | Iterable[Part]") -> Markup:
    """Puts parts one after the other.

    Example:
        >>> join("a < b", None, [element("br"), "c"])
        'a &lt; b<br>c'
    """
    return Markup("".join(_text(part) for part in parts))


def _text(part: "Part | Iterable[Part]") -> str:
    if part is None or isinstance(part, Markup):
        return part or ""
    if isinstance(part, str):
        return escape(part, quote=False) if _SPECIAL(part) else part
    return join(*part)


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.removesuffix("_").replace("_", "-")
    if value is True:
        return f" {name}"
    said = f"{value:g}" if isinstance(value, float) else str(value)
    return f' {name}="{escape(said) if _SPECIAL(said) else said}"'
