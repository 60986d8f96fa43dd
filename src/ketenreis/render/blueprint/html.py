"""How does a blueprint read in a browser? A real table: lanes are rows, steps are columns, cards are lists in its cells.

Nothing is placed by a style or a script, so the strictest content security policy will do. On a narrow screen the same
table folds to one column per step. Every card names itself and its threads (`data-id`, `data-threads`) for who adds more.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ketenreis.render.blocks import Bar
from ketenreis.render.blueprint.board import Basis, Board, Card, Figure, Lane, Mood, Tag
from ketenreis.render.blueprint.curve import HEIGHT, Piece, curve, height_of
from ketenreis.render.blueprint.panel import panel_of
from ketenreis.render.blueprint.sheet import sheet_of
from ketenreis.render.blueprint.table import equal_table
from ketenreis.render.charts import bar
from ketenreis.render.markup import Markup, element, filled, join, text
from ketenreis.render.page import table_html

COLUMNS = 150
"""So many columns know their place on a narrow screen; further ones stand at the end."""

AT_ONCE = 30
"""So many cards of one cell are shown at once."""

_CARD = (
    '<li class="{looks}" data-id="{id}"{threads}>{kind}{tags}{name}{basis}{lines}{figure}{runs}{inner}</li>'
)
_LINK = '<a class="name" href="{target}"{lang}{current}>{title}</a>'
_LINE = "<small{lang}>{said}</small>"
_BASIS = '<span class="basis {basis}" title="{word}"><span class="heard"> ({word})</span></span>'


def blueprint_html(board: Board, thread: str | None = None, link: str = "?ctq={id}") -> Markup:
    """The board with the panel of its thread, to stand in a page.

    Args:
        board: What it shows.
        thread: The element that is selected: a requirement, or any card that threads run through; None for none.
        link: Where a card leads, with `{id}` for its element: the page that shows the board with that `thread`. An empty
            text makes no links.

    Returns:
        One `div` of class `blueprint`. It needs `css()` and the tokens, and nothing else.

    Example:
        On Belmij (`model`):

        >>> from ketenreis.reports.blueprint import board
        >>> drawn = blueprint_html(board(model, "telefoon-bestellen"), "bevestiging-op-tijd")
        >>> drawn.startswith('<div class="blueprint with-panel'), 'data-selected="bevestiging-op-tijd"' in drawn
        (True, True)
    """
    lit = board.lit(thread)
    look = _Look.of(
        board,
        lit,
        thread,
        lambda card: link.replace("{id}", card.id) if link else "",
        _ways(board, {"": lit}),
        {},
    )
    told = board.panel(thread)
    sheet = sheet_of(board, has_panel=told is not None).name
    aside = way = None
    if told is not None:
        clear = link.partition("?")[0] or "?" if link else ""
        aside = panel_of(told, board, clear)
        # On a narrow screen the panel stands below a long board: the way to it stays in sight.
        way = element(
            "a", element("span", f"↓ {board.said.thread}"), f" {told.title}", href="#draad", class_="to-panel"
        )
    return element(
        "div",
        element("div", _grid(look), _legend(board), _tray(look), class_="main"),
        way,
        aside,
        class_=f"blueprint with-panel {sheet}" if aside else f"blueprint {sheet}",
        data_blueprint=board.id,
        data_selected=thread,
    )


def blueprint_table(board: Board) -> Markup:
    """The same content as one plain table, to stand in a page."""
    return table_html(equal_table(board))


@cache
def css() -> str:
    """The style sheet of boards; it leans on the colours of `tokens.custom_properties`."""
    text = files("ketenreis.render.blueprint").joinpath("blueprint.css").read_text(encoding="utf-8")
    return text + "".join(f".blueprint .lanes .o{index}{{order:{index}}}" for index in range(COLUMNS))


@dataclass(frozen=True, slots=True)
class _Look:
    """What every part of one drawing is told.

    Attributes:
        board: What it shows.
        lit: The elements on the selected thread.
        selected: The selected element.
        link: Where a card leads; an empty text for nowhere.
        ways: By lane and column how threads pass a cell.
        numbers: The number of each thread, where a file tells them apart by rules of its own.
        bases: The mark of each basis.
        lang: That words are the organisation's own, where its language is not that of the page.
    """

    board: Board
    lit: Collection[str]
    selected: str | None
    link: Callable[[Card], str]
    ways: Mapping[tuple[str, int], str]
    numbers: Mapping[str, int]
    bases: Mapping[Basis, Markup]
    lang: Markup

    @classmethod
    def of(
        cls,
        board: Board,
        lit: Collection[str],
        selected: str | None,
        link: Callable[[Card], str],
        ways: Mapping[tuple[str, int], str],
        numbers: Mapping[str, int],
    ) -> "_Look":
        """Draws once what thousands of cards have in common."""
        bases = {basis: filled(_BASIS, basis=basis, word=word) for basis, word in board.said.legend}
        is_own = board.own_language != board.language
        lang = filled(' lang="{own}"', own=board.own_language) if is_own else Markup()
        return cls(board, lit, selected, link, ways, numbers, bases, lang)

    @property
    def own(self) -> str | None:
        """The language of the organisation's words, where it is not that of the page."""
        return self.board.own_language if self.board.own_language != self.board.language else None


def standing_alone(board: Board) -> tuple[Markup, str]:
    """The board for a file without a server: every panel is in it, and a link to a panel lights its thread.

    Returns:
        The markup, and the rules that belong to this board, to be added to the style sheet.
    """
    index = {panel.id: number for number, panel in enumerate(board.panels)}

    def link(card: Card) -> str:
        first = card.id if card.id in index else next(iter(card.threads), None)
        return "" if first is None else f"#draad-{index[first]}"

    runs = {str(number): panel.runs for number, panel in enumerate(board.panels)}
    look = _Look.of(board, frozenset(), None, link, _ways(board, runs), index)
    panels = (
        panel_of(panel, board, "#blauwdruk", f"draad-{number}") for number, panel in enumerate(board.panels)
    )
    drawn = element(
        "div",
        element("div", _grid(look), _legend(board), _tray(look), class_="main"),
        element("div", element("p", board.said.pick, class_="pick"), *panels, class_="panels"),
        class_=f"blueprint alone with-panel {sheet_of(board).name}",
        id="blauwdruk",
    )
    rules = "".join(_rule(number) for number in range(len(board.panels)))
    return drawn, rules


def _rule(number: int) -> str:
    """Lights one thread of a file when its panel is the target."""
    chosen = f".blueprint:has(#draad-{number}:target)"
    return (
        f"{chosen} .t{number}.card{{border-color:var(--thread);box-shadow:0 0 0 1px var(--thread)}}"
        f'{chosen} .t{number}.row::before{{content:""}}'
        f"{chosen} .through{number}::after,{chosen} .up{number} .t{number}.card::before,"
        f'{chosen} .down{number} .t{number}.card::after{{content:""}}'
    )


def _ways(board: Board, threads: Mapping[str, Collection[str]]) -> Mapping[tuple[str, int], str]:
    """How threads pass the cells: from the first lit card of a column down to the last, through what lies between.

    Returns:
        By lane and column the classes `up`, `down` and `through`, each followed by the key of its thread.
    """
    stands: dict[str, tuple[int, int]] = {}
    for row, lane in enumerate(board.lanes):
        for column, cards in enumerate(lane.cells):
            stands |= {one.id: (column, row) for card in cards for one in card.all()}
    found: dict[tuple[str, int], list[str]] = {}
    for key, runs in threads.items():
        columns: dict[int, set[int]] = {}
        for element_id in runs:
            if element_id in stands:
                column, row = stands[element_id]
                columns.setdefault(column, set()).add(row)
        for column, lit in columns.items():
            first, last = min(lit), max(lit)
            for row in range(first, last + 1):
                ways = found.setdefault((board.lanes[row].key, column), [])
                if row not in lit:
                    ways.append(f"through{key}")
                ways += [f"up{key}"] if row in lit and row > first else []
                ways += [f"down{key}"] if row in lit and row < last else []
    return {place: " ".join(ways) for place, ways in found.items()}


def _grid(look: _Look) -> Markup:
    board = look.board
    phases: list[Markup] = []
    at = 0
    for phase in board.phases:
        name = element(
            "th",
            phase.title,
            scope="colgroup",
            role="columnheader",
            colspan=phase.columns,
            class_=f"phase o{at}",
            lang=look.own,
        )
        phases.append(
            name if phase.title else element("td", colspan=phase.columns, role="cell", class_=f"phase o{at}")
        )
        at += phase.columns
    return element(
        "div",
        element(
            "table",
            element("caption", board.said.board, class_="heard"),
            element("colgroup", element("col", class_="lane"), *(element("col") for _ in board.steps)),
            element(
                "thead",
                element(
                    "tr", element("td", role="cell", class_="corner"), *phases, role="row", class_="phases"
                )
                if any(phase.title for phase in board.phases)
                else None,
                element(
                    "tr",
                    element(
                        "th",
                        element("span", board.said.lanes, class_="heard"),
                        scope="col",
                        role="columnheader",
                        class_="corner",
                    ),
                    *_heads(look),
                    role="row",
                ),
                role="rowgroup",
            ),
            element("tbody", *(part for lane in board.lanes for part in _lane(lane, look)), role="rowgroup"),
            role="table",
            class_="lanes",
        ),
        class_="board",
        tabindex="0",
        role="region",
        aria_label=board.said.board,
    )


def _heads(look: _Look) -> Iterator[Markup]:
    for index, step in enumerate(look.board.steps):
        yield element(
            "th",
            element("span", step.title, class_="title", lang=look.own),
            *(_tag(tag) for tag in step.tags),
            *(element("small", line) for line in step.lines),
            scope="col",
            role="columnheader",
            class_=f"step o{index}",
            data_step=step.id,
        )


def _lane(lane: Lane, look: _Look) -> Iterator[Markup]:
    if lane.line is not None:
        name = element("td", element("span", lane.line.name), colspan=len(lane.cells) + 1, role="cell")
        yield element("tr", name, role="row", class_="line dashed" if lane.line.dashed else "line")
    pieces = curve(lane.moods) if any(lane.moods) or any(lane.intended) else None
    meant = curve(lane.intended) if any(lane.intended) else None
    cells = []
    for index, cards in enumerate(lane.cells):
        inside: list[Markup] = []
        if pieces is not None:
            inside.append(_mood(pieces[index], meant[index] if meant else None, look))
        inside += _cards(cards, look)
        is_empty = not cards and (pieces is None or lane.moods[index] is None)
        inside += [element("span", look.board.said.empty, class_="heard")] if is_empty else []
        looks = " ".join(
            filter(
                None,
                (
                    f"o{index}",
                    "empty" if is_empty else "",
                    "under" if lane.line else "",
                    look.ways.get((lane.key, index), ""),
                ),
            )
        )
        cells.append(element("td", *inside, role="cell", class_=looks, data_lane=lane.title))
    yield element(
        "tr",
        element("th", lane.title, scope="row", role="rowheader", class_="lane"),
        *cells,
        role="row",
        class_=lane.key,
        data_lane=lane.key,
    )


def _cards(cards: tuple[Card, ...], look: _Look) -> Iterator[Markup]:
    """The cards of a cell; of very many the further ones stand behind a click, for no one reads them all at once."""
    few = cards if len(cards) <= AT_ONCE + 1 else cards[:AT_ONCE]
    if few:
        yield element("ul", *(_card(card, look) for card in few), class_="cards")
    if rest := cards[len(few) :]:
        yield element(
            "details",
            element("summary", f"+ {len(rest)}"),
            element("ul", *(_card(card, look) for card in rest), class_="cards"),
            open=any(one.id in look.lit for card in rest for one in card.all()),
        )


def _card(card: Card, look: _Look) -> Markup:
    """A card, or a row on another card."""
    board = look.board
    lit = card.id in look.lit
    numbers = (f"t{look.numbers[thread]}" for thread in card.threads if thread in look.numbers)
    looks = ("card" if card.look != "row" else "row", card.look if card.look in ("quote", "pain") else "")
    suspect = any(tag.look == "suspect" for tag in card.tags)
    classes = (*looks, "lit" if lit else "", "suspect" if suspect else "", *numbers)
    return filled(
        _CARD,
        looks=" ".join(filter(None, classes)),
        id=card.id,
        threads=filled(' data-threads="{ids}"', ids=" ".join(card.threads)) if card.threads else "",
        kind=filled('<span class="heard">{kind}: </span>', kind=text(card.kind))
        if card.look == "row"
        else "",
        tags=element("span", *map(_tag, card.tags), class_="tags") if card.tags else "",
        name=_name(card, look),
        basis=look.bases.get(card.basis, ""),
        lines=join(filled(_LINE, lang=look.lang, said=text(line)) for line in card.lines),
        figure="" if card.figure is None else _figure(card.figure),
        runs=element("span", f" {board.said.runs}", class_="heard") if lit else "",
        inner=element("ul", *(_card(inner, look) for inner in card.inner), class_="rows")
        if card.inner
        else "",
    )


def _name(card: Card, look: _Look) -> Markup:
    """The title, as a link where selecting the card lights something."""
    target = look.link(card) if card.threads else ""
    if not target:
        return filled('<span class="name"{lang}>{title}</span>', lang=look.lang, title=text(card.title))
    current = Markup(' aria-current="true"') if card.id == look.selected else ""
    return filled(_LINK, target=target, lang=look.lang, current=current, title=text(card.title))


@lru_cache(maxsize=1_000)  # the same few words on thousands of cards
def _tag(tag: Tag) -> Markup:
    return element("span", tag.word, class_=f"tag {tag.look}")


def _figure(figure: Figure) -> Markup:
    """The attainment: shape and share, the same drawn, and what was asked; below it what makes it honest."""
    verdict = figure.verdict
    shown = figure.share or verdict.word
    line = element(
        "span",
        element("span", element("span", verdict.shape, aria_hidden="true"), " ", shown, class_="share"),
        element("span", f" {verdict.word}", class_="heard") if figure.share else None,
        bar(Bar(figure.value, figure.asked, verdict.tone)) if figure.value is not None else None,
        element("span", figure.norm, class_="asked") if figure.norm else None,
        class_=f"figure {verdict.tone}".strip(),
    )
    return join(line, element("small", figure.detail, class_="honest") if figure.detail else None)


def _mood(piece: Piece, meant: Piece | None, look: _Look) -> Markup:
    """One column's part of the curve; the parts of all columns join into one line."""
    moods = [one.mood for one in (piece, meant) if one is not None and one.mood is not None]
    said = "; ".join(mood.said for mood in moods)
    lines = element(
        "svg",
        element("path", class_="zero", d=f"M0 {HEIGHT / 2:g}H100", vector_effect="non-scaling-stroke"),
        *(
            element("path", class_=look_of, d=path, vector_effect="non-scaling-stroke")
            for look_of, one in (("meant", meant), ("felt", piece))
            if one is not None
            for path in one.paths
        ),
        viewBox=f"0 0 100 {HEIGHT}",
        preserveAspectRatio="none",
        width="100%",
        height=HEIGHT,
    )
    return element(
        "svg",
        lines,
        *(part for mood in moods for part in _point(mood)),
        class_="curve",
        width="100%",
        height=HEIGHT,
        role="img" if said else None,
        aria_label=said or None,
        aria_hidden=None if said else "true",
        focusable="false",
        lang=look.own if said else None,
    )


def _point(mood: Mood) -> Iterator[Markup]:
    y = height_of(mood.score)
    yield element("circle", class_=f"point {mood.basis}", cx="50%", cy=y, r=5)
    if mood.basis == "observed":
        yield element("circle", class_="core", cx="50%", cy=y, r=2)
    if mood.basis != "intended":
        beside = y + 20 if mood.score < 0 else y - 11
        yield element("text", mood.short, x="50%", y=beside, text_anchor="middle", aria_hidden="true")


def _legend(board: Board) -> Markup | None:
    if not board.said.legend:
        return None
    items = (
        element("li", element("span", class_=f"basis {basis}", aria_hidden="true"), word)
        for basis, word in board.said.legend
    )
    return element("ul", *items, class_="legend")


def _tray(look: _Look) -> Markup | None:
    """What belongs to the board and has no column yet."""
    if not look.board.tray:
        return None
    title, why = look.board.said.tray
    return element(
        "section",
        element("h2", title, id="lade"),
        element("p", why),
        element("ul", *(_card(card, look) for card in look.board.tray), class_="cards"),
        class_="tray",
        aria_labelledby="lade",
    )
