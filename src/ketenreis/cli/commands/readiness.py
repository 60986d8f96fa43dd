"""`ketenreis readiness`: is a chain ready, and what comes first?"""

import json
from argparse import Namespace
from pathlib import Path

from ketenreis.cli.opening import sound_model, store_of
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal
from ketenreis.errors import UsageError


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("model")
    parser.add_argument("--events", type=Path, metavar="STORE")
    parser.add_argument("--chain", metavar="ID")
    parser.add_argument("--period", metavar="YYYY-QN")
    parser.add_argument("--slide", type=Path, metavar="FILE.pptx")
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Shows the gate of each chain with its twelve answers, base and agenda; 1 when a gate is red."""
    from ketenreis.reports.gated import readiness_as_json, readiness_text
    from ketenreis.reports.measured import measure
    from ketenreis.reports.meeting import handed_in, quarters
    from ketenreis.reports.readied import readied
    from ketenreis.reports.words import Words

    model = sound_model(asked.model, terminal).model
    store = store_of(asked.model, asked.events)
    report = measure(model, store, handovers=True) if store is not None and store.types else None
    quarter, handed = asked.period or "", None
    if quarter:
        known = quarters(report) if report is not None else ()
        if quarter not in known or store is None:
            raise UsageError(
                terminal.words("readiness.no_period", period=quarter, known=", ".join(known) or "–")
            )
        handed = handed_in(store, model, quarter)
    found = readied(model, report, asked.chain, quarter=quarter, handed=handed)
    words = Words.of(terminal.language, model, report.object_type if report else "case")
    if asked.slide is not None and found:
        from ketenreis.render.slide import slide_pptx
        from ketenreis.reports.chain_slide import chain_slide

        asked.slide.write_bytes(slide_pptx(chain_slide(found[0], model, words)))
    if asked.json:
        said = [readiness_as_json(one, model, words) for one in found]
        terminal.show(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        for number, one in enumerate(found):
            terminal.show(("\n" if number else "") + readiness_text(one, model, words))
        if not found:
            terminal.say(words.say("readiness.no_chain"))
    return 1 if any(one.ready.gate == "red" for one in found) else 0
