"""`ketenreis events verify`: is a store whole?"""

from argparse import Namespace
from pathlib import Path

from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("store", nargs="?", default=Path("events"), type=Path)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Says every flaw; 1 when there is one."""
    from ketenreis.events.keeping import verify
    from ketenreis.events.store import EventStore

    flaws = verify(EventStore.open(asked.store))
    for flaw in flaws:
        terminal.show(f"{flaw.where}: {flaw.nl if terminal.language == 'nl' else flaw.en}")
    if not flaws:
        terminal.say(terminal.words("verify.whole", store=asked.store))
    return 1 if flaws else 0
