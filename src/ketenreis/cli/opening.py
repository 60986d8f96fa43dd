"""What does a command work on? Opens the models and stores that are named on the command line."""

from pathlib import Path
from typing import TYPE_CHECKING

from ketenreis.cli.terminal import Terminal
from ketenreis.errors import UnreadableFileError

if TYPE_CHECKING:
    from ketenreis.notation import Reading

STANDARD_INPUT = "-"


def read_model(named: str, terminal: Terminal) -> "Reading":
    """Reads a model from a file, a folder, or standard input, and takes its language when none was asked for.

    Raises:
        UnreadableFileError: There is no such file or folder.
    """
    from ketenreis.notation import read, read_text

    if named == STANDARD_INPUT:
        reading = read_text(terminal.source.read(), STANDARD_INPUT)
    elif Path(named).exists():
        reading = read(named)
    else:
        raise UnreadableFileError(terminal.words("no_file", file=named))
    organisation = reading.model.organisation
    terminal.choose_language(None, organisation.get("language") if organisation else None)
    return reading


def sound_model(named: str, terminal: Terminal) -> "Reading":
    """Reads a model that will be used: what could not be understood must be mended first.

    Raises:
        UnreadableFileError: There is no such file, or some of its text was not understood; that is said.
    """
    from ketenreis.cli.found import in_terminal

    reading = read_model(named, terminal)
    if not reading.is_sound:
        for finding in reading.findings:
            if finding.level == "error":
                terminal.say(in_terminal(finding, reading, terminal.language))
        raise UnreadableFileError(terminal.words("not_sound", model=named))
    return reading
