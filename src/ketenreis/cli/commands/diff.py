"""`ketenreis diff`: what is different between two models?"""

import json
from argparse import Namespace
from typing import TYPE_CHECKING

from ketenreis.cli.opening import two_versions
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal

if TYPE_CHECKING:
    from ketenreis.model import Model
    from ketenreis.reports.changes import Change

COLOUR = {"added": "green", "removed": "red", "moved": "yellow", "changed": "yellow"}


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--labels", action="store_true")
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Shows every difference in a sentence, and how much stayed."""
    from ketenreis.model import diff
    from ketenreis.reports.changes import MARKS, as_data, by_mark, changes, counted, in_words, staying
    from ketenreis.reports.words import Words

    with two_versions(asked.old, asked.new, terminal) as (before, after):
        old, new = before.model, after.model
        found = changes(old, new, diff(old, new))
    if asked.labels:
        return _labels(old, new, asked, terminal)
    if asked.json:
        said = ({**as_data(one), "sentence": in_words(one, terminal.language, old, new)} for one in found)
        terminal.show(json.dumps(list(said), ensure_ascii=False, indent=2))
        return 0
    for change in found:
        mark = terminal.paint(MARKS[change.how], COLOUR[change.how])
        terminal.show(f"{mark} {in_words(change, terminal.language, old, new)}  [{_reference(change)}]")
    if not found:
        terminal.say(terminal.words("diff.same"))
        return 0
    share = staying(old, found)
    numbers = {how: terminal.number(number) for how, number in counted(found).items()}
    stayed = Words.of(terminal.language, new, "case").percent(share)
    terminal.say(terminal.words("diff.counted", **numbers, share=stayed, elements=terminal.number(len(old))))
    for row in by_mark(old, found):
        mark = row.mark.nl if terminal.language == "nl" else row.mark.en
        moving = ", ".join(one.id for one in row.moving) or "–"
        terminal.say(terminal.words("diff.marked", mark=mark, stay=row.stay, of=row.elements, moving=moving))
    terminal.say()
    terminal.say(terminal.words("next"))
    terminal.say(f"  ketenreis impact {asked.old} {asked.new}")
    return 0


def _labels(old: "Model", new: "Model", asked: Namespace, terminal: Terminal) -> int:
    """Shows how far two people agree who labelled the same activities, and where they do not."""
    from ketenreis.analysis.kappa import agreement
    from ketenreis.reports.raters import raters_as_json, raters_in_words
    from ketenreis.reports.words import Words

    found = agreement(old, new)
    if asked.json:
        terminal.show(json.dumps(raters_as_json(found, terminal.language), ensure_ascii=False, indent=2))
        return 0
    said = raters_in_words(found, Words.of(terminal.language, new, "case"))
    for one, (name, sentence) in zip(found, said, strict=True):
        terminal.show(f"{name}: {sentence}")
        for activity in one.differing:
            terminal.show(f"  {new.name(activity)}  [{activity}]")
    if not found:
        terminal.say(terminal.words("diff.unlabelled"))
    return 0


def _reference(change: "Change") -> str:
    edge = change.relation
    return change.element.id if edge is None else f"{edge.source}:{edge.relation}:{edge.target}"
