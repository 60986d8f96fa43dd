"""How is one red thread told beside the board? From the wish down to the figure, and how that runs week by week."""

from collections.abc import Iterable, Iterator

from ketenreis.render.blocks import ControlChart, Knot, Strands
from ketenreis.render.blueprint.board import Board, Panel
from ketenreis.render.markup import Markup, element

_WIDTH, _HEIGHT, _AIR = 320, 92, 8


def panel_of(panel: Panel, board: Board, clear: str = "", place: str = "draad") -> Markup:
    """The panel of a thread.

    Args:
        panel: What it tells.
        board: The board it belongs to.
        clear: Where the way back leads; empty for none.
        place: Its id in the page.
    """
    own = board.own_language if board.own_language != board.language else None
    spun = panel.thread
    return element(
        "aside",
        element("p", board.said.thread, class_="label"),
        element("h2", panel.title, id=f"{place}-kop", lang=own),
        element(
            "ol",
            _knot(spun.wish, own),
            _knot(spun.requirement, own),
            _work(spun.work, own),
            _knot(spun.figure, own, last=True),
            class_="knots",
            aria_label=spun.label,
        ),
        None if panel.chart is None else _chart(panel.chart, board.said.chart, f"{place}-week", panel.notes),
        *(element("p", note, class_="note") for note in (panel.notes if panel.chart is None else ())),
        element("p", element("a", board.said.clear, href=clear, class_="clear")) if clear else None,
        class_="panel",
        id=place,
        tabindex="-1",
        aria_labelledby=f"{place}-kop",
        data_thread=panel.id,
    )


def _knot(knot: Knot, own: str | None, *, last: bool = False) -> Markup:
    lines = (
        element(
            "p",
            element("b", title, lang=own if knot.own else None),
            element("small", detail) if detail else None,
        )
        for title, detail in knot.lines
    )
    looks = ("broken" if knot.broken else "", knot.tone, "last" if last else "")
    return element(
        "li", element("span", knot.kind, class_="kind"), *lines, class_=" ".join(filter(None, looks)) or None
    )


def _work(work: Strands, own: str | None) -> Markup:
    """The activities with their outputs, and the handovers that hold them together."""
    kinds = element("span", " → ".join(work.kinds), class_="kind")
    if work.none:
        return element("li", kinds, element("p", element("b", work.none)), class_="broken")
    more = element("details", element("summary", work.more), *_rows(work.rest, own)) if work.rest else None
    return element("li", kinds, *_rows(work.rows, own), more)


def _rows(rows: Iterable[tuple[str, str, str]], own: str | None) -> Iterator[Markup]:
    for activity, who, output in rows:
        done = " → ".join(filter(None, (activity, output)))
        yield element("p", element("b", done, lang=own), element("small", who) if who else None)


def _chart(chart: ControlChart, title: str, place: str, notes: tuple[str, ...]) -> Markup:
    """The weeks as one line, with the limits of ordinary variation and the norm."""

    def y(value: float) -> float:
        return round(_AIR + (_HEIGHT - 2 * _AIR) * (1 - chart.scale.at(value)), 1)

    spots = chart.spots
    step = (_WIDTH - 12) / max(1, len(spots) - 1)
    at = [round(6 + step * index, 1) for index in range(len(spots))]
    line = " ".join(f"{x:g} {y(spot.value):g}" for x, spot in zip(at, spots, strict=True))
    low = " ".join(f"{x:g} {y(spot.low):g}" for x, spot in zip(at, spots, strict=True))
    high = " ".join(f"{x:g} {y(spot.high):g}" for x, spot in zip(at, spots, strict=True))
    marked = [(x, spot) for x, spot in zip(at, spots, strict=True) if spot.mark]
    norm, said = None, ""
    if chart.norm is not None:
        value, said = chart.norm
        norm = element("path", class_="norm", d=f"M0 {y(value):g}H{_WIDTH}")
    drawn = element(
        "svg",
        element("title", chart.title, id=f"{place}-t"),
        element("desc", chart.description, id=f"{place}-d"),
        element("path", class_="limit", d=f"M{low}"),
        element("path", class_="limit", d=f"M{high}"),
        norm,
        element("path", class_="series", d=f"M{line}"),
        *(element("circle", class_="mark", cx=x, cy=y(spot.value), r=4) for x, spot in marked),
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width="100%",
        role="img",
        aria_labelledby=f"{place}-t {place}-d",
    )
    return element(
        "figure",
        element("figcaption", title, element("span", f"— {said}") if said else None),
        drawn,
        *(element("p", note) for note in notes),
        class_="weeks",
    )
