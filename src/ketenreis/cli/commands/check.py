"""`ketenreis check`: what is missing in a model, what contradicts, and what goes well?"""

import json
from argparse import Namespace

from ketenreis.cli.opening import STANDARD_INPUT, confirmed_with, read_model
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("model")
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Shows every finding, the worst first; 1 when there are errors or warnings."""
    from ketenreis.cli.found import COLOUR, headed, in_terminal
    from ketenreis.reports.checked import check
    from ketenreis.reports.consequences import since_confirmed
    from ketenreis.workspace import Workspace

    reading = read_model(asked.model, terminal)
    checked = check(reading, confirmed_with(asked.model, terminal))
    if asked.json:
        from ketenreis.reports.as_json import findings_as_json

        said = findings_as_json(checked.findings, terminal.language, checked.model.name)
        terminal.show(json.dumps(said, ensure_ascii=False, indent=2))
        return 0 if checked.is_well else 1
    language, model = terminal.language, checked.model
    files = None if asked.model == STANDARD_INPUT else Workspace.open(asked.model).drawing
    since = {one.named: tuple(since_confirmed(one, language, model, files)) for one in checked.suspects}
    for finding in checked.findings:
        before_and_after = since.get(str(finding.parameters.get("relation", "")), ())
        mark, _, rest = in_terminal(finding, checked.reading, language, before_and_after).partition(" ")
        terminal.show(f"{terminal.paint(mark, COLOUR[finding.level])} {rest}\n")
    counted = [headed(level, n, terminal.language) for level, n in checked.counts.items() if n]
    if not len(checked.model):
        terminal.show(terminal.words("check.empty", model=asked.model))
    else:
        terminal.show(
            terminal.words(
                "check.counted",
                elements=len(checked.model),
                found=", ".join(counted) or terminal.words("check.nothing"),
            )
        )
    return 0 if checked.is_well else 1
