"""`ketenreis impact`: what would this change touch, and did somebody look at it?"""

import json
from argparse import Namespace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ketenreis.cli.opening import confirmed_with, two_versions
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal

if TYPE_CHECKING:
    from ketenreis.analysis.impact import Reached, Way
    from ketenreis.events.store import EventStore
    from ketenreis.reports.consequences import Consequences, Files
    from ketenreis.reports.words import Words
    from ketenreis.workspace import Workspace


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--events", type=Path, metavar="STORE")
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Shows what a change touches; 1 when it hits a relation that nobody looked at since."""
    from ketenreis.reports.consequences import consequences, consequences_as_json

    with two_versions(asked.old, asked.new, terminal) as (before, after):
        found = consequences(
            before.model,
            after.model,
            confirmed=confirmed_with(str(after.workspace.text), terminal),
            store=_store(asked, before.workspace, after.workspace),
        )
        if asked.json:
            said = consequences_as_json(found, terminal.language)
            terminal.show(json.dumps(said, ensure_ascii=False, indent=2))
        else:
            _show(
                found, terminal, lambda path: after.workspace.drawing(path) or before.workspace.drawing(path)
            )
            _next(found, asked, terminal)
    return 1 if found.impact.unreviewed else 0


def _store(asked: Namespace, *workspaces: "Workspace") -> "EventStore | None":
    """The events that were asked for; else those of the newer workspace, else of the older."""
    from ketenreis.events.store import EventStore

    if asked.events is not None:
        return EventStore.open(asked.events)
    return next((store for one in reversed(workspaces) if (store := one.store()) is not None), None)


def _show(found: "Consequences", terminal: Terminal, files: "Files") -> None:
    from ketenreis.reports.consequences import hit_in_words, rejudged_in_words, workload_in_words
    from ketenreis.reports.valued import named
    from ketenreis.reports.words import Words

    language, words = terminal.language, Words.of(terminal.language, found.new, "case")

    def head(key: str) -> None:
        terminal.show(terminal.paint(words.say(f"impact.{key}"), "bold"))

    if found.impact.changed:
        head("changed")
        for name in found.impact.changed:
            terminal.show(
                f"  {named((found.new if name in found.new else found.old)[name], language)}  [{name}]"
            )
    for way in ("customer", "work"):
        _show_reached(found, way, terminal, words)
    if found.impact.hits:
        head("hits")
    for hit in found.impact.hits:
        first, *rest = hit_in_words(hit, language, found, files)
        mark = terminal.paint("✓", "green") if hit.reviewed else terminal.paint("!", "yellow")
        who = words.listed(one.name for one in hit.asked)
        key = "reviewed" if hit.reviewed else "asked" if who else "asked_nobody"
        state = words.say(f"impact.{key}", who=who)
        terminal.show(
            f"  {mark} {first} ({state})  [{hit.edge.source}:{hit.edge.relation}:{hit.edge.target}]"
        )
        for line in rest:
            terminal.show(f"      {line}")
    if found.rejudged:
        head("figures")
    for name, one in found.rejudged.items():
        terminal.show(f"  {found.new.name(name)}  [{name}]")
        for line in rejudged_in_words(one, words):
            terminal.show(f"      {line}")
    if labour := list(workload_in_words(found.workload, words)):
        head("labour")
        for line in labour:
            terminal.show(f"  {line}")


def _show_reached(found: "Consequences", way: "Way", terminal: Terminal, words: "Words") -> None:
    """What a change gets to one way, per owner and kind, each with the path that leads to it."""
    from ketenreis.model import KINDS
    from ketenreis.reports.consequences import path_in_words

    order = [kind.name for kind in KINDS]

    def rank(one: "Reached") -> tuple[bool, str, int]:
        return (one.owner is None, one.owner.name if one.owner else "", order.index(one.element.kind))

    reached = sorted((one for one in found.impact.reached if one.way == way), key=rank)
    if reached:
        terminal.show(terminal.paint(words.say(f"impact.{way}"), "bold"))
    for who, ones in groupby(reached, key=lambda one: one.owner):
        terminal.show(f"  {who.name if who else words.say('impact.nobody')}")
        for one in ones:
            kind = one.element.schema.nl if terminal.language == "nl" else one.element.schema.en
            terminal.show(f"    {kind}: {path_in_words(one, terminal.language, found)}  [{one.element.id}]")


def _next(found: "Consequences", asked: Namespace, terminal: Terminal) -> None:
    """How many need a new look, and how to say that somebody looked."""
    hits, left = found.impact.hits, found.impact.unreviewed
    terminal.say(
        terminal.words(
            "impact.counted", reached=len(found.impact.reached), hits=len(hits), unreviewed=len(left)
        )
    )
    if left:
        edge = left[0].edge
        terminal.say()
        terminal.say(terminal.words("next"))
        terminal.say(f"  ketenreis confirm {asked.new} {edge.source}:{edge.relation}:{edge.target}")
