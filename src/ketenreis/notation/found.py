"""What was found wrong while reading: collected with place and excerpt, and bounded however bad the text is."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from ketenreis.findings import Finding, Level, Place

LIMIT = 200
"""More findings than anyone mends in one sitting; what comes after is counted only, so that time stays bounded."""

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NONE = "–"


class Found:
    """Collects findings of one reading, and the lines that their excerpts are taken from."""

    def __init__(self) -> None:
        self._items: list[Finding] = []
        self._left_out = 0
        self._last: Place | None = None
        self._lines: dict[str, list[str]] = {}
        self.comments: list[Place] = []

    def open(self, file: str, text: str) -> None:
        """Remembers a file's lines."""
        self._lines[file] = _BREAK.split(text)

    def excerpt(self, place: Place) -> str:
        """The line at a place, without its indentation."""
        lines = self._lines.get(place.file, [])
        return lines[place.line - 1].strip()[:160] if 0 < place.line <= len(lines) else ""

    def line(self, place: Place) -> str:
        """The whole line at a place."""
        lines = self._lines.get(place.file, [])
        return lines[place.line - 1] if 0 < place.line <= len(lines) else ""

    def add(
        self,
        name: str,
        place: Place,
        parameters: Mapping[str, str | int] = MappingProxyType({}),
        *,
        level: Level = "error",
        element: str | None = None,
        field: str | None = None,
    ) -> None:
        """Adds a finding at a place."""
        self._last = place
        if len(self._items) >= LIMIT:
            self._left_out += 1
            return
        elements = (element,) if element else ()
        self._items.append(Finding(name, level, elements, field, parameters, place, self.excerpt(place)))

    def nearest(self, word: str, among: Iterable[str]) -> str:
        """The words most like this one, as text; a dash when none is, or when nobody will read it any more."""
        if len(self._items) >= LIMIT:
            return _NONE
        return ", ".join(get_close_matches(word[:100], among, 3, 0.6)) or _NONE

    def all(self) -> tuple[Finding, ...]:
        """Everything found, in the order of reading."""
        if not self._left_out or self._last is None:
            return tuple(self._items)
        more = Finding("more_findings", "error", parameters={"count": self._left_out}, place=self._last)
        return (*self._items, more)
