"""Every element of a kind as a list that narrows, sorts, and goes to a spreadsheet and back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ketenreis.model import KIND, KINDS, Element, Model
from ketenreis.web.changes import keeping
from ketenreis.web.changes.making import home
from ketenreis.web.elements.listed import NUMBERS, elements_file, in_short, listed_elements, shown_columns
from ketenreis.web.frame.visitor import language_of, workspace_of


@require_GET
def every_kind(request: HttpRequest, workspace: str) -> HttpResponse:
    """The kinds that the model holds, each with how many; and those it could hold."""
    model = keeping.now(workspace_of(workspace)).model
    counted = [(kind, len(model.of_kind(kind.name))) for kind in KINDS]
    shown = {
        "held": [(kind, n) for kind, n in counted if n],
        "empty": [kind for kind, n in counted if not n],
    }
    return render(request, "elements/kinds.html", shown)


@require_GET
def of_kind(request: HttpRequest, workspace: str, kind: str) -> HttpResponse:
    """Every element of a kind: its name, where it stands, and the fields that say most."""
    here = workspace_of(workspace)
    if kind not in KIND:
        raise Http404
    language = language_of(request)
    moment = keeping.now(here)
    model = moment.model
    elements = model.of_kind(kind)
    listing = listed_elements(request, moment, kind, elements, lambda element: element)
    if (file := elements_file(request, moment, kind, listing, lambda element: element)) is not None:
        return file
    columns = shown_columns(kind, elements)
    rows = [
        (
            element,
            _above(model, element),
            [(column, in_short(element, column, language), column.type in NUMBERS) for column in columns],
        )
        for element in listing.rows
    ]
    brought = request.GET.get("brought", "")
    shown = {
        "kind": KIND[kind],
        "listing": listing,
        "rows": rows,
        "is_inside": any(above for _, above, _ in rows),
        "heads": [(column, listing.heads.get(column.name), column.type in NUMBERS) for column in columns],
        "sheet_kind": kind,
        "organisation": home(model, language) if "organisation" in KIND[kind].inside else None,
        "brought": int(brought) if brought.isdecimal() and len(brought) < 13 else None,
    }
    return render(request, "elements/of_kind.html", shown)


def _above(model: Model, element: Element) -> Element | None:
    """What an element is part of; None where that is only the organisation."""
    above = model[element.parent] if element.parent is not None and element.parent in model else None
    return None if above is None or above.kind == "organisation" else above
