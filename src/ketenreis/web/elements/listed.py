"""By what can a list of elements be narrowed and sorted, whatever their kind? The metamodel says it, and nobody else."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from ketenreis.model import KIND, Choice, Element, Field, Model
from ketenreis.notation.sheets import sheet_of
from ketenreis.quantity import Duration, limit_text
from ketenreis.web.changes.keeping import Moment
from ketenreis.web.elements.wording import words_in
from ketenreis.web.frame.listing import A_PAGE, Facet, Listing, as_file, listed
from ketenreis.web.frame.visitor import language_of
from ketenreis.web.words import say

R = TypeVar("R")
SORTING = {"date", "whole", "number", "money", "minutes", "duration", "share", "text"}
NARROWING = {"choice", "yesno"}
NUMBERS = {"whole", "number", "money", "minutes"}
MOST_FACETS = 6
_DUTCH = str.maketrans(",.", ".,")


def listed_elements(
    request: HttpRequest,
    moment: Moment,
    kind: str,
    rows: Iterable[R],
    of: Callable[[R], Element],
    more: Sequence[Facet[R]] = (),
    *,
    a_page: int = A_PAGE,
    in_sight: Callable[[R], bool] | None = None,
) -> Listing[R]:
    """Rows that are each about one element, narrowed and sorted as the address asks.

    Args:
        request: Whose address and language.
        moment: The model they stand in.
        kind: The kind of all elements.
        rows: Any values.
        of: The element of a row.
        more: What the page knows besides the metamodel, such as a count or a verdict.
        a_page: So many on one page.
        in_sight: The row whose page is shown where the address names none.
    """
    language = language_of(request)
    every = tuple(rows)
    facets = [*_facets(moment.model, kind, every, of, language), *more]
    return listed(
        request, every, facets, lambda row: words_in(moment.model, of(row)), a_page=a_page, in_sight=in_sight
    )


def elements_file(
    request: HttpRequest, moment: Moment, kind: str, listing: Listing[R], of: Callable[[R], Element]
) -> HttpResponse | None:
    """The elements of a list as a sheet that may come back, when the address asks for one."""
    language = language_of(request)
    return as_file(
        request,
        KIND[kind].plural,
        lambda: sheet_of(moment.model, kind, map(of, listing.every), language, moment.change),
    )


def _facets(
    model: Model, kind: str, rows: Sequence[R], of: Callable[[R], Element], language: str
) -> list[Facet[R]]:
    found: list[Facet[R]] = [Facet("name", say(language, "elements.columns_name"), lambda row: of(row).name)]
    if len({of(row).parent for row in rows}) > 1:
        found.append(
            Facet(
                "in",
                say(language, "elements.columns_where"),
                lambda row: of(row).parent,
                narrows=True,
                sorts=False,
                said=lambda parent: model.name(str(parent)),
            )
        )
    held = {name for row in rows for name in of(row).fields}
    fields = [field for field in KIND[kind].fields if field.name in held]
    found += [
        Facet(
            field.name, _label(field, language), _of(field, of), narrows=True, said=_saying(field, language)
        )
        for field in fields
        if field.type in NARROWING
    ][:MOST_FACETS]
    if any(model.out(of(row).id, "owned_by") for row in rows):
        found.append(
            Facet(
                "owner",
                say(language, "elements.owner"),
                lambda row: next((one.id for one in model.targets(of(row).id, "owned_by")), None),
                narrows=True,
                sorts=False,
                said=lambda owner: model.name(str(owner)),
            )
        )
    found += [
        Facet(field.name, _label(field, language), _of(field, of))
        for field in fields
        if field.type in SORTING
    ][:MOST_FACETS]
    return found


def _label(field: Field, language: str) -> str:
    return str(getattr(field, language))


def _of(field: Field, of: Callable[[R], Element]) -> Callable[[R], Any]:
    def value(row: R) -> Any:
        said = of(row).get(field.name)
        if isinstance(said, Duration):
            return said.microseconds if said.is_calendar else said.amount
        return said if said is None or isinstance(said, bool | int | str) else _comparable(said)

    return value


def _comparable(said: object) -> object:
    return getattr(said, "value", said)


def _saying(field: Field, language: str) -> Callable[[Any], str]:
    def said(value: Any) -> str:
        if isinstance(value, bool):
            return say(language, "elements.yes" if value else "elements.no")
        choice: Choice | None = next((one for one in field.choices if one.key == value), None)
        return str(value) if choice is None else str(getattr(choice, language))

    return said


def shown_columns(kind: str, rows: Sequence[Element], most: int = 4) -> tuple[Field, ...]:
    """The fields of a kind that say most in one line each, and that some of these hold."""
    held = {name for row in rows for name in row.fields}
    title = KIND[kind].title
    fields = [
        field
        for field in KIND[kind].fields
        if field.name in held
        and field.type in SORTING | NARROWING | {"prose", "limit"}
        and field.name != title
    ]
    return tuple(fields[:most])


def in_short(element: Element, field: Field, language: str, most: int = 90) -> str:
    """The value of a field on one line; cut where it is long."""
    value = element.get(field.name)
    if value is None:
        return ""
    if field.type in NARROWING:
        return _saying(field, language)(value)
    if field.type in NUMBERS:
        said = f"{value:,}"
        return said.translate(_DUTCH) if language == "nl" else said
    if hasattr(value, "in_words"):
        return str(value.in_words(language))
    said = " ".join((limit_text(value) if isinstance(value, Decimal) else str(value)).split())
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"
