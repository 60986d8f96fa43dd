"""`ketenreis deviations`: where do actual journeys depart from the intended one?"""

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
    parser.add_argument("--journey", metavar="ID")
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Shows the four types of deviation per journey, with who started them and some cases."""
    from ketenreis.events.store import EventStore
    from ketenreis.reports.deviated import deviated, deviations_as_json, deviations_table
    from ketenreis.reports.words import Words

    model = sound_model(asked.model, terminal).model
    found = deviated(model, EventStore.open(events_of(asked.model, asked.events)), asked.journey)
    if asked.json:
        said = [deviations_as_json(one) for one in found]
        terminal.show(json.dumps(said, ensure_ascii=False, indent=2))
        return 0
    for number, one in enumerate(found):
        words = Words.of(terminal.language, model, one.object_type)
        terminal.show(("\n" if number else "") + deviations_table(one, model, words))
    if not found:
        terminal.say(Words.of(terminal.language, model, "case").say("deviations.none"))
    return 0
