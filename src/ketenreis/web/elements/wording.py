"""By which words is an element found? Everything it says, in every language it is said in, and its id.

Words are kept for as long as an element is the same value, so an edit costs the words of one element.
"""

import threading
from collections.abc import Iterator

from ketenreis.model import Element, Model
from ketenreis.model.texts import texts_of

MOST_KEPT = 100_000

_lock = threading.Lock()
# An element stands beside its words, so that its number cannot pass to another.
_kept: dict[int, tuple[Element, str]] = {}


def words_of(element: Element) -> str:
    """Every text of an element without capitals, one a line: its name first, then its fields with the labels of its choices."""
    with _lock:
        there = _kept.get(id(element))
        if there is not None:
            return there[1]
        if len(_kept) > MOST_KEPT:
            _kept.clear()
        said = "\n".join((element.name, *texts_of(element), *_chosen(element), element.id)).casefold()
        _kept[id(element)] = element, said
        return said


def words_in(model: Model, element: Element) -> str:
    """The words of an element and the names of what it stands in or leads to: what a reader sees of it in a list."""
    around = [edge.target for edge in model.by_source.get(element.id, ())]
    if element.parent is not None:
        around.append(element.parent)
    return "\n".join((words_of(element), *(model.name(name).casefold() for name in around)))


def excerpt(element: Element, word: str, most: int = 90) -> str:
    """The text of an element around a word, where that is not in its name; empty where it is."""
    if word in element.name.casefold():
        return ""
    for text in texts_of(element):
        at = text.casefold().find(word)
        if at >= 0:
            start = max(0, at - most // 3)
            cut = " ".join(text[start : start + most].split())
            return f"{'…' if start else ''}{cut}{'…' if start + most < len(text) else ''}"
    return ""


def _chosen(element: Element) -> Iterator[str]:
    """What the choices of an element are called, in both languages."""
    for field in element.schema.fields:
        if field.type == "choice":
            for choice in field.choices:
                if choice.key == element.fields.get(field.name):
                    yield choice.nl
                    yield choice.en
