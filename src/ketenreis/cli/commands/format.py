"""`ketenreis format`: how does this model read in its canonical form?"""

from argparse import Namespace
from pathlib import Path

from ketenreis.cli.opening import STANDARD_INPUT, sound_model
from ketenreis.cli.parser import Parser
from ketenreis.cli.saving import comments, now, read_files, replace, wanted
from ketenreis.cli.terminal import Terminal
from ketenreis.errors import UsageError


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("model")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--drop-comments", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Writes what differs; with --check only says so, and returns 1."""
    from ketenreis.notation.writing import write_text

    reading = sound_model(asked.model, terminal)
    if asked.model == STANDARD_INPUT:
        terminal.show(write_text(reading.model).rstrip("\n"))
        return 0
    texts = wanted(Path(asked.model), reading.model)
    changed = {path: text for path, text in texts.items() if now(path) != text}
    gone = sorted(read_files(reading) - set(texts))
    if asked.check:
        for path in sorted([*changed, *gone]):
            terminal.show(str(path))
        return 1 if changed or gone else 0
    if not asked.drop_comments and (lost := comments([*changed, *gone])):
        for place in lost:
            terminal.say(place)
        raise UsageError(terminal.words("format.comments", count=len(lost)))
    terminal.kept = terminal.words("format.kept")
    for path, text in sorted(changed.items()):
        replace(path, text)
        terminal.show(str(path))
    for path in gone:
        # Its elements stand in the files that were just written, so nothing is lost with it.
        path.unlink()
        terminal.say(terminal.words("format.gone", file=path))
    terminal.say(terminal.words("format.done", changed=len(changed), files=len(texts)))
    return 0
