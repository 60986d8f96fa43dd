"""How does one step stand on the page of its journey? Filled in from a few shapes: a large page has thousands of pieces.

A template says the same five times as slowly; the rest of the page, of which there is little, is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.urls import reverse

from ketenreis.model import Element, Kind
from ketenreis.render.markup import Markup, filled, join
from ketenreis.reports.words import Words
from ketenreis.web.frame.places import acting, opening
from ketenreis.web.journeys.columns import Column, Part
from ketenreis.web.words import say

_ANY_ZONE = ZoneInfo("UTC")
"""For words that tell no time."""

STEP = """<li class="step{aside}" id="{id}" data-movable="step" draggable="true">
{way}
<h3><a {open}>{name}</a>{rests}</h3>{moving}
{truth}
{action}
{felt}
{groups}
<div class="part ways"><h4>{ways}</h4><ul>{then}</ul>
<a class="quiet" {open_ways} aria-label="{change_ways}">{change}</a></div>
</li>
"""
GROUP = """<div class="part {kind}"><h4>{title}</h4>
<ul>{parts}</ul>
<form {act} class="adding">{token}<input type="hidden" name="do" value="add"><input type="hidden" name="kind" value="{kind}"><input type="hidden" name="back" value="{back}"><input name="title" required maxlength="1000" aria-label="{add}" placeholder="{label}"><button class="tiny" aria-label="{add}">+</button></form></div>
"""
PART = '<li id="{id}"><a {open}>{name}</a>{rests}{channel}{leads}</li>'
MAKING = '<form method="post" action="{making}" class="to none">{token}<input type="hidden" name="wish" value="{id}"><button class="as-link" aria-label="{said}">→ {make}</button></form>'
SHOWN = '<small class="to">→ <a href="{letters}#{id}">{name}</a></small>'
ATTACHING = '<small class="to none"><a href="{letters}?at={at}#new" aria-label="{said}">{attach}</a></small>'
MOVING = '<form {act} class="moving" data-move>{token}<input type="hidden" name="do" value="move"><input type="hidden" name="back" value="{back}"><button class="tiny" name="by" value="earlier" data-by="earlier" aria-label="{earlier}">←</button><button class="tiny" name="by" value="later" data-by="later" aria-label="{later}">→</button></form>'


@dataclass(frozen=True, slots=True)
class Page:
    """What is the same for all that stands on one page.

    Attributes:
        workspace: Whose journey.
        language: "nl" or "en".
        address: The page without what was asked of it: where a form comes back to.
        asked: The page as it was asked for: where the panel comes back to.
        token: What every form carries to show that it is ours.
    """

    workspace: str
    language: str
    address: str
    asked: str
    token: Markup

    def say(self, key: str, **holes: str) -> str:
        """A sentence in the language of the page."""
        return say(self.language, f"journeys.{key}", **holes)

    def open(self, element: Element, at: str = "") -> Markup:
        """What makes a link open an element beside the page."""
        return opening(self.workspace, element.id, self.asked, at)

    def label(self, kind: Kind, of: str = "") -> str:
        """What a kind is called, alone or many."""
        return str(getattr(kind, self.language + of))


@cache
def basis_mark(language: str, basis: str, *, is_said: bool = False) -> Markup:
    """What a thing rests on, as a mark by eye and a word by ear; the word for both where it is said."""
    mark = '<span class="basis {basis}" title="{word}" aria-hidden="true"></span>'
    said = "{word}" if is_said else '<span class="heard"> ({word})</span>'
    word = Words(language, _ANY_ZONE).say(f"blueprint.basis_{basis}")
    return filled(mark + said, basis=basis, word=word)


@cache
def way_word(language: str, way: str) -> str:
    """What a kind of way between two steps is called."""
    return Words(language, _ANY_ZONE).say(f"blueprint.path_{way}")


def moving(element: Element, page: Page) -> Markup:
    """The buttons that put a step or a phase one place earlier or later."""
    return filled(
        MOVING,
        act=acting(page.workspace, element.id),
        token=page.token,
        back=page.address,
        earlier=page.say("earlier", name=element.name),
        later=page.say("later", name=element.name),
    )


def step_html(column: Column, page: Page) -> Markup:
    """One step, with all that stands in it and a line for more of each kind."""
    step = column.step
    is_aside = column.way != "main"
    action = step.get("action")
    return filled(
        STEP,
        aside=" aside" if is_aside else "",
        id=step.id,
        way=filled('<p class="tag way">{word}</p>', word=way_word(page.language, column.way))
        if is_aside
        else "",
        open=page.open(step),
        name=step.name,
        rests=basis_mark(page.language, column.rests),
        moving=moving(step, page),
        truth=filled('<p class="tag mot">{word}</p>', word=page.say("mot"))
        if step.get("moment_of_truth")
        else "",
        action=filled('<p class="action">{said}</p>', said=str(action)) if action else "",
        felt=join(_felt(step, page)),
        groups=join(_group(step, kind, parts, page) for kind, parts in column.groups),
        ways=page.say("ways"),
        then=join(_then(there, way, page) for there, way in column.then),
        open_ways=page.open(step, "to-next"),
        change_ways=page.say("change_ways", step=step.name),
        change=page.say("change"),
    )


def _felt(step: Element, page: Page) -> Iterator[Markup]:
    """How customers feel there, from −2 to +2, and how that is known."""
    for felt in step.records("feelings"):
        score, source = felt.get("score"), felt.get("source")
        yield filled(
            '<p class="felt">{felt} <b>{score}</b>{rests}{source}</p>',
            felt=page.say("felt"),
            score=_signed(score) if isinstance(score, int) else "",
            rests=basis_mark(page.language, str(felt.get("basis"))),
            source=filled(" <small>{said}</small>", said=str(source)) if source else "",
        )


def _signed(score: int) -> str:
    """A score with its sign."""
    return f"+{score}" if score > 0 else str(score).replace("-", "−")


def _group(step: Element, kind: Kind, parts: tuple[Part, ...], page: Page) -> Markup:
    """What of one kind stands in a step, and a line to add one."""
    label = page.label(kind)
    return filled(
        GROUP,
        kind=kind.name,
        title=page.label(kind, "_plural"),
        parts=join(_part(part, page) for part in parts),
        act=acting(page.workspace, step.id),
        token=page.token,
        back=page.address,
        add=page.say("add_to", kind=label, step=step.name),
        label=label,
    )


def _part(part: Part, page: Page) -> Markup:
    """One thing in a step: a link to it, what it rests on, and what it leads to."""
    element = part.element
    channel = element.get("channel")
    leads = _LEADS.get(element.kind)
    return filled(
        PART,
        id=element.id,
        open=page.open(element),
        name=element.name,
        rests=basis_mark(page.language, part.rests),
        channel=filled(" <small>{said}</small>", said=str(channel)) if channel else "",
        leads=leads(part, page) if leads else "",
    )


def _shows(part: Part, page: Page) -> Markup:
    """The letters, films or screens of a touchpoint; else where to attach one."""
    letters = reverse("attachments:list", args=[page.workspace])
    if part.shows:
        return join(filled(SHOWN, letters=letters, id=one.id, name=one.name) for one in part.shows)
    name = part.element.name
    return filled(
        ATTACHING,
        letters=letters,
        at=quote(part.element.id),
        said=page.say("attach_to", name=name),
        attach=page.say("attach"),
    )


def _ctqs(part: Part, page: Page) -> Markup:
    """The requirements that a wish leads to; else a button to make one of it."""
    if part.ctqs:
        return join(
            filled('<small class="to">→ <a {open}>{name}</a></small>', open=page.open(ctq), name=ctq.name)
            for ctq in part.ctqs
        )
    return filled(
        MAKING,
        making=reverse("measures:new", args=[page.workspace]),
        token=page.token,
        id=part.element.id,
        said=page.say("make_ctq_of", name=part.element.name),
        make=page.say("make_ctq"),
    )


_LEADS = {"touchpoint": _shows, "wish": _ctqs}
"""What each kind of thing in a step leads to."""


def _then(there: Element, way: str, page: Page) -> Markup:
    """Where customers go next, and which way when it is not the main one."""
    return filled(
        '<li>→ <a href="#{id}">{name}</a>{way}</li>',
        id=there.id,
        name=there.name,
        way="" if way == "main" else filled(" <small>{word}</small>", word=way_word(page.language, way)),
    )
