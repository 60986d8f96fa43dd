"""Under which other name does a person stand in the store? A keyed hash: stable, and of no use without the key.

One customer has one number, however a system writes it: 00012345 in one file is 12345 in a sheet and 12 345 in a third. So
numbers are settled before they are hashed, and before anything is counted by them.
"""

import hmac
import os
import re
import secrets
import string
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
        """Stand-ins for customers, long enough to stay apart among millions; the same however a number is written."""
        return [f"p-{self._hash(settled(each))[:20]}" for each in ids]

    def _hash(self, text: str) -> str:
        return hmac.digest(self.key, text.encode(), "sha256").hex()


_BLANKS = "[ \t\r\n\u00a0\u2007\u202f]+"
_CAPITALS = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)


def settled(text: str) -> str:
    """The number of a person as every system could have written it: no blanks, capitals, no zeros in front of digits only.

    Example:
        >>> [settled(each) for each in ("000123", " 12 3 ", "s-07 b", "Jan  Jansen")]
        ['123', '123', 'S-07B', 'Jan Jansen']
    """
    if not re.search("[0-9]", text):
        return re.sub(_BLANKS, " ", text).strip(" ")
    whole = re.sub(_BLANKS, "", text)
    return whole.lstrip("0") or "0" if re.fullmatch("[0-9]+", whole) else whole.translate(_CAPITALS)


def settled_sql(column: str) -> str:
    """The same as SQL."""
    whole = f"regexp_replace({column}, '{_BLANKS}', '', 'g')"
    return (
        f"CASE WHEN NOT regexp_matches({column}, '[0-9]') "
        f"THEN trim(regexp_replace({column}, '{_BLANKS}', ' ', 'g'), ' ') "
        f"WHEN regexp_full_match({whole}, '[0-9]+') THEN COALESCE(NULLIF(ltrim({whole}, '0'), ''), '0') "
        f"ELSE translate({whole}, '{string.ascii_lowercase}', '{string.ascii_uppercase}') END"
    )


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
