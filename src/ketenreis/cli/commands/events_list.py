"""`ketenreis events list`: which sources does this store hold?"""

import json
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import LANGUAGES, Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("store", nargs="?", default=Path("events"), type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--language", choices=LANGUAGES)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Lists the sources, each with what it brought."""
    from ketenreis.events.keeping import list_sources
    from ketenreis.events.store import EventStore

    held = list_sources(EventStore.open(asked.store))
    if asked.json:
        terminal.show(
            json.dumps([asdict(source) for source in held], ensure_ascii=False, indent=2, default=dict)
        )
        return 0
    width = max((len(source.name) for source in held), default=0)
    for source in held:
        brought = ", ".join(f"{terminal.number(n)} {name}" for name, n in source.events.items())
        terminal.show(
            f"{source.name:<{width}}  {source.file}  {source.imported[:16]}  {terminal.number(source.rows)}  {brought}"
        )
    return 0
