"""`ketenreis schema`: what may stand in a model, or in a mapping, for editors?"""

import json
from argparse import Namespace

from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("--mapping", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Prints the schema."""
    from ketenreis.events.mapping_schema import mapping_schema
    from ketenreis.notation.schema import schema

    made = (mapping_schema if asked.mapping else schema)(asked.language or terminal.language)
    terminal.show(json.dumps(made, ensure_ascii=False, indent=2))
    return 0
