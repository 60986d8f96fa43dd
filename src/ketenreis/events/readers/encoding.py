"""In which bytes is a text written? Tells encodings apart, and writes a text again where the engine could not read it."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ketenreis.errors import UnreadableFileError

CHUNK = 1 << 22
HEAD = 1 << 12
_ASCII = bytes(range(128))
_LATER = bytes(range(128, 192))
"""Bytes that continue a letter in UTF-8: what begins one is what is left without them."""
_MARKS = ("\ufeff", "ï»¿")
"""The mark before a text in UTF-8, also where what follows it turns out to be another encoding."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = bytes(each for each in range(1, 32) if each not in b"\t\n\r\f\x1a\x1b\x1f")
"""What no text holds; NUL bytes are told by themselves."""
_OTHERS = (
    (b"RDX", "a workspace of R"),
    (b"RDA", "a workspace of R"),
    (b"\xfd7zXZ", "zipped as xz"),
    (b"BZh", "zipped as bzip2"),
    (b"\x28\xb5\x2f\xfd", "zipped as zstandard"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
)


@dataclass(frozen=True, slots=True)
class Writing:
    """How a text is written.

    Attributes:
        encoding: By Python's name.
        nul_bytes: It holds NUL bytes.
        mixed_ends: Lines end in more than one way, or fields hold line ends of another kind.
    """

    encoding: str
    nul_bytes: bool = False
    mixed_ends: bool = False


def look(path: Path) -> Writing:
    """How a file is written, from all of its bytes: a surprise may sit deep.

    Raises:
        UnreadableFileError: It cannot be opened, is empty, or is no text.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            if not head:
                raise UnreadableFileError(
                    f"{path} is empty: there is no row in it, not even one with column names."
                )
            if wide := _wide(head):
                return Writing(wide)
            _refuse_bytes(path, head)
            file.seek(0)
            return _look(file)
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be opened: {error.strerror or error}.") from error


def _wide(head: bytes) -> str:
    """UTF-16, by its mark or by where its NUL bytes stand; empty for anything else."""
    if head[:2] in _WIDE:
        return "utf-16"
    half = len(head) // 2
    for encoding, often, seldom in (
        ("utf-16-le", head[1::2], head[::2]),
        ("utf-16-be", head[::2], head[1::2]),
    ):
        if half > 8 and often.count(0) > half * 0.7 and seldom.count(0) < half * 0.02:
            return encoding
    return ""


def _refuse_bytes(path: Path, head: bytes) -> None:
    """Refuses what is no text at all."""
    strange = len(head) - len(head.translate(None, _CONTROLS))
    kind = next((said for begin, said in _OTHERS if head.startswith(begin)), "")
    if strange > len(head) * 0.02 and (kind or strange > 2):
        raise UnreadableFileError(
            f"{path} holds no text: it is {kind or 'made of bytes of another kind'}. Open it in the program that made it, "
            "save it as CSV or .xlsx, and import that."
        )


def _look(file: BinaryIO) -> Writing:
    """Tells UTF-8 from the Latin encodings, where accented letters hardly ever form a valid pair."""
    nuls = windows = False
    good = bad = ends = pairs = 0
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    while block := file.read(CHUNK):
        nuls = nuls or b"\x00" in block
        if b"\r" in block:
            ends += block.count(b"\n")
            pairs += block.count(b"\r\n")
        elif pairs:
            ends += block.count(b"\n")
        if block.isascii():
            decoder.reset()
            continue
        strange = decoder.decode(block).count("�")
        rest = block.translate(None, _ASCII)
        bad += strange
        good += len(rest.translate(None, _LATER)) - strange
        windows = windows or bool(re.search(rb"[\x80-\x9f]", rest))
    mixed = 0 < pairs < ends - 1  # a pair may be split between two blocks
    if bad > good / 20:
        return Writing("cp1252" if windows else "latin-1", nuls, mixed)
    return Writing("utf-8", nuls, mixed)


def as_utf8(path: Path, encoding: str, target: Path) -> Path:
    """The file written again in UTF-8, piece by piece, every line ending alike."""
    with target.open("wb") as out:
        for number, text in enumerate(_decoded(path, encoding)):
            out.write((text if number else unmarked(text)).encode("utf-8", errors="replace"))
    return target


def unmarked(text: str) -> str:
    """The begin of a text without the mark that says how it is written."""
    return next((text.removeprefix(mark) for mark in _MARKS if text.startswith(mark)), text)


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    try:
        plain = codecs.getincrementaldecoder(encoding)(errors="replace")
    except LookupError as error:
        raise UnreadableFileError(f"The encoding “{encoding}” of {path} is not one we know.") from error
    decoder = io.IncrementalNewlineDecoder(plain, translate=True)
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            yield decoder.decode(block)
        yield decoder.decode(b"", final=True)
