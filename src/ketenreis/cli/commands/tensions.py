"""`ketenreis tensions`: where do initiatives pull apart, or pull at what a customer needs?"""

import json
from argparse import Namespace
from pathlib import Path

from ketenreis.cli.opening import sound_model, store_of
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("model")
    parser.add_argument("--events", type=Path, metavar="STORE")
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Shows every tension with the evidence for both sides and what serves both."""
    from ketenreis.reports.tensions import tensions_as_json, tensions_in_words, weighed
    from ketenreis.reports.words import Words

    model = sound_model(asked.model, terminal).model
    store = store_of(asked.model, asked.events)
    words = Words.of(terminal.language, model, next(iter(store.types), "case") if store else "case")
    found = weighed(model, store)
    if asked.json:
        terminal.show(json.dumps(tensions_as_json(found, model, words), ensure_ascii=False, indent=2))
        return 0
    for line in tensions_in_words(found, model, words):
        terminal.show(line)
    return 0
