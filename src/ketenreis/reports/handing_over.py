"""How do the handovers between departments read, on a page and in a terminal?"""

from ketenreis.analysis.agreements import Agreement
from ketenreis.measure.handovers import Pair
from ketenreis.render.blocks import Block, Cell, Column, Details, Notice, Points, Section, Stack, Table, Text
from ketenreis.render.terminal import WIDTH, lines, wrapped
from ketenreis.reports.handed_over import HandedOver, complete, kept
from ketenreis.reports.words import Words
from ketenreis.requirements import limit_in_words

_AT_ONCE = 12
"""So many pairs are shown; the others stand behind a click."""


def handovers_section(handed: HandedOver, words: Words, place: str) -> Section:
    """The part of the page about handovers.

    Args:
        handed: What was counted, and what was agreed.
        words: The language.
        place: Where on the page it stands.

    Returns:
        A section that opens with one sentence; below it a table with a row for each pair of departments.
    """
    title = words.say("handovers.title")
    if not handed.found.pairs:
        why, after = words.say("handovers.none_why"), words.say("handovers.none_next")
        return Section(place, title, (Notice(words.say("handovers.none_title"), why, after),), card=True)
    pairs = handed.found.pairs
    # One more behind a click would save nothing.
    shown = len(pairs) if len(pairs) <= _AT_ONCE + 1 else _AT_ONCE
    parts: list[Block] = [Text(_lead(handed, words)), _table(handed, pairs[:shown], words)]
    if shown < len(pairs):
        more = words.say("split.more", n=len(pairs) - shown)
        parts.append(Details(more, (_table(handed, pairs[shown:], words),)))
    if handed.unseen:
        parts += [Text(words.say("handovers.unseen"), "small"), Points(tuple(_unseen(handed, words)))]
    if handed.nameless:
        parts.append(Text(_nameless(handed, words), "small"))
    if handed.unmapped:
        parts.append(Text(_unmapped(handed, words), "small"))
    parts.append(Text(words.say("handovers.note"), "small"))
    return Section(place, title, tuple(parts), card=True)


def handovers_table(handed: HandedOver, words: Words, *, width: int = WIDTH) -> str:
    """The handovers as an aligned table for a terminal, without a last line break."""
    found = handed.found
    said = wrapped(_lead(handed, words), width=width)
    if found.pairs:
        said += ["", *lines(_narrow(handed, words), width=width)]
    told = [(pair, agreed) for pair in found.pairs if (agreed := handed.agreement(pair))]
    for pair, agreed in told:
        text = f"{_pair(pair)}: {_agreed(agreed, words)} {_kept(pair, words)}".rstrip()
        said += ["", *wrapped(text, width=width)]
    if handed.unseen:
        said += ["", *wrapped(words.say("handovers.unseen"), width=width)]
        said += [line for text in _unseen(handed, words) for line in wrapped(text, width=width, indent="  ")]
    if handed.nameless:
        said += ["", *wrapped(_nameless(handed, words), width=width)]
    if handed.unmapped:
        said += ["", *wrapped(_unmapped(handed, words), width=width)]
    return "\n".join([*said, "", *wrapped(words.say("handovers.note"), width=width)])


def _lead(handed: HandedOver, words: Words) -> str:
    found = handed.found
    said = words.say("handovers.lead", n=found.handovers, k=found.cases, returned=found.returned_cases)
    return f"{said} {words.say('handovers.unknown', n=found.unknown)}" if found.unknown else said


def _table(handed: HandedOver, pairs: tuple[Pair, ...], words: Words) -> Table:
    agreed = bool(handed.agreed)
    columns = (
        Column(words.say("handovers.pair")),
        Column(words.say("handovers.times"), number=True),
        *(
            Column(words.say("handovers.wait", share=f"{share:.0%}"), number=True)
            for share in (0.5, 0.9, 0.95)
        ),
        *(
            Column(words.say(f"handovers.{name}"), number=True)
            for name in ("returned", "ping_pong", "complete")
        ),
        *((Column(words.say("handovers.agreement")),) if agreed else ()),
    )
    rows = tuple(_row(pair, handed.agreement(pair), words, agreed=agreed) for pair in pairs)
    return Table(words.say("handovers.caption"), columns, rows, hidden_caption=True)


def _row(pair: Pair, agreement: Agreement | None, words: Words, *, agreed: bool) -> tuple[Cell, ...]:
    share, interval = complete(pair)
    row: tuple[Cell, ...] = (
        _pair(pair),
        Stack(words.whole(pair.handovers), words.say("handovers.in_cases", n=pair.cases)),
        *(words.duration(pair.waits[share]) for share in (0.5, 0.9, 0.95)),
        words.whole(pair.returned),
        words.whole(pair.ping_pong_cases),
        Stack(words.percent(share), words.interval(interval)),
    )
    if not agreed:
        return row
    if agreement is None:
        return (*row, words.say("handovers.no_agreement"))
    return (*row, Stack(_agreed(agreement, words), _kept(pair, words)))


def _narrow(handed: HandedOver, words: Words) -> Table:
    """The table without what a terminal has no room for."""
    columns = (
        Column(words.say("handovers.pair")),
        Column(words.say("handovers.times"), number=True),
        Column(words.say("handovers.wait", share="50%"), number=True),
        Column("90%", number=True),
        *(
            Column(words.say(f"handovers.{name}"), number=True)
            for name in ("returned", "ping_pong", "complete")
        ),
    )
    rows = tuple(
        (
            _pair(pair),
            words.whole(pair.handovers),
            *(words.duration(pair.waits[share]) for share in (0.5, 0.9)),
            words.whole(pair.returned),
            words.whole(pair.ping_pong_cases),
            words.percent(pair.complete_at_first),
        )
        for pair in handed.found.pairs
    )
    return Table("", columns, rows)


def _pair(pair: Pair) -> str:
    return f"{pair.giver} → {pair.receiver}"


def _agreed(agreement: Agreement, words: Words) -> str:
    """What was agreed, in words."""
    if not agreement.is_agreed:
        return words.say("handovers.nothing_agreed")
    said = []
    if agreement.within is not None:
        said.append(words.say("handovers.within", limit=limit_in_words(agreement.within, words.language)))
    said += [words.say("handovers.complete_when", text=text) for text in agreement.complete_when]
    return " ".join(said)


def _kept(pair: Pair, words: Words) -> str:
    """How often the time agreed was made."""
    found = kept(pair)
    if found is None:
        return ""
    share, interval = found
    return words.say(
        "handovers.kept", share=words.percent(share), interval=words.interval(interval), n=pair.handovers
    )


def _unmapped(handed: HandedOver, words: Words) -> str:
    """Which values are no department of the model, and how to say that they are."""
    shown = [f"{value} ({said}?)" if said else value for value, said in handed.unmapped.items()]
    rest = ["…"] if len(shown) > _AT_ONCE else []
    return words.say(
        "handovers.unmapped", names=", ".join([*shown[:_AT_ONCE], *rest]), one=next(iter(handed.unmapped))
    )


def _nameless(handed: HandedOver, words: Words) -> str:
    return words.say("handovers.nameless", names=words.listed(f"“{name}”" for name in handed.nameless))


def _unseen(handed: HandedOver, words: Words) -> list[str]:
    return [f"{one.handover.name}. {_agreed(one, words)}" for one in handed.unseen]
