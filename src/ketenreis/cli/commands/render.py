"""`ketenreis render`: what does a journey, a chain or a process look like as a service blueprint?"""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ketenreis.cli.opening import STANDARD_INPUT, sound_model
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal
from ketenreis.errors import UsageError

if TYPE_CHECKING:
    from ketenreis.model import Model

KINDS = ("journey", "chain", "process")
"""What a blueprint can be of; each is an option."""


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("model")
    parser.add_argument("file", type=Path)
    for kind in KINDS:
        parser.add_argument(f"--{kind}", metavar="ID")
    parser.add_argument("--events", type=Path, metavar="STORE")
    parser.add_argument("--thread", metavar="ID")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Writes the blueprint as one file; its ending says which."""
    from ketenreis.events.store import EventStore
    from ketenreis.render.blueprint.export import blueprint_file, known
    from ketenreis.reports.blueprint import board
    from ketenreis.reports.measured import measure

    ending = known(asked.file.name)
    model = sound_model(asked.model, terminal).model
    subject = _subject(model, asked, terminal)
    if asked.thread is not None:
        model[asked.thread]
    report = measure(model, EventStore.open(asked.events)) if asked.events else None
    drawn = board(model, subject, report, terminal.language, suspect=_suspect(asked.model, model))
    written = blueprint_file(drawn, ending, asked.thread)
    asked.file.parent.mkdir(parents=True, exist_ok=True)
    asked.file.write_bytes(written)
    terminal.say(terminal.words("render.done", name=drawn.title, file=asked.file))
    return 0


def _subject(model: "Model", asked: Namespace, terminal: Terminal) -> str:
    """What was asked for; the one journey there is when nothing was.

    Raises:
        UnknownElementError: The model has no such element.
        UsageError: Nothing was named and there is more than one, several were, or it is of another kind.
    """
    named = [(kind, getattr(asked, kind)) for kind in KINDS if getattr(asked, kind)]
    if len(named) == 1:
        kind, name = named[0]
        if model[name].kind != kind:
            raise UsageError(terminal.words("render.other_kind", name=name, kind=model[name].kind))
        return str(name)
    journeys = [journey.id for journey in model.of_kind("journey")]
    if not named and len(journeys) == 1:
        return journeys[0]
    raise UsageError(terminal.words("render.which", journeys=", ".join(journeys) or "–"))


def _suspect(named: str, model: "Model") -> frozenset[str]:
    """The elements with a relation that somebody confirmed and that has changed since."""
    from ketenreis.notation.confirmed import read_confirmed, suspects
    from ketenreis.notation.text import CONFIRMED

    if named == STANDARD_INPUT:
        return frozenset()
    place = Path(named)
    confirmed, _ = read_confirmed((place if place.is_dir() else place.parent) / CONFIRMED)
    found = suspects(model, confirmed)
    return frozenset(end for suspect in found for end in (suspect.edge.source, suspect.edge.target))
