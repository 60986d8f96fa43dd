"""Which words does an element hold? Its name, and every text in its fields, however deep."""

from collections.abc import Iterator, Mapping

from ketenreis.model.graph import Element


def texts_of(element: Element) -> Iterator[str]:
    """Every text that an element holds, its name first, in every language it is written in.

    Example:
        >>> " · ".join(texts_of(Element("a", "artefact", None, {"name": "Brief", "note": "Aan {naam}"})))
        'Brief · Aan {naam}'
    """
    for value in (element.fields.get("name"), *(v for k, v in element.fields.items() if k != "name")):
        yield from _in(value)


def _in(value: object) -> Iterator[str]:
    match value:
        case None | bool():
            return
        case Mapping():
            for inner in value.values():
                yield from _in(inner)
        case tuple():
            for inner in value:
                yield from _in(inner)
        case _ if type(value).__str__ is not object.__str__:
            yield str(value)
        # What has no words of its own, such as a measure, is made of names that are found themselves.
