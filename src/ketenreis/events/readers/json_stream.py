"""How is a large JSON file read? Member by member of its outermost object, in constant memory."""

import codecs
import json
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ketenreis.errors import UnreadableFileError
from ketenreis.events.readers.zipped import blocks

LONGEST = 1 << 28
"""Characters of a single event or object; more is no log."""
STEP = 1 << 20
_NO_BLANK = re.compile(r"[^ \t\r\n]")


class _Text:
    """A window on the text of a file that moves on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._blocks = blocks(path)
        self._decode = codecs.getincrementaldecoder("utf-8-sig")(errors="strict")
        self.text, self.at, self.ended = "", 0, False
        self._scan = json.JSONDecoder(strict=False)

    def more(self) -> bool:
        """Reads on; whether there was more."""
        if self.ended:
            return False
        # a member that needs many blocks is read in ever larger steps, or it would be scanned again for each
        wanted = max(STEP, len(self.text) - self.at)
        pieces: list[str] = []
        got = 0
        while got < wanted:
            block = next(self._blocks, b"")
            pieces.append(self._decode.decode(block, not block))
            got += len(pieces[-1])
            if not block:
                self.ended = True
                break
        self.text, self.at = self.text[self.at :] + "".join(pieces), 0
        if len(self.text) > LONGEST:
            raise UnreadableFileError(
                f"{self.path} holds one member of more than {LONGEST} characters: that is no log."
            )
        return True

    def peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            if found := _NO_BLANK.search(self.text, self.at):
                self.at = found.start()
                return found.group()
            self.at = len(self.text)
            if not self.more():
                return ""

    def take(self, wanted: str) -> str:
        """The next character, which must be one of these."""
        found = self.peek()
        if not found or found not in wanted:
            raise UnreadableFileError(
                f"{self.path} is not whole as JSON: {found or 'its end'} stands where one of {' '.join(wanted)} should."
            )
        self.at += 1
        return found

    def value(self) -> Any:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                found, end = self._scan.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if self.more():
                    continue
                raise UnreadableFileError(f"{self.path} is not whole as JSON: {error.msg}.") from error
            if end == len(self.text) and self.more():
                continue  # a number may go on
            self.at = end
            return found


def members(path: Path, begun: Callable[[str], object] = str) -> Iterator[tuple[str, str, Any]]:
    """The outermost object, taken apart one level further.

    Args:
        path: The file, zipped or not.
        begun: Told the name of each member, also of one that is empty.

    Yields:
        (name of the member, name within it or "" in a list, value); for a plain member ("name", "", value).

    Raises:
        UnreadableFileError: It is no whole JSON, or made to do harm.
    """
    text = _Text(path)
    try:
        text.take("{")
        if text.peek() == "}":
            return
        while True:
            name = _name(text)
            begun(name)
            opened = text.peek()
            if opened == "[":
                yield from ((name, "", value) for value in _list(text))
            elif opened == "{":
                yield from ((name, key, value) for key, value in _object(text))
            else:
                yield name, "", text.value()
            if text.take(",}") == "}":
                return
    except RecursionError as error:
        raise UnreadableFileError(f"{path} nests its values too deep to be a log.") from error
    except (UnicodeDecodeError, ValueError) as error:
        raise UnreadableFileError(f"{path} is not readable as JSON: {error}.") from error
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFileError(f"{path} cannot be read: {error}.") from error


def _name(text: _Text) -> str:
    if text.peek() != '"':
        text.take('"')
    name = str(text.value())
    text.take(":")
    return name


def _list(text: _Text) -> Iterator[Any]:
    text.take("[")
    if text.peek() == "]":
        text.take("]")
        return
    while True:
        yield text.value()
        if text.take(",]") == "]":
            return


def _object(text: _Text) -> Iterator[tuple[str, Any]]:
    text.take("{")
    if text.peek() == "}":
        text.take("}")
        return
    while True:
        key = _name(text)
        yield key, text.value()
        if text.take(",}") == "}":
            return
