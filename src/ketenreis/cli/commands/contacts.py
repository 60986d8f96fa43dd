"""`ketenreis contacts`: which contacts go with requirements that were not kept?"""

import json
from argparse import Namespace
from pathlib import Path

from ketenreis.cli.opening import events_of, sound_model
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("model")
    parser.add_argument("--events", type=Path, metavar="STORE")
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Shows contacts per requirement that was not kept, and the signs of failure demand."""
    from ketenreis.events.store import EventStore
    from ketenreis.reports.contacted import contacted, contacts_as_json, contacts_text
    from ketenreis.reports.words import Words

    model = sound_model(asked.model, terminal).model
    found = contacted(model, EventStore.open(events_of(asked.model, asked.events)))
    if asked.json:
        terminal.show(json.dumps(contacts_as_json(found), ensure_ascii=False, indent=2))
        return 0
    for number, (about, price) in enumerate(found.items()):
        words = Words.of(terminal.language, model, about)
        terminal.show(("\n" if number else "") + contacts_text(price, words))
    if not found:
        terminal.say(Words.of(terminal.language, model, "case").say("contacts.none"))
    return 0
