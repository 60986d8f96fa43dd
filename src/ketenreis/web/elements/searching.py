"""What answers to a few words? Pages, kinds and every element by all that it says, for the palette as data and else as a page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from ketenreis.model import KINDS, Element, Model
from ketenreis.web.changes import keeping
from ketenreis.web.elements.wording import excerpt, words_of
from ketenreis.web.features import FEATURES
from ketenreis.web.frame.places import address
from ketenreis.web.frame.visitor import language_of, workspace_of
from ketenreis.web.words import LANGUAGES, say, sentences

MOST_FOUND = 30
FIRST = ("journey", "chain", "process", "ctq")
"""What is shown before anything was asked."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that answers: what it is called, what it is, where it stands, what it says there, and its address."""

    name: str
    kind: str
    where: str
    says: str
    url: str


@require_GET
def found(request: HttpRequest, workspace: str) -> HttpResponse:
    """What answers to the words of `q`: pages first, then kinds, then elements."""
    here = workspace_of(workspace)
    model = keeping.now(here).model
    asked = request.GET.get("q", "").strip()[:200]
    language = language_of(request)
    words = asked.casefold().split()
    hits = [*_pages(here.id, words, language), *_kinds(here.id, model, words, language)]
    hits += [_hit(here.id, model, each, words, language) for each in _elements(model, words)[:MOST_FOUND]]
    if request.headers.get("Accept", "").startswith("application/json"):
        rows = [
            {"name": hit.name, "kind": hit.kind, "where": hit.where, "says": hit.says, "url": hit.url}
            for hit in hits[:MOST_FOUND]
        ]
        return JsonResponse({"found": rows, "none": say(language, "elements.none_found", q=asked)})
    return render(request, "elements/found.html", {"rows": hits, "q": asked})


def _pages(workspace: str, words: list[str], language: str) -> Iterator[Hit]:
    """The pages whose name in either language holds every word."""
    if not words:
        return
    for feature in FEATURES:
        for name in ("menu", "title"):
            key = f"{feature.name}.{name}"
            if key not in sentences(language):
                continue
            said = (
                " ".join(say(code, key) for code in LANGUAGES).casefold()
                if "{" not in sentences(language)[key]
                else ""
            )
            url = _list_of(feature.name, workspace)
            if url and all(word in said for word in words):
                yield Hit(say(language, key), say(language, "elements.page"), "", "", url)
                break


def _list_of(feature: str, workspace: str) -> str:
    try:
        return reverse(f"{feature}:list", args=[workspace])
    except NoReverseMatch:
        return ""


def _kinds(workspace: str, model: Model, words: list[str], language: str) -> Iterator[Hit]:
    """The lists of kinds that are called so in either language, and hold anything."""
    if not words:
        return
    for kind in KINDS:
        said = f"{kind.nl} {kind.nl_plural} {kind.en} {kind.en_plural}".casefold()
        held = len(model.of_kind(kind.name))
        if held and all(word in said for word in words):
            plural = kind.nl_plural if language == "nl" else kind.en_plural
            count = say(language, "elements.list_count", n=held)
            yield Hit(plural, count, "", "", reverse("elements:of_kind", args=[workspace, kind.name]))


def _elements(model: Model, words: list[str]) -> list[Element]:
    """Elements that say every word: by name before by text, those that begin with it first."""
    if not words:
        return list(model.of_kind(*FIRST))
    scored = []
    for each in model:
        said = words_of(each)
        if all(word in said for word in words):
            name = each.name.casefold()
            by_name = all(word in name for word in words)
            scored.append((not by_name, not name.startswith(words[0]), len(name), each))
    return [each for *_, each in sorted(scored, key=lambda row: row[:3])]


def _hit(workspace: str, model: Model, element: Element, words: list[str], language: str) -> Hit:
    above = model.parent(element.id)
    around: list[str] = []
    while above is not None and above.kind != "organisation":
        around.insert(0, above.name)
        above = model.parent(above.id)
    missing = next((word for word in words if word not in element.name.casefold()), "")
    return Hit(
        element.name,
        str(getattr(element.schema, language)),
        " › ".join(around),
        excerpt(element, missing) if missing else "",
        address(workspace, element),
    )
