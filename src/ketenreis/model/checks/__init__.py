"""What is remarkable in a model by itself, before any data: one check a file, and this folder is the list of them.

The name of a check is the id of its finding, its module, its fixture in tests/findings and its page in the
documentation. To add one: a module with LEVEL and check, four sentences in each language, a fixture.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Protocol

from ketenreis.findings import Finding, Level
from ketenreis.model.graph import Model

__all__ = ["CHECKS", "Check", "listed", "run"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        id: Name of its finding, and of its module.
        level: How much its findings matter at most; a check may say less of a model that has only just begun.
        function: Finds them in a model.
        explanation: What it looks for, why that matters to the customer, the smallest example, how to mend it.
    """

    id: str
    level: Level
    function: Callable[[Model], Iterator[Finding]]
    explanation: str


class CheckModule(Protocol):
    """What the module of a check offers."""

    __name__: str
    __doc__: str | None
    LEVEL: Level

    def check(self, model: Model) -> Iterator[Finding]:
        """Finds what the check looks for."""
        ...


def listed(package: str, folders: Iterable[str]) -> Mapping[str, Check]:
    """Makes a table of the checks in a package, by id, in the order of their names."""
    names = sorted(module.name for module in iter_modules(folders))
    return MappingProxyType({name: _check(import_module(f"{package}.{name}"), name) for name in names})


def _check(module: CheckModule, name: str) -> Check:
    return Check(name, module.LEVEL, module.check, module.__doc__ or "")


CHECKS = listed(__name__, __path__)
"""Every check that needs the model alone, by id."""


def run(model: Model) -> list[Finding]:
    """Runs every check that needs the model alone.

    Args:
        model: Any model, also one that has only just begun.

    Returns:
        What was found, check by check. Without places: the notation knows where an element stands.

    Example:
        >>> from ketenreis.model.graph import Element
        >>> [finding.id for finding in run(Model.of([Element("on-time", "ctq")]))]
        ['ctq_without_activity']
    """
    return [finding for check in CHECKS.values() for finding in check.function(model)]
