"""How does a model get into its files again, without losing a comment and without anybody reading half of it?"""

import dataclasses
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ketenreis.cli.terminal import Terminal
from ketenreis.errors import UsageError

if TYPE_CHECKING:
    from ketenreis.model import Model
    from ketenreis.notation import Reading

_COMMENT = re.compile(r"""(?:[^"'#]|"(?:\\.|[^"])*"|'[^']*'|(?<=\S)[#"'])*?(?:^|(?<=\s))#""")
"""The beginning of a line that holds a comment: a hash at its start or after a space, not within quotes."""


def save(
    where: Path, reading: "Reading | None", model: "Model", terminal: Terminal, *, drop_comments: bool
) -> list[Path]:
    """Writes a changed model: the files that hold something that changed, and no others.

    Args:
        where: The file or folder of the model; made when it is not there.
        reading: What it held; None when it was not there.
        model: What it will hold.
        terminal: Hears which comments would be lost.
        drop_comments: Whether these may go.

    Returns:
        The files that were written. What is new in a folder gets a file of its own.

    Raises:
        UsageError: A comment would be lost.
    """
    if reading is None:
        if where.suffix not in (".yaml", ".yml"):
            where.mkdir(parents=True)
        changed: dict[Path, str] = dict(wanted(where, model))
    else:
        changed = _changed(where, reading, model)
    if not drop_comments and (lost := comments(changed)):
        for place in lost:
            terminal.say(place)
        raise UsageError(terminal.words("format.comments", count=len(lost)))
    for path, text in sorted(changed.items()):
        if text:
            replace(path, text)
        else:
            path.unlink(missing_ok=True)
    return sorted(path for path, text in changed.items() if text)


def _changed(where: Path, reading: "Reading", model: "Model") -> dict[Path, str]:
    """The text of each file in which something changed; empty for one in which nothing is left."""
    files: dict[Path, list[str]] = {}
    for name in _tops(reading.model):
        place = reading.place(name)
        if place is not None:
            files.setdefault(Path(place.file), []).append(name)
    new = [name for name in _tops(model) if name not in reading.model]
    changed: dict[Path, str] = {}
    if new:
        filed = next((name for name in new if model[name].kind in ("process", "journey")), new[0])
        own = (
            where / model[filed].schema.plural / f"{filed.replace('/', '-')}.yaml"
            if where.is_dir()
            else where
        )
        files.setdefault(own, []).extend(new)
    for path, names in files.items():
        text = _text_of(model, names)
        if any(name in new for name in names) or text != _text_of(reading.model, names):
            changed[path] = text
    return changed


def _tops(model: "Model") -> list[str]:
    """What stands in nothing but the organisation, and the organisation itself."""
    own = model.organisation.id if model.organisation else None
    return [element.id for element in model if element.parent is None or element.parent == own]


def _text_of(model: "Model", names: Iterable[str]) -> str:
    """The canonical text of some of these, with everything that stands in them."""
    from ketenreis.model import Model
    from ketenreis.notation.writing import write_text

    held = []
    for name in names:
        if name in model:
            is_organisation = model[name].kind == "organisation"
            top = model[name] if is_organisation else dataclasses.replace(model[name], parent=None)
            held += [top, *(() if is_organisation else model.within(name))]
    own = {element.id for element in held}
    return write_text(Model.of(held, (edge for edge in model.edges if edge.source in own)))


def wanted(where: Path, model: "Model") -> Mapping[Path, str]:
    """The canonical text of a model for each file that it takes, in a folder or as one file."""
    from ketenreis.notation.writing import write, write_text

    if where.is_dir():
        return {where / path: text for path, text in write(model).items()}
    return {where: write_text(model)}


def read_files(reading: "Reading") -> set[Path]:
    """The files that the elements were read from."""
    return {Path(place.file) for place in reading.places.values()}


def comments(paths: Iterable[Path]) -> list[str]:
    """The lines with a comment in these files, each with its place."""
    return [
        f"{path}:{number}: {line.strip()}"
        for path in sorted(paths)
        for number, line in enumerate((now(path) or "").splitlines(), 1)
        if _COMMENT.match(line)
    ]


def now(path: Path) -> str | None:
    """What a file holds; None when there is none."""
    return path.read_bytes().decode("utf-8", "replace") if path.exists() else None


def replace(path: Path, text: str) -> None:
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
