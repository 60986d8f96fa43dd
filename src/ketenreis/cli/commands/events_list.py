"""`ketenreis events list`: which sources does this store hold?"""

import json
from argparse import Namespace
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("store", nargs="?", default=Path("events"), type=Path)
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Lists the sources, each with what it brought."""
    from ketenreis.cli.clock import zone_beside
    from ketenreis.events.joining import Joined
    from ketenreis.events.keeping import list_sources
    from ketenreis.events.store import EventStore
    from ketenreis.render.terminal import wrapped

    store = EventStore.open(asked.store)
    held = list_sources(store)
    if asked.json:
        terminal.show(
            json.dumps([asdict(source) for source in held], ensure_ascii=False, indent=2, default=dict)
        )
        return 0
    if not held:
        terminal.say(terminal.words("list.empty", store=asked.store))
    zone = zone_beside(store)
    for source in held:
        imported = datetime.fromisoformat(source.imported).astimezone(ZoneInfo(zone))
        terminal.show(
            terminal.words(
                "list.source",
                name=source.name,
                file=source.file,
                imported=f"{imported:%Y-%m-%d %H:%M} {zone}",
                rows=terminal.number(source.rows),
            )
        )
        for name, n in source.events.items():
            terminal.show(terminal.words("list.brought", n=terminal.number(n), type=name))
        for each in source.joined:
            told = Joined(**each).in_words(terminal.language, terminal.number)
            terminal.show("\n".join(wrapped(told, indent="  ")))
    return 0
