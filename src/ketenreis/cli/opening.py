"""What does a command work on? Opens the models and stores that are named on the command line."""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ketenreis.cli.terminal import Terminal
from ketenreis.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ketenreis.events.store import EventStore
    from ketenreis.model import Model
    from ketenreis.notation import Reading
    from ketenreis.notation.confirmed import Confirmation
    from ketenreis.notation.mattering import Key
    from ketenreis.workspace import Workspace

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Version:
    """One of two models that are compared, and the workspace it stands in."""

    workspace: "Workspace"
    model: "Model"


def read_model(named: str, terminal: Terminal) -> "Reading":
    """Reads a model from a file, a folder, or standard input, and takes its language when none was asked for.

    Raises:
        UnreadableFileError: There is no such file or folder.
    """
    from ketenreis.notation import read_text
    from ketenreis.workspace import Workspace

    if named == STANDARD_INPUT:
        reading = read_text(terminal.source.read(), STANDARD_INPUT)
    elif Path(named).exists():
        reading = Workspace.open(named).read()
    else:
        raise UnreadableFileError(terminal.words("no_file", file=named))
    return _in_its_language(reading, terminal)


def confirmed_with(model: str, terminal: Terminal) -> "Mapping[Key, Confirmation]":
    """What was confirmed of a model; nothing for text from standard input.

    Raises:
        UnreadableFileError: The file with confirmations was not understood; it says where and what to do.
    """
    from ketenreis.findings import in_words
    from ketenreis.notation.confirmed import read_confirmed
    from ketenreis.workspace import Workspace

    if model == STANDARD_INPUT:
        return {}
    file = Workspace.open(model).confirmed
    known, findings = read_confirmed(file)
    if findings:
        said = in_words(findings[0], terminal.language)
        raise UnreadableFileError(f"{findings[0].place or file}: {said.title}. {said.message} {said.next}")
    return known


def events_of(model: str, asked: Path | None) -> Path:
    """Where the events are: as was asked, else those of the model's workspace, else `events` in this folder."""
    from ketenreis.workspace import Workspace

    if asked is not None:
        return asked
    own = Workspace.open(model).events if Path(model).exists() else Path("events")
    return own if own.is_dir() else Path("events")


def store_of(model: str, asked: Path | None) -> "EventStore | None":
    """The events that `events_of` finds; None where nobody asked for any and there are none."""
    from ketenreis.events.store import EventStore

    where = events_of(model, asked)
    return EventStore.open(where) if asked is not None or where.is_dir() else None


def bytes_of(named: str, terminal: Terminal) -> bytes:
    """What a file that is brought in holds, or standard input.

    Raises:
        UnreadableFileError: There is no such file.
    """
    if named == STANDARD_INPUT:
        return terminal.source.read().encode("utf-8", "surrogateescape")
    if not Path(named).is_file():
        raise UnreadableFileError(terminal.words("import.no_file", file=named))
    return Path(named).read_bytes()


def _in_its_language(reading: "Reading", terminal: Terminal) -> "Reading":
    organisation = reading.model.organisation
    terminal.choose_language(None, organisation.get("language") if organisation else None)
    return reading


def sound_model(named: str, terminal: Terminal) -> "Reading":
    """Reads a model that will be used: what could not be understood must be mended first.

    Raises:
        UnreadableFileError: There is no such file, or some of its text was not understood; that is said.
    """
    return _sound(read_model(named, terminal), named, terminal)


@contextmanager
def two_versions(old: str, new: str, terminal: Terminal) -> "Iterator[tuple[Version, Version]]":
    """Opens two models to be compared: paths, or `REVISION:path` in git.

    Raises:
        UnreadableFileError: One of them is not there, or some of its text was not understood; that is said.
    """
    from ketenreis.workspace import version

    with version(old) as first, version(new) as second:
        found = [
            Version(space, _sound(space.read(), named, terminal).model)
            for space, named in ((first, old), (second, new))
        ]
        yield found[0], found[1]


def _sound(reading: "Reading", named: str, terminal: Terminal) -> "Reading":
    from ketenreis.cli.found import in_terminal

    _in_its_language(reading, terminal)
    if not reading.is_sound:
        for finding in reading.findings:
            if finding.level == "error":
                terminal.say(in_terminal(finding, reading, terminal.language))
        raise UnreadableFileError(terminal.words("not_sound", model=named))
    return reading
