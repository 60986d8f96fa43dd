"""`ketenreis events import`: what does this file say, and how good is it?"""

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Progress, Terminal
from ketenreis.errors import MappingError, UnreadableFileError
from ketenreis.findings.refused import in_language

if TYPE_CHECKING:
    from ketenreis.events.guess import Guess
    from ketenreis.events.importing import ImportResult
    from ketenreis.events.mapping import Mapping

DOUBTFUL = 0.6
"""A guess below this confidence is marked, so that somebody looks at it."""


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("file")  # no path: it may be an address, or a file with a question behind it
    parser.add_argument("--store", default=Path("events"), type=Path)
    parser.add_argument("--mapping", type=Path)
    parser.add_argument("--write-mapping")
    parser.add_argument("--source")
    parser.add_argument("--yes", action="store_true")
    parser.add_argument("--json", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Guesses, asks where somebody can answer, imports and reports."""
    from ketenreis.events.importing import import_events
    from ketenreis.events.mapping import Mapping, read_mapping, write_mapping
    from ketenreis.events.readers import origin_of

    origin, _ = origin_of(asked.file, None)
    if isinstance(origin, Path) and not origin.is_file():
        raise UnreadableFileError(terminal.words("import.no_file", file=origin))
    mapping = read_mapping(asked.mapping) if asked.mapping else _guessed(asked, terminal)
    if asked.source:
        # What is not said stays open, so that the report can tell what was assumed.
        mapping = (mapping or Mapping()).with_source(asked.source)
    terminal.kept = terminal.words("import.kept", store=asked.store)
    result = import_events(asked.file, asked.store, mapping, progress=shown_progress(terminal))
    terminal.end_progress()
    terminal.kept = terminal.words("import.done", store=asked.store)
    if asked.json:
        terminal.show(json.dumps(result.report.to_dict(), ensure_ascii=False, indent=2, default=str))
    else:
        terminal.show("\n".join(result.report.lines(terminal.language)))
    if asked.write_mapping == "-":
        terminal.show(write_mapping(result.mapping).rstrip("\n"))
    elif asked.write_mapping:
        Path(asked.write_mapping).write_text(write_mapping(result.mapping), encoding="utf-8")
        terminal.say(terminal.words("import.mapping_written", file=asked.write_mapping))
    _next(result, asked, terminal)
    return 0


def shown_progress(terminal: Terminal) -> Progress:
    """Shows how far the store says it is, in the reader's language."""
    from ketenreis.cli.terminal import sentences

    def show(done: float, what: str) -> None:
        terminal.progress(done, sentences(terminal.language).get(f"progress.{what}", what))

    return show


def _guessed(asked: Namespace, terminal: Terminal) -> "Mapping | None":
    """Shows what was guessed, and gives what a person made of it; None when the guess may stand as it is."""
    from ketenreis.events.importing import guess_file
    from ketenreis.events.readers import name_of, origin_of

    guess = guess_file(asked.file)
    terminal.say(terminal.words("import.guessed", file=name_of(origin_of(asked.file, None)[0])))
    for line, reason in zip(guess.lines(terminal.language), guess.reasons, strict=True):
        mark = "?" if reason.confidence < DOUBTFUL else "·"
        terminal.say(f"  {mark} {line}")
    if asked.yes or not terminal.is_watched:
        return None  # without a change the import guesses again by itself, and can say in its report what was assumed
    return _overruled(guess, terminal)


def _overruled(guess: "Guess", terminal: Terminal) -> "Mapping | None":
    """Lets a person change the guess, a key at a time, until it is right."""
    mapping, said = guess.mapping, set()
    while answer := terminal.ask(terminal.words("import.ask")):
        if answer.lower() in {"y", "yes", "j", "ja"}:
            break
        if answer.lower() in {"n", "no", "nee"}:
            raise MappingError(terminal.words("import.refused"))
        if "=" not in answer:
            terminal.say(terminal.words("import.not_a_change", said=answer))
            continue
        try:
            mapping = changed(mapping, answer)
            said.add(answer.partition("=")[0].strip())
        except MappingError as refused:
            terminal.say(in_language(str(refused), terminal.language))
    if not said:
        return None
    return mapping if "time_zone" in said else replace(mapping, time_zone=None)


def changed(mapping: "Mapping", said: str) -> "Mapping":
    """A mapping with one key changed, as a person types it; an empty value takes a key away.

    Raises:
        MappingError: There is no such key, or it takes no such value.

    Example:
        >>> from ketenreis.events.mapping import Mapping
        >>> changed(Mapping(columns={"case": "nr"}), "columns.case = order").columns["case"]
        'order'
    """
    from ketenreis.events.mapping import from_dict, to_dict

    key, _, value = (part.strip() for part in said.partition("="))
    whole: dict[str, object] = dict(to_dict(mapping))
    table, dot, name = key.partition(".")
    inner = whole.get(table, {})
    if dot and isinstance(inner, dict):
        whole[table] = {**inner, name: value}
        if not value:
            whole[table] = {kept: each for kept, each in inner.items() if kept != name}
    elif value:
        whole[key] = value
    else:
        whole.pop(key, None)
    return from_dict(whole)


def _next(result: "ImportResult", asked: Namespace, terminal: Terminal) -> None:
    store = asked.store
    terminal.say()
    terminal.say(terminal.words("next"))
    terminal.say(f"  ketenreis events profile {store}")
    if result.report.mapped:
        terminal.say(f"  ketenreis measure MODEL --events {store}")
    else:
        terminal.say(f"  ketenreis events map {store} MODEL")
