"""`ketenreis schema`: what may stand in a model, for editors?"""

import json
from argparse import Namespace

from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import LANGUAGES, Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("--language", choices=LANGUAGES)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Prints the schema."""
    from ketenreis.notation.schema import schema

    terminal.show(json.dumps(schema(asked.language or terminal.language), ensure_ascii=False, indent=2))
    return 0
