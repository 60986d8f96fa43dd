"""Where does a workspace keep its things, and which workspace does a path belong to?"""

import os
from dataclasses import dataclass
from pathlib import Path, PurePath

from ketenreis.errors import UnreadableFileError
from ketenreis.events.store import EventStore
from ketenreis.notation import Reading, read
from ketenreis.notation.imported import FOLDER
from ketenreis.notation.slugs import slug
from ketenreis.notation.text import CONFIRMED

LARGEST_DRAWING = 10_000_000
"""In bytes; a larger file of another program is not read."""
MODEL, EVENTS = "model", "events"
"""The folders of the text and of the events, within that of the workspace."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """An organisation's folder.

    Attributes:
        folder: All of it.
        text: Where its model stands: the folder `model`, the folder itself, or a single file.
        variant: Short name of a wanted situation beside today's, in the same folder; empty for today's.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> (folder / "model").mkdir()
        >>> Workspace.open(folder) == Workspace.open(folder / "model")
        True
    """

    folder: Path
    text: Path
    variant: str = ""

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> "Workspace":
        """The workspace of a folder, of the text inside it, or of a single file.

        Args:
            path: A workspace with its text in `model`; or a folder or file with a model, as people have them in git.

        Raises:
            UnreadableFileError: There is nothing at that path.
        """
        given = Path(path)
        if (inside := given / MODEL).is_dir():
            return cls(given, inside)
        if given.is_dir():
            return cls(given.resolve().parent if given.resolve().name == MODEL else given, given)
        if given.is_file():
            return cls(given.parent, given)
        raise UnreadableFileError(f"There is no {given} here. Name a file or folder with a model.")

    @property
    def id(self) -> str:
        """The name of its folder, as it can stand in an address; of a variant with an underscore and its own name."""
        own = slug(self.folder.absolute().name) or "workspace"
        return f"{own}_{self.variant}" if self.variant else own

    @property
    def written(self) -> Path | None:
        """Its text, where any stands; None in a workspace that was never written out."""
        inside = self.text.name == MODEL or not self.text.is_dir() or any(self.text.glob("*.yaml"))
        return self.text if inside else None

    def read(self) -> Reading:
        """The model with what is wrong with its text."""
        return read(self.text)

    @property
    def events(self) -> Path:
        """The event store."""
        return self.folder / EVENTS

    def store(self) -> EventStore | None:
        """The events; None when none were imported yet.

        Raises:
            StoreError: What is there is no store that can be read.
        """
        return EventStore.open(self.events) if self.events.is_dir() else None

    @property
    def confirmed(self) -> Path:
        """The confirmations, beside the text."""
        return (self.text if self.text.is_dir() else self.text.parent) / CONFIRMED

    @property
    def files(self) -> Path:
        """The attached letters, films and pictures."""
        return self.folder / "files"

    def drawing(self, path: str) -> bytes:
        """The kept file of that path, as processes refer to it; empty when there is none, or it is gone."""
        name = PurePath(path).name
        if not name or path != f"{FOLDER}/{name}":
            return b""
        for folder in (self.files, self.text, self.folder):
            file = folder / FOLDER / name
            if file.is_file() and file.stat().st_size <= LARGEST_DRAWING:
                return file.read_bytes()
        return b""

    @property
    def cache(self) -> Path:
        """What may be thrown away at any time."""
        return self.folder / "cache"

    @property
    def keys(self) -> Path:
        """The keys of pseudonyms: kept apart, and in no back-up."""
        return self.folder / "keys"
