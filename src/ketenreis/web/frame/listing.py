"""How does any list narrow, sort and go to a spreadsheet? By its address alone, so that it works without script and can be sent to somebody.

`?q=` asks for words, `?<facet>=` for one value of a facet, `?sort=name` or `?sort=-name` for an order, `?page=` for a page,
the last one by that word, and `?as=xlsx` or `?as=csv` gives the rows that are shown, all pages of them, as a file.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from ketenreis.notation.sheets import Sheet
from ketenreis.render.sheets import sheet_csv, sheet_xlsx
from ketenreis.web.frame.visitor import language_of
from ketenreis.web.words import say

R = TypeVar("R")
A_PAGE = 100
MOST_OPTIONS = 60
"""More values than this in one choice help nobody; then the words are what narrows."""
MOST_ASKED = 200
FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)  # with slots Python 3.11 refuses `Facet[Row](…)`
class Facet(Generic[R]):
    """One way to look at the rows of a list.

    Attributes:
        key: Its name in the address.
        label: What it is called.
        of: What a row has for it: a text, number, date, or None for nothing.
        narrows: Whether one of its values can be chosen.
        sorts: Whether rows can stand in its order.
        said: What a value is called, where that is not the value itself.
    """

    key: str
    label: str
    of: Callable[[R], Any]
    narrows: bool = False
    sorts: bool = True
    said: Callable[[Any], str] = str


@dataclass(frozen=True, slots=True)
class Option:
    """One value that can be chosen, and how many rows have it where that was counted."""

    value: str
    label: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choosing:
    """A facet of which one value can be chosen."""

    key: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column that sorts: where a click leads, and how the rows stand now, in the words of ARIA."""

    label: str
    address: str
    standing: str


@dataclass(frozen=True)  # as above
class Listing(Generic[R]):
    """The rows of a list as somebody asked for them.

    Attributes:
        rows: This page of them.
        every: All of them that fit, in order.
        n: How many fit.
        whole: How many there are without narrowing.
        asked: The words that were asked.
        choosing: The facets that narrow.
        orders: The orders, to choose from.
        heads: The heads of sortable columns, by facet.
        page, pages: Which page of how many.
        query: The address without page, for links; empty when nothing was asked.
        is_narrowed: Whether anything was asked.
    """

    rows: tuple[R, ...]
    every: tuple[R, ...]
    n: int
    whole: int
    asked: str
    choosing: tuple[Choosing, ...]
    orders: tuple[Option, ...]
    heads: dict[str, Heading]
    page: int
    pages: int
    query: str
    is_narrowed: bool

    @property
    def narrowed_by(self) -> int:
        """By how many facets it is narrowed; the words are not counted, for they stand in sight."""
        return sum(any(option.is_chosen for option in one.options) for one in self.choosing)

    @property
    def sorted_by(self) -> str:
        """The order they stand in, in words; empty for their own."""
        return next((one.label for one in self.orders if one.is_chosen and one.value), "")

    @property
    def before(self) -> str:
        """The address of the page before; empty on the first."""
        return self._at(self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        """The address of the next page; empty on the last."""
        return self._at(self.page + 1) if self.page < self.pages else ""

    def file_address(self, form: str) -> str:
        """Where these rows are given as a file."""
        return f"{self.further}as={form}"

    @property
    def xlsx(self) -> str:
        """Where these rows are given as a workbook."""
        return self.file_address("xlsx")

    @property
    def csv(self) -> str:
        """Where these rows are given as text."""
        return self.file_address("csv")

    @property
    def further(self) -> str:
        """The address of these rows, to which one thing more is written."""
        return f"?{self.query}{'&' if self.query else ''}"

    def _at(self, page: int) -> str:
        return f"{self.further}page={page}"


def listed(
    request: HttpRequest,
    rows: Iterable[R],
    facets: Sequence[Facet[R]],
    text: Callable[[R], str],
    *,
    a_page: int = A_PAGE,
    in_sight: Callable[[R], bool] | None = None,
) -> Listing[R]:
    """Narrows and sorts rows as the address asks.

    Args:
        request: Whose address and language.
        rows: All of them, in their own order.
        facets: What they can be narrowed and sorted by.
        text: The words of a row, among which `q` looks.
        a_page: So many stand on one page.
        in_sight: The row whose page is shown where the address names none; the first page when it is not there.
    """
    language = language_of(request)
    every = tuple(rows)
    given = {key: str(value)[:MOST_ASKED] for key, value in request.GET.items()}
    asked = given.get("q", "").strip()
    words = asked.casefold().split()
    fitting = [row for row in every if _holds(text(row), words)] if words else list(every)
    chosen = {facet.key: given[facet.key] for facet in facets if facet.narrows and given.get(facet.key)}
    choosing = []
    for facet in facets:
        if not facet.narrows:
            continue
        others = {key: value for key, value in chosen.items() if key != facet.key}
        among = [row for row in fitting if _has(row, facets, others)]
        if (one := _choosing(facet, every, among, chosen.get(facet.key, ""), language)) is not None:
            choosing.append(one)
    fitting = [row for row in fitting if _has(row, facets, chosen)]
    sort = given.get("sort", "")
    by = next((facet for facet in facets if facet.sorts and facet.key == sort.removeprefix("-")), None)
    if by is None:
        sort = ""
    else:
        fitting = _sorted(fitting, by, down=sort.startswith("-"))
    pages = max(1, -(-len(fitting) // a_page))
    page = _page(given.get("page", ""), pages)
    if page is None:
        at = next((at for at, row in enumerate(fitting) if in_sight(row)), 0) if in_sight else 0
        page = at // a_page + 1
    kept = {"q": asked, **chosen, "sort": sort}
    query = {key: value for key, value in kept.items() if value}
    return Listing(
        tuple(fitting[(page - 1) * a_page : page * a_page]),
        tuple(fitting),
        len(fitting),
        len(every),
        asked,
        tuple(choosing),
        _orders(facets, sort, language),
        {facet.key: _heading(facet, sort, query) for facet in facets if facet.sorts},
        page,
        pages,
        urlencode(query),
        bool(query),
    )


def _page(asked: str, pages: int) -> int | None:
    """The page that is asked for, or the nearest there is; None where none is."""
    if asked == "last":
        return pages
    return max(1, min(pages, int(asked))) if asked.isdecimal() and len(asked) < 8 else None


def as_file(request: HttpRequest, name: str, sheet: Callable[[], Sheet]) -> HttpResponse | None:
    """The list as a file, when the address asks for one; None when it asks for the page."""
    form = request.GET.get("as", "")
    if form not in FORMS:
        return None
    language = language_of(request)
    table = sheet()
    data = sheet_xlsx(table) if form == "xlsx" else sheet_csv(table, language)
    answer = HttpResponse(data, content_type=FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def plain_sheet(title: str, listing: Listing[R], columns: Sequence[tuple[str, Callable[[R], Any]]]) -> Sheet:
    """Rows that are no elements as a table: what was found, or happened, to read elsewhere."""
    rows = tuple(tuple(_plain(of(row)) for _, of in columns) for row in listing.every)
    return Sheet(title, tuple(heading for heading, _ in columns), rows, ("text",) * len(columns))


def _plain(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _holds(text: str, words: Sequence[str]) -> bool:
    said = text.casefold()
    return all(word in said for word in words)


def _has(row: R, facets: Sequence[Facet[R]], chosen: dict[str, str]) -> bool:
    return all(_value(facet.of(row)) == chosen[facet.key] for facet in facets if facet.key in chosen)


def _value(of: object) -> str:
    return "-" if of is None or of == "" else str(of)


def _choosing(
    facet: Facet[R], every: Sequence[R], among: Sequence[R], chosen: str, language: str
) -> Choosing | None:
    """The values of a facet; None where there is nothing to choose."""
    seen = {_value(value): value for row in every for value in [facet.of(row)]}
    if (len(seen) < 2 and not chosen) or len(seen) > MOST_OPTIONS:
        return None
    counts = Counter(_value(facet.of(row)) for row in among)
    options = [
        Option(
            key,
            say(language, "frame.list_without") if key == "-" else facet.said(value),
            counts[key],
            key == chosen,
        )
        for key, value in seen.items()
    ]
    if chosen and chosen not in seen:
        options.append(Option(chosen, chosen, 0, is_chosen=True))
    options.sort(key=lambda one: (one.value == "-", one.label.casefold()))
    return Choosing(facet.key, facet.label, tuple(options))


def _sorted(rows: list[R], facet: Facet[R], *, down: bool) -> list[R]:
    """In the order of a facet; what has nothing for it comes last, either way."""
    having = [row for row in rows if facet.of(row) not in (None, "")]
    having.sort(key=lambda row: _place(facet.of(row)), reverse=down)
    return [*having, *(row for row in rows if facet.of(row) in (None, ""))]


def _place(value: object) -> tuple[int, Any]:
    """Where a value comes among others: numbers before days before words."""
    if isinstance(value, bool | int | float | Decimal):
        return 0, value
    if isinstance(value, date):
        return 1, value.isoformat()
    return 2, str(value).casefold()


def _orders(facets: Sequence[Facet[R]], sort: str, language: str) -> tuple[Option, ...]:
    found = [Option("", say(language, "frame.list_own_order"), 0, not sort)]
    for facet in facets:
        if facet.sorts:
            up = say(language, "frame.list_up", label=facet.label)
            down = say(language, "frame.list_down", label=facet.label)
            found += [
                Option(facet.key, up, 0, sort == facet.key),
                Option(f"-{facet.key}", down, 0, sort == f"-{facet.key}"),
            ]
    return tuple(found)


def _heading(facet: Facet[R], sort: str, query: dict[str, str]) -> Heading:
    standing = {facet.key: "ascending", f"-{facet.key}": "descending"}.get(sort, "none")
    to = f"-{facet.key}" if standing == "ascending" else facet.key
    return Heading(facet.label, "?" + urlencode({**query, "sort": to}), standing)
