"""`ketenreis events profile`: what is in this store?"""

import json
from argparse import Namespace
from pathlib import Path

from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("store", nargs="?", default=Path("events"), type=Path)
    parser.add_argument("--type")
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Shows the profile of one type of object."""
    from ketenreis.events.profile import profile
    from ketenreis.events.store import EventStore

    store = EventStore.open(asked.store)
    described = profile(store, asked.type).to_dict()
    if asked.json:
        terminal.show(json.dumps(described, ensure_ascii=False, indent=2, default=str))
    else:
        from ketenreis.cli.clock import zone_beside
        from ketenreis.cli.profiled import profile_lines

        terminal.show("\n".join(profile_lines(described, terminal.language, zone_beside(store))))
    return 0
