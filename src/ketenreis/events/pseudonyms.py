"""Under which other name does a person stand in the store? A keyed hash: stable, and of no use without the key."""

import hmac
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ketenreis.errors import StoreError

KEY_FILE = "pseudonyms.key"


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Replaces names by a keyed hash (HMAC-SHA256).

    Example:
        >>> Pseudonyms(b"0" * 32).of_people(["Jan", "Jan", "Piet"])
        ['m-ed49c3', 'm-ed49c3', 'm-2602f3']
    """

    key: bytes = field(repr=False)

    def of_people(self, names: Sequence[str]) -> list[str]:
        """Short, stable stand-ins for employees; longer where two would be the same."""
        hashed = {name: self._hash(name) for name in names}
        seen: dict[str, set[str]] = {}
        for name, digest in hashed.items():
            seen.setdefault(digest[:6], set()).add(name)
        return [f"m-{hashed[name][: 6 if len(seen[hashed[name][:6]]) == 1 else 16]}" for name in names]

    def of_ids(self, ids: Sequence[str]) -> list[str]:
        """Stand-ins for customers, long enough to stay apart among millions."""
        return [f"p-{self._hash(each)[:20]}" for each in ids]

    def _hash(self, text: str) -> str:
        return hmac.digest(self.key, text.encode(), "sha256").hex()


def open_pseudonyms(store: Path) -> Pseudonyms:
    """The pseudonyms of a store, whose key stands in `keys/` beside it; made at the first use.

    Raises:
        StoreError: The key cannot be read or made, or is no key.
    """
    folder = store.absolute().parent / "keys"
    path = folder / KEY_FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as error:
        raise StoreError(f"The key of the pseudonyms, {path}, cannot be read or made: {error}.") from error
    if len(key) != 32:
        raise StoreError(f"The key of the pseudonyms, {path}, should hold 32 bytes and holds {len(key)}.")
    return Pseudonyms(key)


def _make(path: Path) -> None:
    """Makes a key, whole at once: of two makers at the same time the first wins."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(new)
    except FileExistsError:
        pass
    finally:
        new.unlink()
