"""The slow, independent way to see what differs between two XML texts: the standard library's trees, element by element.

Imports nothing of what it checks.
"""

from collections import Counter
from xml.etree import ElementTree as ET


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def facts(data: bytes) -> Counter:
    """Everything a file says, as a bag: every attribute and every text, each with the path of ids that leads to it."""
    found: Counter = Counter()

    def walk(element, path) -> None:
        name = local(element.tag)
        own = element.get("id") or element.get("bpmnElement") or ""
        here = (*path, f"{name}#{own}" if own else name)
        found[here, "", ""] += 1
        for key, value in element.attrib.items():
            found[here, local(key), value] += 1
        if (element.text or "").strip():
            found[here, "text", element.text.strip()] += 1
        for child in element:
            walk(child, here)

    walk(ET.fromstring(data), ())
    return found


def difference(before: bytes, after: bytes) -> tuple[list, list]:
    """What is gone and what is new, each as (last element of the path, attribute, value)."""
    one, other = facts(before), facts(after)
    short = lambda bag: sorted((key[0][-1], key[1], key[2]) for key in bag.elements())  # noqa: E731
    return short(one - other), short(other - one)
