"""Which events of a log are written alike? One pattern, learnt from the log, takes them out of the text many at a time.

A log writes its keys in one order or a few, with some left out here and there. An event that follows such an order and
holds nothing but keys with plain values (no entities, no children) never reaches the parser: a run of them leaves one
mark in the text. All others stay where they are and are read as any XML, so what a log may contain is not narrowed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from secrets import token_hex

SEPARATOR = "\x1f"
"""Between the values of a row: a character that XML does not allow."""
MOST_KEYS = 100
MOST_ORDERS = 4
LONGEST = 1 << 24
_TEXT = r'[^"<&\x00-\x1f]*+'
_TAG = "(?:string|date|int|float|boolean|id)"
_PLAIN_EVENT = re.compile(rf'<event>((?:\s*+<{_TAG} key="{_TEXT}" value="{_TEXT}" ?/>)++)\s*+</event>')
_KEY = re.compile(r'key="([^"]*)" value=')


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual events of a piece of text.

    Attributes:
        keys: In the order in which the log writes them.
        columns: The values of every event by key; null where an event lacks the key.
        lines: The values of every event as one text.
    """

    keys: tuple[str, ...] = ()
    columns: tuple[Sequence[str | None], ...] = ()
    lines: tuple[str, ...] = ()


class UsualEvents:
    """Learns how the events of one log are written, and cuts those out of its text."""

    def __init__(self) -> None:
        self.mark = f"run-{token_hex(8)}"  # no file can hold a mark that is drawn while it is read
        self._orders: tuple[tuple[str, ...], ...] = ()
        self._pattern: re.Pattern[str] | None = None
        self._cut: dict[int, Usual] = {}
        self._pieces = 0
        self._reached = 0
        self._rest = ""

    def cut(self, text: str) -> str:
        """The text with each run of usual events replaced by `<mark in="…" from="…" to="…"/>`: see `fetch`.

        An event that is not whole yet waits for the text that follows.
        """
        text = self._rest + text
        end = text.rfind("</event>") + len("</event>") if "</event>" in text else 0
        tag = text.rfind("<")
        if (begun := text.find("<event", end)) >= 0:
            end = begun
        elif tag < 0 or len(text) - tag >= len("<event"):
            end = len(text)
        else:
            end = tag  # perhaps the begin of an event
        if len(text) - end > LONGEST:
            end = len(text)
        self._rest = text[end:]
        return self._marked(text[:end])

    def fetch(self, mark: Mapping[str, str]) -> tuple[Usual, int, int]:
        """The events that a mark stands for: those of a piece of text, from one number to before another.

        A parser may come to a mark when later text was cut already, but never goes back: what it passed by, in a
        comment for one, is forgotten.
        """
        number = int(mark["in"])
        if number > self._reached:
            self._reached = number
            self._cut = {piece: usual for piece, usual in self._cut.items() if piece >= number}
        return self._cut[number], int(mark["from"]), int(mark["to"])

    def last(self) -> str:
        """What is left at the end of the file."""
        return self._rest

    def _marked(self, text: str) -> str:
        if self._pattern is None and not self._learn([text]):
            return text
        between, borders = self._split(text)
        if self._learn([between[i] for i in (0, *borders)]):
            between, borders = self._split(text)
        pieces = [between[0]]
        for begin, stop in pairwise([0, *borders]):
            pieces.append(f'<{self.mark} in="{self._pieces}" from="{begin}" to="{stop}"/>{between[stop]}')
        return "".join(pieces)

    def _split(self, text: str) -> tuple[list[str], list[int]]:
        """Takes the usual events out: gives what stands between them, and where that is more than white space."""
        assert self._pattern is not None  # noqa: S101  # asked only once something is learnt
        pieces = self._pattern.split(text)
        step = 1 + sum(map(len, self._orders))
        columns: dict[str, list[str | None]] = {}
        for i, key in enumerate((key for order in self._orders for key in order), 1):
            column, held = pieces[i::step], columns.get(key)
            columns[key] = (
                column if held is None else [a if b is None else b for a, b in zip(held, column, strict=True)]
            )
        whole = [[value or "" for value in each] if None in each else each for each in columns.values()]
        self._pieces += 1
        self._cut[self._pieces] = Usual(
            tuple(columns), tuple(columns.values()), tuple(map(SEPARATOR.join, zip(*whole, strict=True)))
        )
        between = pieces[::step]
        events = len(between) - 1
        borders = [i for i in compress(range(events), between) if i]
        return between, [*borders, events] if events else []

    def _learn(self, texts: Sequence[str]) -> bool:
        """Takes in how the plain events among these texts are written; whether that was news."""
        events = [event for text in texts if "<event>" in text for event in _PLAIN_EVENT.findall(text)]
        orders = self._orders
        for keys in dict.fromkeys(tuple(_KEY.findall(event)) for event in events):
            if not any(key.startswith("case:") for key in keys):  # these are columns of the trace
                orders = _with(orders, keys)
        if orders == self._orders:
            return False
        self._orders = orders
        written = "|".join(
            "".join(rf'(?:<{_TAG} key="{re.escape(key)}" value="({_TEXT})" ?/>\s*+)?+' for key in order)
            + "</event>"
            for order in orders
        )
        self._pattern = re.compile(rf"<event>\s*+(?:{written})\s*+")  # the white space after it says nothing
        return True


def _with(orders: tuple[tuple[str, ...], ...], keys: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The orders with that of one more event, in the first where it fits, else as one of its own."""
    for i, order in enumerate(orders):
        if (wider := _merged(order, keys)) is not None and len(wider) <= MOST_KEYS:
            return (*orders[:i], wider, *orders[i + 1 :])
    if len(orders) < MOST_ORDERS and len(set(keys)) == len(keys) <= MOST_KEYS:
        return (*orders, tuple(keys))
    return orders


def _merged(keys: tuple[str, ...], more: Sequence[str]) -> tuple[str, ...] | None:
    """The keys with those of another event in their places; null when it has another order.

    Example:
        >>> _merged(("a", "c"), ("a", "b", "c", "d"))
        ('a', 'b', 'c', 'd')
        >>> _merged(("a", "c"), ("c", "a"))
    """
    merged = list(keys)
    place = 0
    for key in more:
        if key in merged:
            here = merged.index(key)
            if here < place:
                return None
            place = here + 1
        else:
            merged.insert(place, key)
            place += 1
    return tuple(merged)
