"""What is remarkable in a model as it was written? Reads it, runs every check, and puts each finding in its place."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ketenreis.findings import LEVELS, Finding, Level, worst_first
from ketenreis.model import Model
from ketenreis.notation import Reading, read
from ketenreis.notation.confirmed import Confirmation, Suspect, suspects
from ketenreis.notation.mattering import Key
from ketenreis.requirements import checks

PathLike = str | os.PathLike[str]


@dataclass(frozen=True)
class Checked:
    """A model with everything that was found in its text and in its structure.

    Attributes:
        reading: The model and where everything stands.
        findings: Worst first; each with its place where the text has one.
        suspects: The relations to be looked at again; each is a finding too.
    """

    reading: Reading
    findings: tuple[Finding, ...]
    suspects: tuple[Suspect, ...] = ()

    @property
    def model(self) -> Model:
        """The model itself."""
        return self.reading.model

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to mend: no error and no warning. Advice alone is well."""
        return not self.of_level("error", "warning")

    def of_level(self, *levels: Level) -> tuple[Finding, ...]:
        """The findings of these levels."""
        return tuple(finding for finding in self.findings if finding.level in levels)

    @property
    def counts(self) -> dict[Level, int]:
        """How many findings there are of each level, worst first."""
        return {level: len(self.of_level(level)) for level in LEVELS}


def check(
    what: PathLike | Iterable[PathLike] | Reading, confirmed: Mapping[Key, Confirmation] | None = None
) -> Checked:
    """Checks a model: its text, its structure, its requirements, and the relations that were confirmed.

    Args:
        what: A file, a folder, several of them that are one model together, or what was read from them.
        confirmed: What was confirmed: what changed since in a way that matters is a finding too.

    Returns:
        The model and its findings, worst first; never raises for what a file holds.

    Example:
        >>> from ketenreis.notation import read_text
        >>> found = check(read_text("ctqs: [{id: fast, name: Fast, limit: 1 hour}]")).findings
        >>> "unknown_key" in [finding.id for finding in found]
        True
    """
    reading = what if isinstance(what, Reading) else read(what)
    suspect = suspects(reading.model, confirmed or {})
    structural = [*checks.run_all(reading.model), *(one.finding() for one in suspect)]
    return Checked(reading, tuple(worst_first([*reading.findings, *reading.located(structural)])), suspect)
