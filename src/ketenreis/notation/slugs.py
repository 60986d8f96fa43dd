"""Which id does an element get that has none yet, and what may an id look like?"""

import re
import unicodedata
from collections.abc import Container, Iterator
from functools import lru_cache

ID = re.compile(r"\w[\w.\-]*(/\w[\w.\-]*)*")
"""Letters, digits, hyphen, underscore and dot; a slash between the id of a process and that of a part in its BPMN."""

ID_LENGTH = 200
_LONGEST = 48


def is_id(text: str) -> bool:
    """Whether a text can be an id.

    Example:
        >>> is_id("bevestiging-op-tijd"), is_id("order/Activity_1"), is_id("op tijd"), is_id("../x")
        (True, True, False, False)
    """
    return len(text) <= ID_LENGTH and ID.fullmatch(text) is not None


@lru_cache(maxsize=1_000)  # a workspace is called by the same name on every line of a page
def slug(text: str) -> str:
    """Makes a readable id of a name: plain lower-case letters and digits with hyphens, cut between words.

    Returns:
        The slug; empty when the name holds no letter or digit that can be kept.

    Example:
        >>> slug("Één keer zekerheid!"), slug("Ik wil weten dat het gelukt is, en wel meteen en overal")
        ('een-keer-zekerheid', 'ik-wil-weten-dat-het-gelukt-is-en-wel-meteen-en')
    """
    plain = unicodedata.normalize("NFKD", text[:400]).encode("ascii", "ignore").decode().lower()
    whole = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    if len(whole) <= _LONGEST:
        return whole
    cut = whole[: _LONGEST + 1].rpartition("-")[0]
    return cut or whole[:_LONGEST]


def propose(name: str, parent: str, kind: str, taken: Container[str]) -> str:
    """Proposes an id that nobody has: the name's slug, else with the parent before it, else numbered.

    Example:
        >>> propose("Bellen", "intake", "step", {"bellen"})
        'intake-bellen'
    """
    return next(candidate for candidate in _candidates(name, parent, kind) if candidate not in taken)


def _candidates(name: str, parent: str, kind: str) -> Iterator[str]:
    own = slug(name)
    if own:
        yield own
    own = own or slug(kind)
    long = f"{parent}-{own}" if parent and len(parent) < 2 * _LONGEST else own
    yield long
    number = 2
    while True:
        yield f"{long}-{number}"
        number += 1
