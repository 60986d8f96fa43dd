"""How does a finding read in a terminal? Place, excerpt, what is the case, why it matters, what to do next, and its id."""

from typing import TYPE_CHECKING

from ketenreis.findings import Finding, Level, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ketenreis.notation import Reading

MARK = {"error": "✕", "warning": "!", "advice": "→", "good": "✓"}
COLOUR = {"error": "red", "warning": "yellow", "advice": "dim", "good": "green"}
WIDTH = 100


def in_terminal(finding: Finding, reading: "Reading", language: str, besides: "Iterable[str]" = ()) -> str:
    """A finding as a few lines of text; what is known besides comes below what is the case.

    Example:
        >>> from ketenreis.notation import read_text
        >>> reading = read_text("ctqs: [{id: fast, nam: Fast}]")
        >>> print(in_terminal(reading.findings[0], reading, "en").splitlines()[0])
        ✕ model.yaml:1:19
    """
    said = in_words(finding, language, reading.model.name)
    where = str(finding.place) if finding.place else ", ".join(finding.elements)
    lines = [f"{MARK[finding.level]} {where}".rstrip(), *_excerpt(finding, reading)]
    lines += [f"  {said.title}", f"  {said.message}", *(f"    {line}" for line in besides)]
    lines += [f"  {said.why}", f"  → {said.next}  [{finding.id}]"]
    return "\n".join(lines)


def _excerpt(finding: Finding, reading: "Reading") -> list[str]:
    """The line it is about, with a caret under the place."""
    if finding.place is None or not (line := reading.found.line(finding.place)).strip():
        return []
    indent = len(line) - len(line.lstrip())
    at = max(finding.place.column - 1 - indent, 0)
    # A long line is shown around the place, so that the caret always has something above it.
    start = max(0, at - WIDTH // 2) if at > WIDTH - 10 else 0
    shown = line.strip()[start : start + WIDTH].replace("\t", " ")
    return [f"    {'…' if start else ''}{shown}", f"    {' ' * (at - start + bool(start))}^"]


def headed(level: Level, count: int, language: str) -> str:
    """How many there are of a level.

    Example:
        >>> headed("warning", 2, "en"), headed("error", 1, "nl")
        ('2 warnings', '1 fout')
    """
    one, many = _LEVELS[language][level]
    return f"{count} {one if count == 1 else many}"


_LEVELS = {
    "nl": {
        "error": ("fout", "fouten"),
        "warning": ("waarschuwing", "waarschuwingen"),
        "advice": ("advies", "adviezen"),
        "good": ("ding gaat goed", "dingen gaan goed"),
    },
    "en": {
        "error": ("error", "errors"),
        "warning": ("warning", "warnings"),
        "advice": ("piece of advice", "pieces of advice"),
        "good": ("thing goes well", "things go well"),
    },
}
