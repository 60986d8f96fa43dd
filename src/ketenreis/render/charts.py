"""How are shares drawn: as a bar, as a dot with its interval, and as a control chart?

Everything lies at a percentage of the width, so that a drawing fits a phone and a wide screen at the same size of
letters, without a script. Colours come from the style sheet by class, so that forced colours and print work.
"""

from collections.abc import Iterator, Sequence

from ketenreis.render.blocks import Bar, ControlChart, Mark, Span, Spot
from ketenreis.render.markup import Markup, element, join
from ketenreis.render.scale import Scale

_WHOLE = Scale(0.0, 1.0)
_PLOT, _FOOT, _TOP = 190, 26, 10
"""Heights in pixels: of the plot, of the dates below it, and of the air above it."""
_LINE = 15
"""Labels nearer to each other than this are moved apart."""

_MARKS: dict[Mark, str] = {"beyond": "M0-6.5 6.5 0 0 6.5-6.5 0z", "run": "M-4.5-4.5H4.5V4.5H-4.5z"}
"""What is remarkable has a shape of its own."""


def bar(drawn: Bar) -> Markup:
    """A share as a bar from nothing to all, with a mark at its norm."""
    return element(
        "svg",
        element("rect", class_="track", x="0", y="5", width="100%", height="6", rx="3"),
        element("rect", class_="fill", x="0", y="5", width=_WHOLE.percent(drawn.value), height="6", rx="3"),
        None if drawn.norm is None else _upright("norm", _WHOLE.percent(drawn.norm), 0, 16),
        class_=f"bar {drawn.tone}".strip(),
        width="100%",
        height="16",
        aria_hidden="true",
        focusable="false",
    )


def span(drawn: Span) -> Markup:
    """A share as a dot on its interval."""
    at = drawn.scale.percent
    return element(
        "svg",
        element("line", class_="rail", x1="0", x2="100%", y1="10", y2="10"),
        None if drawn.norm is None else _upright("norm", at(drawn.norm), 0, 20),
        element("line", class_="interval", x1=at(drawn.low), x2=at(drawn.high), y1="10", y2="10"),
        element("circle", class_="dot", cx=at(drawn.value), cy="10", r="4"),
        class_=f"span {drawn.tone}".strip(),
        width="100%",
        height="20",
        aria_hidden="true",
        focusable="false",
    )


def control_chart(drawn: ControlChart) -> Markup:
    """A control chart: its own limits per point, the norm as a line apart, and what is remarkable by its shape."""
    height = _TOP + _PLOT + _FOOT
    title, description = f"{drawn.id}-title", f"{drawn.id}-description"
    return element(
        "div",
        element(
            "svg",
            (
                element("text", label, x="100%", y=_y(drawn, value) + 4, text_anchor="end")
                for value, label in drawn.ticks
            ),
            class_="side",
            height=height,
            aria_hidden="true",
            focusable="false",
        ),
        element(
            "svg",
            element("title", drawn.title, id=title),
            element("desc", drawn.description, id=description),
            (_level("grid", _y(drawn, value)) for value, _ in drawn.ticks),
            _limits(drawn),
            _level("centre", _y(drawn, drawn.centre[0])),
            None if drawn.norm is None else _level("norm", _y(drawn, drawn.norm[0])),
            _series(drawn),
            _dates(drawn.spots),
            class_="area",
            width="100%",
            height=height,
            role="img",
            aria_labelledby=f"{title} {description}",
        ),
        element(
            "svg",
            _end_labels(drawn),
            class_="end",
            height=height,
            aria_hidden="true",
            focusable="false",
        ),
        class_="plot",
    )


def key(kind: str) -> Markup:
    """The small picture beside a name in the legend: a series, a line, a band or a mark."""
    inside = {
        "series": join(
            element("line", class_="series", x1="0", x2="22", y1="7", y2="7"),
            element("circle", class_="spot", cx="11", cy="7", r="2.6"),
        ),
        "limits": join(
            element("rect", class_="band", x="0", y="2", width="22", height="10"),
            element("path", class_="limit", d="M0 2H22M0 12H22"),
        ),
        "beyond": element("path", class_="mark", d=_MARKS["beyond"], transform="translate(11 7)"),
        "run": element("path", class_="mark", d=_MARKS["run"], transform="translate(11 7)"),
    }.get(kind) or element("line", class_=kind, x1="0", x2="22", y1="7", y2="7")
    return element(
        "svg", inside, class_="key", width="22", height="14", aria_hidden="true", focusable="false"
    )


def _y(drawn: ControlChart, value: float) -> float:
    """The height of a value, in pixels from the top."""
    return round(_TOP + _PLOT * (1 - drawn.scale.at(value)), 1)


def _x(index: float, count: int) -> str:
    """The middle of a point's own strip."""
    return f"{100 * (index + 0.5) / count:.3f}%"


def _upright(name: str, x: str, top: int, bottom: int) -> Markup:
    return element("line", class_=name, x1=x, x2=x, y1=top, y2=bottom)


def _level(name: str, y: float) -> Markup:
    return element("line", class_=name, x1="0", x2="100%", y1=y, y2=y)


def _limits(drawn: ControlChart) -> Iterator[Markup]:
    """For every point the stretch that ordinary variation covers."""
    count = len(drawn.spots)
    for index, spot in enumerate(drawn.spots):
        left, right = f"{100 * index / count:.3f}%", f"{100 * (index + 1) / count:.3f}%"
        top, bottom = _y(drawn, spot.high), _y(drawn, spot.low)
        yield element(
            "rect",
            class_="band",
            x=left,
            y=top,
            width=f"{100 / count + 0.05:.3f}%",
            height=round(bottom - top, 1),
        )
        for y in (top, bottom):
            yield element("line", class_="limit", x1=left, x2=right, y1=y, y2=y)


def _series(drawn: ControlChart) -> Iterator[Markup]:
    """The line from point to point, then the points above it."""
    count = len(drawn.spots)
    for index in range(count - 1):
        yield element(
            "line",
            class_="series",
            x1=_x(index, count),
            x2=_x(index + 1, count),
            y1=_y(drawn, drawn.spots[index].value),
            y2=_y(drawn, drawn.spots[index + 1].value),
        )
    for index, spot in enumerate(drawn.spots):
        x, y = _x(index, count), _y(drawn, spot.value)
        if spot.mark:
            shape = element("path", class_="mark", d=_MARKS[spot.mark])
            yield element("svg", shape, x=x, y=y, overflow="visible")
        else:
            yield element("circle", class_="spot", cx=x, cy=y, r="2.6")


def _dates(spots: Sequence[Spot]) -> Iterator[Markup]:
    """Some labels below the points: some six where there is room, three on a phone."""
    step = max(1, -(-len(spots) // 6))
    for number, index in enumerate(range(step // 2, len(spots), step)):
        label = spots[index].label
        narrow = " wide-only" if number % 2 else ""
        x = _x(index, len(spots))
        yield element("line", class_="tick", x1=x, x2=x, y1=_TOP + _PLOT, y2=_TOP + _PLOT + 5)
        yield element(
            "text", label, class_=f"date{narrow}", x=x, y=_TOP + _PLOT + _FOOT - 6, text_anchor="middle"
        )


def _end_labels(drawn: ControlChart) -> Iterator[Markup]:
    """The names of norm and centre at the end of their lines, moved apart when they would touch."""
    labels = [("centre", _y(drawn, drawn.centre[0]), drawn.centre[1])]
    if drawn.norm is not None:
        labels.append(("norm", _y(drawn, drawn.norm[0]), drawn.norm[1]))
    labels.sort(key=lambda label: label[1])
    lowest = -float(_LINE)
    for name, y, text in labels:
        lowest = max(y, lowest + _LINE)
        yield element("text", text, class_=name, x="4", y=lowest + 4)
