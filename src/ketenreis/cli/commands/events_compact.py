"""`ketenreis events compact`: remove what a store no longer uses."""

from argparse import Namespace
from pathlib import Path

from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("store", nargs="?", default=Path("events"), type=Path)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Removes older generations and says what came free."""
    from ketenreis.events.keeping import compact

    freed = compact(asked.store)
    terminal.say(terminal.words("compact.done", kilobytes=terminal.number(freed // 1024)))
    return 0
