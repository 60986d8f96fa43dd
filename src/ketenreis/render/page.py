"""How does a page look that can be read without a network, a script or a mouse?

One self-contained file: the style sheet stands inside, nothing is fetched, and a content security policy says so.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from ketenreis.render.blocks import (
    Bar,
    Beside,
    Block,
    Cell,
    Chip,
    Code,
    Column,
    ControlChart,
    Details,
    Facts,
    Group,
    Knot,
    Link,
    Notice,
    Page,
    Points,
    Score,
    Scores,
    Section,
    Span,
    Stack,
    Strands,
    Table,
    Text,
    Thread,
    Tile,
    Tiles,
    Together,
)
from ketenreis.render.charts import bar, control_chart, key, span
from ketenreis.render.markup import Markup, element, join, text
from ketenreis.render.tokens import custom_properties

_MARK = (
    '<svg class="logo" viewBox="0 0 26 18" width="26" height="18" aria-hidden="true" focusable="false">'
    '<path class="series" d="M7 4.5C17 4.5 9 13.5 19 13.5"/>'
    '<circle class="ring" cx="4.2" cy="4.5" r="3"/><circle class="ring" cx="21.8" cy="13.5" r="3"/></svg>'
)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where on the page we are.

    Attributes:
        own: The language of the organisation's own words, when it is not the page's.
        level: Of the next heading.
    """

    own: str | None
    level: int = 2

    def deeper(self) -> "_Sheet":
        return replace(self, level=min(6, self.level + 1))


def html(page: Page) -> str:
    """Draws a page.

    Args:
        page: Every word, number and drawing on it.

    Returns:
        One HTML document that needs nothing else.
    """
    sheet = _Sheet(page.own_language if page.own_language != page.language else None)
    style = css()
    head = head_of(page.title, style)
    body = element(
        "body",
        element("a", page.skip, class_="skip", href="#inhoud"),
        _header(page, sheet),
        element("main", _all(page.blocks, sheet), id="inhoud", tabindex="-1"),
        element("footer", (element("p", line) for line in page.footer), class_="foot"),
    )
    return f"<!doctype html>\n{element('html', head, body, lang=page.language)}\n"


@cache
def css() -> str:
    """The style sheet: the tokens, then everything drawn with them."""
    text = files("ketenreis.render").joinpath("style.css").read_text(encoding="utf-8")
    return custom_properties() + text


def head_of(title: str, style: str) -> Markup:
    """The head of a document that fetches nothing, holds no script and says so itself; only this style sheet is its own."""
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="color-scheme", content="light"),
        element("title", title),
        element("style", Markup(style)),
    )


def _header(page: Page, sheet: _Sheet) -> Markup:
    return element(
        "header",
        element(
            "div",
            element("span", Markup(_MARK), page.brand, class_="brand"),
            element("span", page.kicker, class_="kicker"),
            element(
                "nav",
                element("ul", (element("li", _link(link)) for link in page.nav)),
                aria_label=page.nav_label,
            ),
            class_="top",
        ),
        element(
            "div",
            element(
                "div",
                element("h1", page.heading, lang=sheet.own),
                (_text(text, sheet) for text in page.lead),
                class_="about",
            ),
            tiles_html(page.tiles),
            class_="head",
        ),
    )


def _all(blocks: Iterable[Block], sheet: _Sheet) -> Markup:
    return join(_block(block, sheet) for block in blocks)


def _block(block: Block, sheet: _Sheet) -> Markup:
    """Draws any block."""
    match block:
        case Text():
            return _text(block, sheet)
        case Points(items):
            return element("ul", (element("li", item) for item in items), class_="points")
        case Facts():
            return _facts(block)
        case Tiles():
            return tiles_html(block)
        case Scores(items):
            return element("div", (_score(score) for score in items), class_="scores")
        case Table() | Thread() | ControlChart():
            return _drawing(block, sheet)
        case Notice():
            return _notice(block)
        case Code(text, label):
            return element(
                "pre", element("code", text), class_="code", tabindex="0", role="group", aria_label=label
            )
        case Details(summary, inner):
            return element("details", element("summary", summary), _all(inner, sheet))
        case Beside() | Together() | Group():
            return _gathered(block, sheet)
        case Section():
            return _section(block, sheet)


def _drawing(block: Table | Thread | ControlChart, sheet: _Sheet) -> Markup:
    """Draws what has rows, knots or points."""
    match block:
        case Table():
            return table_html(block)
        case Thread():
            return _thread(block, sheet)
        case ControlChart():
            return _chart(block)


def _gathered(block: Beside | Together | Group, sheet: _Sheet) -> Markup:
    """Draws blocks that belong together."""
    match block:
        case Beside(inner, even):
            parts = (element("div", _block(one, sheet)) for one in inner)
            return element("div", parts, class_=f"beside {'even' if even else 'aside'}")
        case Together(inner):
            return _all(inner, sheet)
        case Group(title, inner):
            heading = element(f"h{sheet.level}", title)
            return element("div", heading, _all(inner, sheet.deeper()), class_="group")


def _notice(notice: Notice) -> Markup:
    return element(
        "div",
        element("p", element("strong", notice.title), " ", notice.why),
        element("p", notice.next, class_="next"),
        class_=f"notice {notice.tone}".strip(),
    )


def _section(section: Section, sheet: _Sheet) -> Markup:
    heading = element(
        f"h{sheet.level}",
        section.title,
        id=f"{section.id}-kop",
        lang=sheet.own if section.own else None,
    )
    return element(
        "section",
        element("div", heading, None if section.chip is None else _chip(section.chip), class_="title"),
        _all(section.blocks, sheet.deeper()),
        id=section.id,
        class_="card" if section.card else None,
        aria_labelledby=f"{section.id}-kop",
    )


def _text(text: Text, sheet: _Sheet) -> Markup:
    return element("p", text.text, class_=text.look or None, lang=sheet.own if text.own else None)


def blocks_html(blocks: Iterable[Block], own_language: str | None = None) -> Markup:
    """Blocks to stand in another page.

    Args:
        blocks: What is told, in order.
        own_language: The language of the organisation's own words, where it is not that of the page.

    Returns:
        The markup; it needs the style sheet of `css()`, and nothing else.
    """
    return _all(blocks, _Sheet(own_language))


def tiles_html(tiles: Tiles) -> Markup:
    """Figures to start with, each with its words."""
    return element("dl", (_tile(tile) for tile in tiles.items), class_="tiles", aria_label=tiles.label)


def _tile(tile: Tile) -> Markup:
    detail = element("dd", tile.detail, class_="detail") if tile.detail else None
    return element("div", element("dt", tile.label), element("dd", tile.value, class_="value"), detail)


def _facts(facts: Facts) -> Markup:
    rows = (
        element(
            "div",
            element("dt", fact.name),
            element("dd", fact.value, element("small", fact.detail) if fact.detail else None),
        )
        for fact in facts.items
    )
    return element("dl", rows, class_=f"facts {facts.look}".strip())


def _score(score: Score) -> Markup:
    return element(
        "div",
        element("p", score.label, class_="label"),
        element("p", element("b", score.value), " ", element("span", score.interval), class_="figure"),
        bar(score.bar),
        element("p", score.norm, class_="norm"),
        class_=f"score {score.bar.tone}".strip(),
    )


def _chip(chip: Chip) -> Markup:
    return element(
        "span",
        element("span", chip.shape, aria_hidden="true"),
        " ",
        chip.word,
        class_=f"chip {chip.tone}".strip(),
    )


def _link(link: Link) -> Markup:
    return element("a", link.text, href=f"#{link.target}")


def table_html(table: Table) -> Markup:
    """A table that scrolls by itself where it does not fit, also by keyboard."""
    head = (element("th", column.name, scope="col", class_=_kind(column)) for column in table.columns)
    openings = tuple(
        f'<td class="{kind}">' if (kind := _kind(column)) else "<td>" for column in table.columns[1:]
    )
    rows = (_row(cells, openings) for cells in table.rows)
    drawn = element(
        "table",
        element("caption", table.caption, class_="heard" if table.hidden_caption else None),
        element("thead", element("tr", head)),
        element("tbody", rows),
        class_="compact" if table.compact else "many" if len(table.columns) > 5 else None,
    )
    note = element("p", table.note, class_="quiet") if table.note else None
    return join(
        element("div", drawn, class_="scroll", tabindex="0", role="group", aria_label=table.caption), note
    )


def _row(cells: Sequence[Cell], openings: Iterable[str]) -> Markup:
    """A row; written by hand, for a large table has thousands of cells."""
    rest = "".join(f"{opened}{_cell(cell)}</td>" for opened, cell in zip(openings, cells[1:], strict=True))
    return Markup(f'<tr><th scope="row">{_cell(cells[0])}</th>{rest}</tr>')


def _kind(column: Column) -> str | None:
    """The class of a column's cells."""
    if column.drawing:
        return "drawing"
    return "number" if column.number else None


def _cell(cell: Cell) -> Markup:
    match cell:
        case str():
            return text(cell)
        case Chip():
            return _chip(cell)
        case Link():
            return _link(cell)
        case Stack(main, small):
            return join(_cell(main), element("small", small) if small else None)
        case Bar():
            return bar(cell)
        case Span():
            return span(cell)


def _thread(thread: Thread, sheet: _Sheet) -> Markup:
    knots = (
        _knot(thread.wish, sheet, "wish"),
        _knot(thread.requirement, sheet, "requirement"),
        _strands(thread.work, sheet),
        _knot(thread.figure, sheet, "outcome"),
    )
    return element("ol", knots, class_="thread", aria_label=thread.label)


def _knot(knot: Knot, sheet: _Sheet, place: str) -> Markup:
    lines = (
        element(
            "p",
            element("b", title, lang=sheet.own if knot.own else None),
            element("small", detail) if detail else None,
        )
        for title, detail in knot.lines
    )
    classes = " ".join(filter(None, ("knot", place, "broken" if knot.broken else "", knot.tone)))
    return element("li", element("span", knot.kind, class_="kind"), lines, class_=classes)


def _strands(work: Strands, sheet: _Sheet) -> Markup:
    kinds = element("div", (element("span", kind, class_="kind") for kind in work.kinds), class_="kinds")
    if work.none:
        said = element("p", element("b", work.none))
        return element("li", kinds, said, class_="knot work broken")
    more = (
        element("details", element("summary", work.more), _rows(work.rest, sheet), class_="more")
        if work.rest
        else None
    )
    return element("li", kinds, _rows(work.rows, sheet), more, class_="knot work")


def _rows(rows: Iterable[tuple[str, str, str]], sheet: _Sheet) -> Markup:
    return element(
        "ul",
        (
            element(
                "li",
                element(
                    "span", element("b", activity, lang=sheet.own), element("small", who) if who else None
                ),
                element("span", output, lang=sheet.own),
            )
            for activity, who, output in rows
        ),
    )


def _chart(drawn: ControlChart) -> Markup:
    names = (
        (kind, name)
        for kind, name in (
            ("series", drawn.legend.series),
            ("centre", drawn.legend.centre),
            ("limits", drawn.legend.limits),
            ("norm", drawn.legend.norm),
            ("beyond", drawn.legend.beyond),
            ("run", drawn.legend.run),
        )
        if name
    )
    return element(
        "figure",
        element("figcaption", drawn.title),
        control_chart(drawn),
        element("ul", (element("li", key(kind), name) for kind, name in names), class_="legend"),
        (element("p", note, class_="note") for note in drawn.notes),
        element("details", element("summary", drawn.summary), table_html(drawn.table)),
        class_="chart",
    )
