"""The complete example and the real permit case: which organisations are there, and where is what belongs to each?

Every example is a folder of text, a mapping per source, and an overlay in English. Invented organisations also write
their own exports, from a seed; the log of the real case may not be shipped and is read from where the user has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ketenreis.errors import UsageError

if TYPE_CHECKING:
    from ketenreis.examples.exports import Exports

_ROOM = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Example:
    """One organisation of the complete example.

    Attributes:
        name: Name of its folder, and what it is asked by.
        nl, en: What it is, in one line.
        mappings: The names of its mapping files, one per source; each is the name of the file it reads.
        is_invented: Whether its exports can be written; otherwise the user has the log.
    """

    name: str
    nl: str
    en: str
    mappings: tuple[str, ...]
    is_invented: bool = True


EXAMPLES: tuple[Example, ...] = (
    Example(
        "belmij",
        "Belmij, telefoonaanbieder: telefoon bestellen",
        "Belmij, phone provider: ordering a phone",
        ("orders",),
    ),
    Example(
        "snelpak",
        "Snelpak, pakketvervoerder: pakket ontvangen",
        "Snelpak, parcel carrier: receiving a parcel",
        ("pakketten", "scans", "berichten", "telefonie"),
    ),
    Example(
        "noorderwaard",
        "Gemeente Noorderwaard: ik kom niet rond",
        "Municipality of Noorderwaard: I cannot make ends meet",
        ("zaken", "werkstroom", "telefonie"),
    ),
    Example(
        "permit",
        "Een Nederlandse gemeente: omgevingsvergunning aanvragen (echt)",
        "A Dutch municipality: applying for an environmental permit (real)",
        ("receipt",),
        is_invented=False,
    ),
)
"""Every example, the guided one first."""


def example(name: str) -> Example:
    """The example of that name.

    Raises:
        UsageError: There is none; the message names those that are.

    Example:
        >>> example("belmij").en
        'Belmij, phone provider: ordering a phone'
    """
    for one in EXAMPLES:
        if one.name == name:
            return one
    names = ", ".join(one.name for one in EXAMPLES)
    raise UsageError(f"There is no example {name!r}. There are: {names}.")


def model_folder(name: str) -> Path:
    """The folder with an example's model as text."""
    return _ROOM / example(name).name / "model"


def mapping_files(name: str) -> tuple[Path, ...]:
    """The mappings from an example's exports or log to its model, in the order in which the exports are written."""
    one = example(name)
    return tuple(_ROOM / one.name / "mappings" / f"{mapping}.yaml" for mapping in one.mappings)


def mapping_file(name: str) -> Path:
    """The first of them: the mapping of the file that holds the cases."""
    return mapping_files(name)[0]


def overlay_file(name: str, language: str = "en") -> Path:
    """The overlay of an example's texts in another language: element id → field → text."""
    return _ROOM / example(name).name / f"{language}.yaml"


def write_raw(
    name: str,
    folder: Path,
    cases: int = 20_000,
    seed: int = 1,
    labels: Mapping[str, str] | None = None,
    *,
    first: int = 0,
) -> tuple[Path, ...]:
    """Writes the exports of an invented organisation, as its own systems would.

    Args:
        name: Which example.
        folder: Where the files go; made when it is missing.
        cases: How many cases.
        seed: The same seed gives the same cases.
        labels: Other names for labels and columns.
        first: The first case, counted from 0; a case is the same in every range it is asked in.

    Returns:
        The paths that were written.

    Raises:
        UsageError: The example is real: its log is read from where the user has it.
    """
    if not example(name).is_invented:
        raise UsageError(
            f"The log of {name!r} is real and may not be shipped. Import it from where you have it, "
            f"with the mapping {mapping_file(name).name}."
        )
    # Brought in only when asked, for it needs numpy.
    exports: Exports[Any, Any] = import_module(f"{__name__}.{name}").EXPORTS
    return exports.write(folder, cases, seed, labels, first=first)
