"""`ketenreis events withdraw`: take one source out of a store."""

from argparse import Namespace
from pathlib import Path

from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("source")
    parser.add_argument("--store", default=Path("events"), type=Path)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Withdraws a source and says what is left."""
    from ketenreis.events.keeping import list_sources, withdraw

    left = [source.name for source in list_sources(withdraw(asked.store, asked.source))]
    terminal.say(terminal.words("withdraw.done", source=asked.source, left=", ".join(left) or "–"))
    return 0
