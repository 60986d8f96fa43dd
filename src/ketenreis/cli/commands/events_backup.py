"""`ketenreis events backup`: copy a store as it is at one moment."""

from argparse import Namespace
from pathlib import Path

from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("target", type=Path)
    parser.add_argument("--store", default=Path("events"), type=Path)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Copies the store, also while others import."""
    from ketenreis.events.keeping import backup
    from ketenreis.events.store import EventStore

    made = backup(EventStore.open(asked.store), asked.target)
    terminal.say(terminal.words("backup.done", target=made))
    return 0
