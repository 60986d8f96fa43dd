"""`ketenreis format`: how does this model read in its canonical form?"""

import os
import re
import tempfile
from argparse import Namespace
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ketenreis.cli.opening import STANDARD_INPUT, sound_model
from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import LANGUAGES, Terminal
from ketenreis.errors import UsageError

if TYPE_CHECKING:
    from ketenreis.notation import Reading


_COMMENT = re.compile(r"""(?:[^"'#]|"(?:\\.|[^"])*"|'[^']*'|(?<=\S)[#"'])*?(?:^|(?<=\s))#""")
"""The beginning of a line that holds a comment: a hash at its start or after a space, not within quotes."""


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("model")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--drop-comments", action="store_true")
    parser.add_argument("--language", choices=LANGUAGES)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Writes what differs; with --check only says so, and returns 1."""
    from ketenreis.notation.writing import write_text

    reading = sound_model(asked.model, terminal)
    if asked.model == STANDARD_INPUT:
        terminal.show(write_text(reading.model).rstrip("\n"))
        return 0
    wanted = _wanted(Path(asked.model), reading)
    changed = {path: text for path, text in wanted.items() if _now(path) != text}
    gone = sorted(_read_files(reading) - set(wanted))
    if asked.check:
        for path in sorted([*changed, *gone]):
            terminal.show(str(path))
        return 1 if changed or gone else 0
    if not asked.drop_comments and (lost := _comments([*changed, *gone])):
        for place in lost:
            terminal.say(place)
        raise UsageError(terminal.words("format.comments", count=len(lost)))
    terminal.kept = terminal.words("format.kept")
    for path, text in sorted(changed.items()):
        _replace(path, text)
        terminal.show(str(path))
    for path in gone:
        # Its elements stand in the files that were just written, so nothing is lost with it.
        path.unlink()
        terminal.say(terminal.words("format.gone", file=path))
    terminal.say(terminal.words("format.done", changed=len(changed), files=len(wanted)))
    return 0


def _wanted(where: Path, reading: "Reading") -> Mapping[Path, str]:
    from ketenreis.notation.writing import write, write_text

    if where.is_dir():
        return {where / path: text for path, text in write(reading.model).items()}
    return {where: write_text(reading.model)}


def _read_files(reading: "Reading") -> set[Path]:
    """The files that the elements were read from."""
    return {Path(place.file) for place in reading.places.values()}


def _comments(paths: Iterable[Path]) -> list[str]:
    """The lines with a comment in these files, each with its place."""
    return [
        f"{path}:{number}: {line.strip()}"
        for path in sorted(paths)
        for number, line in enumerate((_now(path) or "").splitlines(), 1)
        if _COMMENT.match(line)
    ]


def _now(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "replace") if path.exists() else None


def _replace(path: Path, text: str) -> None:
    """Puts a text in place of a file in one step, so that nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, suffix=".new", delete=False, encoding="utf-8", newline="\n"
    ) as file:
        file.write(text)
    if path.exists():
        Path(file.name).chmod(path.stat().st_mode)
    else:
        Path(file.name).chmod(0o666 & ~_mask())
    Path(file.name).replace(path)


def _mask() -> int:
    """The permissions that new files of this user do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
