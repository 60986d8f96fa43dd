"""What does a file seem to say, in words? A large one is looked at in a process of its own, which can be stopped at once."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from ketenreis.errors import KetenreisError, MappingError, UnreadableFileError
from ketenreis.events.importing import guess_file
from ketenreis.events.mapping import Mapping, parse_mapping, write_mapping

LARGE = 1_000_000
"""Bytes from which a file is looked at apart: below it, beginning a process takes longer than looking."""

Lines = tuple[tuple[str, float], ...]
"""Each choice in words, with its confidence."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping, and what was chosen in it."""

    mapping: Mapping
    nl: Lines
    en: Lines


def proposal(file: Path, text: str = "", zone: str = "UTC") -> Proposal:
    """What a file seems to say.

    Args:
        file: The file.
        text: A mapping, of which the lines that are left out are guessed.
        zone: On whose clock times are that carry no zone.

    Raises:
        UnreadableFileError: It cannot be read.
        MappingError: Neither names nor contents show a case and a time.
    """
    guess = guess_file(file, parse_mapping(text) if text.strip() else None, zone)
    sure = [reason.confidence for reason in guess.reasons]
    nl, en = (tuple(zip(guess.lines(language), sure, strict=True)) for language in ("nl", "en"))
    return Proposal(guess.mapping, nl, en)


class Looking:
    """One look at a file, that somebody may no longer want."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def proposal(self, text: str = "", zone: str = "UTC") -> Proposal:
        """What the file seems to say, as `proposal` tells it.

        Raises:
            UnreadableFileError: It was stopped, besides what `proposal` raises.
        """
        if not self._is_stopped and self.file.stat().st_size < LARGE:
            return proposal(self.file, text, zone)
        asked = json.dumps({"file": str(self.file), "text": text, "zone": zone}).encode()
        with tempfile.TemporaryDirectory(prefix="ketenreis-") as work:
            process = self._begin(work)
            said = process.communicate(asked)[0] if process else b""
        if process is None or process.returncode:
            raise UnreadableFileError(f"Looking at {self.file.name} was stopped before it was done.")
        told = json.loads(said)
        if "refused" in told:
            raise MappingError(told["refused"])
        nl, en = (
            tuple((str(line), float(sure)) for line, sure in told[language]) for language in ("nl", "en")
        )
        return Proposal(parse_mapping(told["mapping"]), nl, en)

    def stop(self) -> None:
        """Ends the work, now or before it begins."""
        with self._lock:
            self._is_stopped = True
            if self._process is not None:
                self._process.kill()

    def _begin(self, work: str) -> subprocess.Popen[bytes] | None:
        """A process that waits to be told what to look at; what it writes meanwhile goes with the folder."""
        with self._lock:
            if self._is_stopped:
                return None
            self._process = subprocess.Popen(  # noqa: S603  # our own module, by the Python that runs this
                [sys.executable, "-P", "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "TMPDIR": work, "TEMP": work},
            )
            return self._process


def _answer() -> None:
    """What is asked on the standard input, answered on the standard output."""
    asked = json.load(sys.stdin)
    try:
        found = proposal(Path(asked["file"]), asked["text"], asked["zone"])
    except KetenreisError as refused:
        told: dict[str, object] = {"refused": str(refused)}
    else:
        told = {"mapping": write_mapping(found.mapping), "nl": found.nl, "en": found.en}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    _answer()
