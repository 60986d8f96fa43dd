"""`ketenreis confirm`: which relations did somebody look at, and which have changed since?"""

import json
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ketenreis.cli.opening import confirmed_with, sound_model
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal
from ketenreis.errors import UnknownElementError, UnreadableFileError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ketenreis.model import Edge, Model
    from ketenreis.notation.confirmed import Confirmation
    from ketenreis.notation.mattering import Key


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("model")
    parser.add_argument("relation", nargs="*")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--who")
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Lists what asks for attention, or writes confirmations."""
    from ketenreis.model import RELATION
    from ketenreis.notation.confirmed import confirm, write_confirmed
    from ketenreis.notation.mattering import key_of
    from ketenreis.reports.words import current_day
    from ketenreis.workspace import Workspace

    if not Path(asked.model).exists():
        raise UnreadableFileError(terminal.words("no_file", file=asked.model))
    model = sound_model(asked.model, terminal).model
    file = Workspace.open(asked.model).confirmed
    known = confirmed_with(asked.model, terminal)
    edges = [
        edge
        for edge in model.edges
        if RELATION[edge.relation].matters and not RELATION[edge.relation].derived
    ]
    if not asked.all and not asked.relation:
        _list(edges, known, model, asked, terminal)
        return 0
    wanted = edges if asked.all else [edge for said in asked.relation for edge in _named(said, edges, model)]
    today = current_day(model)
    # What was already confirmed as it now stands keeps the day on which somebody really looked.
    fresh = [edge for edge in wanted if _state(edge, known, model) != "confirmed"]
    left = {key_of(edge) for edge in edges}
    kept = {key: one for key, one in known.items() if key in left}
    file.write_text(write_confirmed({**kept, **confirm(model, fresh, asked.who, today)}), encoding="utf-8")
    terminal.say(
        terminal.words("confirm.done", count=len(fresh), already=len(wanted) - len(fresh), file=file)
    )
    return 0


def _state(edge: "Edge", known: "Mapping[Key, Confirmation]", model: "Model") -> str:
    from ketenreis.notation.mattering import key_of, stamp

    confirmed = known.get(key_of(edge))
    if confirmed is None:
        return "never"
    return "confirmed" if confirmed.stamp == stamp(model, edge) else "changed"


def _list(
    edges: "list[Edge]",
    known: "Mapping[Key, Confirmation]",
    model: "Model",
    asked: Namespace,
    terminal: Terminal,
) -> None:
    """Shows what was never confirmed or has changed since, the changed first."""
    from ketenreis.model import RELATION
    from ketenreis.notation.confirmed import suspects
    from ketenreis.notation.mattering import key_of
    from ketenreis.reports.consequences import since_confirmed
    from ketenreis.workspace import Workspace

    language, files = terminal.language, Workspace.open(asked.model).drawing
    since = {
        key_of(one.edge): list(since_confirmed(one, language, model, files)) for one in suspects(model, known)
    }
    rows: list[dict[str, Any]] = [
        {
            "relation": f"{edge.source}:{edge.relation}:{edge.target}",
            "state": state,
            "sentence": " ".join(
                (
                    f"“{model.name(edge.source)}”",
                    RELATION[edge.relation].nl if language == "nl" else RELATION[edge.relation].en,
                    f"“{model.name(edge.target)}”",
                )
            ),
            "since": since.get(key_of(edge), []),
        }
        for edge in edges
        if (state := _state(edge, known, model)) != "confirmed"
    ]
    rows.sort(key=lambda row: row["state"])
    if asked.json:
        terminal.show(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max((len(row["relation"]) for row in rows), default=0)
    for row in rows:
        mark = terminal.paint("!", "yellow") if row["state"] == "changed" else "·"
        terminal.show(f"{mark} {row['relation']:<{width}}  {row['sentence']}")
        for line in row["since"]:
            terminal.show(f"    {line}")
    changed = sum(row["state"] == "changed" for row in rows)
    terminal.say(
        terminal.words("confirm.counted", all=len(edges), changed=changed, never=len(rows) - changed)
    )
    if rows:
        terminal.say()
        terminal.say(terminal.words("next"))
        terminal.say(f"  ketenreis confirm {asked.model} {rows[0]['relation']}")


def _named(said: str, edges: "list[Edge]", model: "Model") -> "list[Edge]":
    """The relations that somebody names.

    Raises:
        UsageError: It is neither a relation nor an element with relations to confirm.
        UnknownElementError: The model does not hold that relation.
    """
    source, colon, rest = said.partition(":")
    relation, second, target = rest.partition(":")
    if not colon:
        name = model[said].id
        found = [edge for edge in edges if name in (edge.source, edge.target)]
        if not found:
            raise UsageError(f"“{said}” has no relations that ask to be confirmed.")
        return found
    if not second:
        raise UsageError(f"“{said}” is no relation. Write one as SOURCE:RELATION:TARGET.")
    found = [
        edge for edge in edges if (edge.relation, edge.source, edge.target) == (relation, source, target)
    ]
    if not found:
        raise UnknownElementError(f"The model has no relation {said} that asks to be confirmed.")
    return found
