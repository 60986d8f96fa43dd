"""`ketenreis handovers`: how does work pass between departments, and is that what was agreed?"""

import json
from argparse import Namespace
from pathlib import Path

from ketenreis.cli.opening import sound_model
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("store", nargs="?", default=Path("events"), type=Path)
    parser.add_argument("--model")
    parser.add_argument("--by", metavar="ATTRIBUTE")
    parser.add_argument("--type")
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Shows the handovers per pair of departments, beside what was agreed when a model is given."""
    from ketenreis.events.store import EventStore
    from ketenreis.model import Model
    from ketenreis.reports.handed_over import handed_over, handed_over_as_json
    from ketenreis.reports.handing_over import handovers_table
    from ketenreis.reports.words import Words

    model = sound_model(asked.model, terminal).model if asked.model else None
    handed = handed_over(EventStore.open(asked.store), model, attribute=asked.by, object_type=asked.type)
    if asked.json:
        terminal.show(json.dumps(handed_over_as_json(handed), ensure_ascii=False, indent=2))
        return 0
    words = Words.of(terminal.language, model or Model.of([]), handed.object_type)
    terminal.show(handovers_table(handed, words))
    if model is None:
        terminal.say()
        terminal.say(terminal.words("next"))
        terminal.say(f"  ketenreis handovers {asked.store} --model model/")
    return 0
