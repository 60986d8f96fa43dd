"""How does a command speak with whoever started it: results, talk, questions, colour and how far it is?"""

import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TextIO

LANGUAGES = ("nl", "en")
Progress = Callable[[float, str], None]

_QUIET_SECONDS, _EVERY_SECONDS = 1.0, 0.1
"""Work that is done sooner shows no bar; a bar is drawn no more often than this."""
_LINES = 4
"""Where nobody watches, as in a log file, so many lines say how far it is."""
_COLOURS = {"red": "31", "green": "32", "yellow": "33", "dim": "2", "bold": "1"}


@dataclass
class Terminal:
    """The two channels of a command and what is known of who reads them.

    Attributes:
        out: For results.
        err: For talk.
        source: For answers and for `-`.
        environment: Variables that say how to speak.
        language: "nl" or "en".
        kept: What stays as it was when the command is stopped now, in words; empty for nothing worth saying.
    """

    out: TextIO
    err: TextIO
    source: TextIO
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    language: str = "en"
    kept: str = ""
    _asked_for: str | None = None
    _began: float = 0.0
    _drawn: float = 0.0
    _step: int = 0

    @classmethod
    def of_process(cls) -> "Terminal":
        """The terminal of this process, in the language of its user."""
        for stream in (sys.stdout, sys.stderr):
            # A pipe into an old code page must not end in a failure for the sake of a check mark.
            if (change := getattr(stream, "reconfigure", None)) is not None:
                change(errors="replace")
        terminal = cls(sys.stdout, sys.stderr, sys.stdin)
        terminal.choose_language(None)
        return terminal

    def choose_language(self, asked: str | None, organisation: object = None) -> None:
        """Settles the language: the option, else KETENREIS_LANGUAGE, else the organisation's, else the system's, else English.

        Example:
            >>> import sys
            >>> terminal = Terminal(sys.stdout, sys.stderr, sys.stdin, {"LANG": "nl_NL.UTF-8"})
            >>> terminal.choose_language(None); terminal.language
            'nl'
            >>> terminal.choose_language(None, "en"); terminal.language
            'en'
        """
        self._asked_for = asked or self._asked_for or self.environment.get("KETENREIS_LANGUAGE")
        system = next(
            (said for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (said := self.environment.get(name))), ""
        )
        wanted = (self._asked_for, organisation, system)
        heard = (str(said)[:2].lower() for said in wanted if said)
        self.language = next((said for said in heard if said in LANGUAGES), "en")

    @property
    def is_watched(self) -> bool:
        """Whether a person sees the talk and can answer."""
        return self.err.isatty() and self.source.isatty()

    def has_colour(self, stream: TextIO) -> bool:
        """Whether a channel shows colours: only a terminal, and only when it is not told otherwise."""
        return (
            stream.isatty()
            and not self.environment.get("NO_COLOR")
            and self.environment.get("TERM") not in (None, "dumb")
        )

    def paint(self, text: str, *colours: str) -> str:
        """Text for standard output in colours, where that has them."""
        if not self.has_colour(self.out):
            return text
        codes = ";".join(_COLOURS[colour] for colour in colours)
        return f"\x1b[{codes}m{text}\x1b[0m"

    def show(self, text: str = "") -> None:
        """Writes a result."""
        print(text, file=self.out)

    def say(self, text: str = "") -> None:
        """Talks."""
        self.end_progress()
        print(text, file=self.err, flush=True)

    def words(self, key: str, **values: object) -> str:
        """A sentence of the command line in the language of the reader."""
        from ketenreis.findings.counted import in_number

        return in_number(sentences(self.language)[key], values).format_map(values)

    def number(self, count: int) -> str:
        """A count as the reader writes it: 20.000 in Dutch, 20,000 in English."""
        return f"{count:,}".replace(",", "." if self.language == "nl" else ",")

    def ask(self, question: str, usual: str = "") -> str:
        """Asks a person something; the usual answer comes when nothing is typed, or when nobody can answer."""
        if not self.is_watched:
            return usual
        print(f"{question} ", end="", file=self.err, flush=True)
        return self.source.readline().strip() or usual

    def flush(self) -> None:
        """Sends what is waiting, so that a closed pipe is noticed in time."""
        self.end_progress()
        self.out.flush()

    def progress(self, done: float, what: str) -> None:
        """Says how far it is: a bar where somebody watches, a few lines elsewhere, nothing for what is quick.

        Args:
            done: From 0 to 1.
            what: What is being done.
        """
        now = time.monotonic()
        self._began = self._began or now
        if now - self._began < _QUIET_SECONDS or now - self._drawn < _EVERY_SECONDS:
            return
        self._drawn = now
        done = min(max(done, 0.0), 1.0)
        if self.err.isatty():
            full = round(done * 24)
            print(
                f"\r{'━' * full}{'─' * (24 - full)} {done:4.0%} {what[:44]:<44}",
                end="",
                file=self.err,
                flush=True,
            )
            self._step = 1
        elif self._step < int(done * _LINES) < _LINES and now - self._began > 2 * _QUIET_SECONDS:
            self._step = int(done * _LINES)
            print(f"{done:4.0%} {what}", file=self.err, flush=True)

    def end_progress(self) -> None:
        """Wipes the bar."""
        if self._step and self.err.isatty():
            print(f"\r{' ' * 75}\r", end="", file=self.err, flush=True)
        self._began = self._drawn = 0.0
        self._step = 0


@cache
def sentences(language: str) -> Mapping[str, str]:
    """What the command line says in one language, by key."""
    import tomllib

    text = Path(__file__).with_name(f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
