"""What may be said to a command: options from the command line, else from KETENREIS_… variables."""

import argparse
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Never, TypeVar

from ketenreis.errors import UsageError

N = TypeVar("N")
_YES, _NO = {"1", "true", "yes", "ja", "on"}, {"", "0", "false", "no", "nee", "off"}


class Parser(argparse.ArgumentParser):
    """Reads the words after a command; help is the command's page, so none is made here.

    Example:
        >>> parser = Parser("check", {"KETENREIS_CHECK_JSON": "yes"})
        >>> _ = parser.add_argument("--json", action="store_true")
        >>> parser.parse_args([]).json
        True
    """

    def __init__(self, words: str, environment: Mapping[str, str] = os.environ) -> None:
        super().__init__(prog=f"ketenreis {words}", add_help=False, allow_abbrev=False)
        self.words = words
        self.environment = environment
        self.options: list[argparse.Action] = []
        self._lists: dict[str, object] = {}

    def add_argument(self, *names: str, **how: Any) -> argparse.Action:
        """States an option or operand; an option's default comes from its variable, when that is set."""
        action = super().add_argument(*names, **how)
        self.options.append(action)
        if action.option_strings and (said := self.environment.get(self.variable(action))) is not None:
            value, action.required = self._from_variable(action, said), False
            if isinstance(value, list):
                # argparse would add the words of the command line to a default list; they take its place.
                self._lists[action.dest] = value
            else:
                action.default = value
        return action

    def variable(self, action: argparse.Action) -> str:
        """The name of the variable that sets an option.

        Example:
            >>> parser = Parser("events import")
            >>> parser.variable(parser.add_argument("--write-mapping"))
            'KETENREIS_EVENTS_IMPORT_WRITE_MAPPING'
        """
        return f"ketenreis_{self.words}_{action.dest}".replace(" ", "_").upper()

    def error(self, message: str) -> Never:
        """Says what does not fit, and where to read on."""
        raise UsageError(f"{self.prog}: {message}. See: {self.prog} --help")

    def parse_args(  # type: ignore[override]  # always a namespace of our own
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """The options and operands by name.

        Raises:
            UsageError: The words do not fit together.
        """
        asked = super().parse_args(args, namespace)
        for name, value in self._lists.items():
            if getattr(asked, name) is None:
                setattr(asked, name, value)
        return asked

    def _from_variable(self, action: argparse.Action, said: str) -> object:
        if action.nargs == 0:
            if said.lower() not in _YES | _NO:
                self._refuse(action, said, "yes or no")
            return said.lower() in _YES
        if action.choices is not None and said not in action.choices:
            self._refuse(action, said, ", ".join(map(str, action.choices)))
        typed = action.type if callable(action.type) else str
        try:
            if isinstance(action, argparse._AppendAction) or action.nargs in ("+", "*"):  # noqa: SLF001  # its only name
                return [typed(part) for part in said.replace(",", " ").split()]
            return typed(said)
        except (ValueError, argparse.ArgumentTypeError) as refused:
            return self._refuse(action, said, str(refused))

    def _refuse(self, action: argparse.Action, said: str, wanted: str) -> Never:
        raise UsageError(f"{self.variable(action)} is “{said}”; it takes {wanted}.")


def one_of(choices: Iterable[N]) -> str:
    """Choices as they stand in a usage line.

    Example:
        >>> one_of(("nl", "en"))
        'nl|en'
    """
    return "|".join(map(str, choices))
