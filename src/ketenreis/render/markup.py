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

    def __html__(self) -> str:
        """How anything that fills in a page asks whether a text is markup already."""
        return self


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
    found = [f"<{name}"]
    for key, value in attributes.items():
        if value is not None and value is not False:
            found.append(_attribute(key, value))
    found.append(">")
    if name not in _VOID:
        _gather(parts, found)
        found.append(f"</{name}>")
    return Markup("".join(found))


def join(*parts: "Part | Iterable[Part]") -> Markup:
    """Puts parts one after the other.

    Example:
        >>> join("a < b", None, [element("br"), "c"])
        'a &lt; b<br>c'
    """
    found: list[str] = []
    _gather(parts, found)
    return Markup("".join(found))


def filled(shape: str, /, **holes: str) -> Markup:
    """A piece of HTML with its holes filled, where a page has so many of one shape that building each counts.

    Args:
        shape: HTML that stands in the code, with a name in braces where something goes.
        holes: What goes there; text is escaped, for a text as for an attribute in double quotes.

    Example:
        >>> filled('<b title="{why}">{name}</b>{mark}', why='"so"', name="<Zn>", mark=element("br"))
        '<b title="&quot;so&quot;">&lt;Zn&gt;</b><br>'
    """
    for name, said in holes.items():
        if _SPECIAL(said) and not isinstance(said, Markup):
            holes[name] = escape(said)
    return Markup(shape.format_map(holes))


def text(said: str) -> Markup:
    """A text as markup.

    Example:
        >>> text("a < b")
        'a &lt; b'
    """
    return Markup(escape(said, quote=False) if _SPECIAL(said) else said)


def _gather(parts: "Iterable[Part | Iterable[Part]]", found: list[str]) -> None:
    """Takes parts in, one after the other; a page has so many that every call counts."""
    for part in parts:
        if part is None:
            continue
        if isinstance(part, str):
            is_safe = isinstance(part, Markup) or not _SPECIAL(part)
            found.append(part if is_safe else escape(part, quote=False))
        else:
            _gather(part, found)


def _attribute(key: str, value: Attribute) -> str:
    name = key.removesuffix("_").replace("_", "-")
    if value is True:
        return f" {name}"
    said = f"{value:g}" if isinstance(value, float) else str(value)
    return f' {name}="{escape(said) if _SPECIAL(said) else said}"'
