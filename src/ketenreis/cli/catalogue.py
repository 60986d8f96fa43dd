"""Which commands are there, where does each stand, and what does its page say?"""

import os
import re
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from textwrap import wrap
from typing import Protocol

from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import LANGUAGES, Terminal
from ketenreis.errors import UsageError

ROOM = Path(__file__).parent
WIDTH = 100


class CommandModule(Protocol):
    """What the file of a command offers."""

    def arguments(self, parser: Parser) -> None:
        """States what the command takes."""

    def run(self, asked: Namespace, terminal: Terminal) -> int:
        """Answers; returns the exit status."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Attributes:
        words: As it is typed after `ketenreis`.
    """

    words: str

    @property
    def file(self) -> str:
        """The name of its module and of its page."""
        return self.words.replace(" ", "_")

    def page(self, language: str = "en") -> str:
        """Its page, as Markdown."""
        return page(f"commands/{self.file}", language)

    def summary(self, language: str = "en") -> str:
        """The first sentence of its page."""
        return next(line for line in self.page(language).splitlines() if line and not line.startswith("#"))

    def parser(self, environment: Mapping[str, str] = os.environ) -> Parser:
        """Reads what the command takes, and the language: every command answers in both."""
        parser = Parser(self.words, environment)
        self.load().arguments(parser)
        parser.add_argument("--language", choices=LANGUAGES)
        return parser

    def load(self) -> CommandModule:
        """Its module; only now is it imported."""
        return import_module(f"ketenreis.cli.commands.{self.file}")


COMMANDS: tuple[Command, ...] = tuple(
    map(
        Command,
        (
            "demo",
            "serve",
            "check",
            "show",
            "diff",
            "impact",
            "events import",
            "events profile",
            "events map",
            "events list",
            "events withdraw",
            "events verify",
            "events compact",
            "events backup",
            "measure",
            "handovers",
            "deviations",
            "contacts",
            "readiness",
            "tensions",
            "import",
            "export",
            "render",
            "format",
            "confirm",
            "schema",
        ),
    )
)
"""Every command, in the order in which somebody new meets them."""


def find(words: list[str]) -> tuple[Command, list[str]]:
    """The command that the words begin with, and the words that are left.

    Raises:
        UsageError: There is no such command; the message names the nearest.

    Example:
        >>> find(["events", "profile", "store"])
        (Command(words='events profile'), ['store'])
    """
    from difflib import get_close_matches

    for command in COMMANDS:
        length = len(command.words.split())
        if words[:length] == command.words.split():
            return command, words[length:]
    said = " ".join(word for word in words[:2] if not word.startswith("-"))
    inside = [command.words for command in COMMANDS if command.words.startswith(f"{words[0]} ")]
    near = (
        inside
        or get_close_matches(said, [c.words for c in COMMANDS], 3)
        or get_close_matches(words[0], [c.words for c in COMMANDS], 3)
    )
    hint = f"Nearest: {', '.join(near)}." if near else "See what there is: ketenreis --help"
    raise UsageError(f"There is no command “{said}”. {hint}")


def manual(command: Command | None, language: str = "en") -> str:
    """The page of a command as it reads in a terminal; without one the page that lists them all.

    Example:
        >>> print(manual(find(["schema"])[0]).splitlines()[0])
        ketenreis schema
    """
    if command is not None:
        return in_terminal(command.page(language))
    width = max(len(command.words) for command in COMMANDS)
    listed = "\n".join(f"    {command.words:<{width}}  {command.summary(language)}" for command in COMMANDS)
    return in_terminal(page("ketenreis", language).replace("{commands}", listed))


def page(name: str, language: str = "en") -> str:
    """A page of the command line as Markdown; the Dutch one stands beside the English one."""
    ending = ".nl.md" if language == "nl" else ".md"
    return (ROOM / f"{name}{ending}").read_text(encoding="utf-8")


def in_terminal(page: str) -> str:
    r"""Markdown without the marks that only a browser needs, at the width of a terminal.

    Example:
        >>> print(in_terminal("## Options\n- `--json`: as JSON"))
        Options
          --json
              as JSON
    """
    return "\n".join(line for text in page.strip().splitlines() for line in _lines(text))


def _lines(text: str) -> list[str]:
    """One line of Markdown as lines in a terminal."""
    if text.startswith("    ") or not text:
        return [text]
    plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", re.sub(r"^#+ ", "", text))
    if option := re.fullmatch(r"- `([^`]*)`: (.*)", plain):
        return [f"  {option[1]}", *_wrapped(option[2], " " * 6)]
    return _wrapped(plain, "")


def _wrapped(text: str, indent: str) -> list[str]:
    return wrap(text.replace("`", ""), WIDTH, initial_indent=indent, subsequent_indent=indent)
