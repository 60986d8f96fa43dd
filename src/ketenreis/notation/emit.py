"""How does a tree of texts, lists and records read as YAML that every reader takes for the same?

Only what we write ourselves comes here, so a few rules suffice: block style, plain scalars where every version of YAML
reads them as text, quotes where not, literal blocks for several lines, never a wrapped line.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml


class Plain(str):
    """Text of a value whose field says that it is a number, a date or the like; written without quotes."""

    __slots__ = ()


Tree = str | Sequence["Tree"] | Mapping[str, "Tree"]

_PLAIN = re.compile(r"[\w(€“‘][^\t]*")
_NUMBER = re.compile(
    r"[-+]?(\.\d+|\d[\d_]*(\.[\d_]*)?)(e[-+]?\d+)?|0[box][\da-f_]+|[-+]?\.(inf|nan)|[-+]?\d[\d_]*(:[\d_.]*)+",
    re.IGNORECASE,
)
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"}
_RESOLVER: Any = yaml.resolver.Resolver()


def emit(tree: Mapping[str, Tree]) -> str:
    """Writes a record as a YAML document.

    Args:
        tree: Keys with text, lists or records.

    Returns:
        The text, ending with a line break; empty for an empty tree.

    Example:
        >>> print(emit({"name": "no", "steps": [{"id": "a", "action": "Kiest: zelf"}]}), end="")
        name: 'no'
        steps:
        - id: a
          action: 'Kiest: zelf'
    """
    return "".join(f"{line}\n" for line in _record(tree))


def _record(tree: Mapping[str, Tree]) -> Iterator[str]:
    for key, child in tree.items():
        yield from _entry(f"{_one_line(key)}:", child)


def _entry(key: str, child: Tree) -> Iterator[str]:
    match child:
        case str():
            first, *rest = _scalar(child)
            yield f"{key} {first}"
            yield from (f"  {line}" if line else "" for line in rest)
        case Mapping():
            yield key
            yield from (f"  {line}" if line else "" for line in _record(child))
        case _ if child:
            yield key
            yield from _list(child)
        case _:
            yield f"{key} []"


def _list(items: Sequence[Tree]) -> Iterator[str]:
    for item in items:
        lines = _record(item) if isinstance(item, Mapping) else _scalar(item if isinstance(item, str) else "")
        for number, line in enumerate(lines):
            yield f"{'  ' if number else '- '}{line}" if line else ""


def _scalar(text: str) -> list[str]:
    lines = text.split("\n")
    if len(lines) > 1 and all(map(_is_literal, lines)) and lines[0] and lines[-1] and lines[0][0] != " ":
        return ["|-", *lines]
    return [_one_line(text)]


def _is_literal(line: str) -> bool:
    return _is_shown(line) and line == line.rstrip()


def _one_line(text: str) -> str:
    if isinstance(text, Plain) or _is_plain(text):
        return text
    if _is_shown(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _is_plain(text: str) -> bool:
    """Whether every version of YAML reads these characters as this text."""
    return (
        _PLAIN.fullmatch(text) is not None
        and _is_shown(text)
        and ": " not in text
        and " #" not in text
        and text[-1] not in ": "
        and text.lower() not in _WORDS
        and not _NUMBER.fullmatch(text)
        and _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str"
    )


def _is_shown(text: str) -> bool:
    return not any(map(_is_hidden, text))


def _is_hidden(character: str) -> bool:
    """Characters that a reader of YAML refuses or takes for a line break, and those nobody can see."""
    if character.isprintable():
        return False
    return character == "\ufeff" or unicodedata.category(character) in ("Cc", "Cs", "Cn", "Zl", "Zp")


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character == "\n":
        return "\\n"
    if not _is_hidden(character):
        return character
    return f"\\u{ord(character):04X}" if ord(character) < 0x10000 else f"\\U{ord(character):08X}"
