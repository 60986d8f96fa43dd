"""Which pages are there to look at? One list for what keeps people out, for zoom and contrast, and for the screenshots.

A feature with a page of its own adds its addresses here. `OWN` is an organisation that is not the demo (`conftest.MODEL`
with `chain_text.CHAIN` beside it); `FILLED` is the complete example, measured.
"""

import shutil
from pathlib import Path

from ketenreis.web.features import FEATURES

FRAME = (
    *(f"{feature.name}/" for feature in FEATURES if feature.menu),
    *("history/", "tour/", "findings/?tour=4", "seen/", "needs/", "processes/", "readiness/"),
    *("tensions/", "actions/", "compare/", "contacts/"),
    *(
        "bring/process/",
        "bring/journey/",
        "all/step/",
        "all/ctq/",
        "all/",
        "all/ctq/sheet/",
        "all/step/?q=boom&sort=-name",
        "promises/",
    ),
)
"""The same in every workspace: whatever stands in the menu, and what is a step away from it."""

GONE = "nergens/"
"""Where nothing is: a page all the same."""

OWN = (
    *FRAME,
    "journeys/boom-melden/",
    "e/bellen/",
    "e/kijken-binnen-een-week/",
    "e/melding-wijk/",
    "found?q=boom",
    "blueprint/boom-melden/",
    "blueprint/boom-melden/?ctq=kijken-binnen-een-week",
    "blueprint/boom-melden/?as=table",
    "blueprint/bomen-veilig/",
    "blueprint/aannemen/",
    "measures/kijken-binnen-een-week/",
    "measures/kijken-binnen-een-week/edit/",
    "chains/bomen-veilig/",
    "deviations/boom-melden/",
    "needs/telefonist/",
    "needs/wijk/",
    "processes/aannemen/",
    "processes/aannemen/?order=noteren",
    "processes/aannemen/diagram",
    "bring/journey/boom-melden/",
    GONE,
)
FILLED = (
    *FRAME,
    "journeys/telefoon-bestellen/",
    "e/bevestiging-op-tijd/",
    "e/wachten-op-levering/",
    "found?q=bevestiging",
    "blueprint/telefoon-bestellen/",
    "blueprint/telefoon-bestellen/?ctq=bevestiging-op-tijd",
    "blueprint/telefoon-bestellen/?as=table",
    "blueprint/telefoon-leveren/",
    "blueprint/order-verwerken/",
    "measures/bevestiging-op-tijd/",
    "measures/bevestiging-op-tijd/edit/",
    "measures/bevestiging-op-tijd/cases/fulfilled/",
    "chains/telefoon-leveren/",
    "readiness/telefoon-leveren/",
    "readiness/telefoon-leveren/meeting/",
    "deviations/telefoon-bestellen/",
    "needs/operations/",
    "processes/order-verwerken/",
    "processes/order-verwerken/?order=order-aannemen",
    "processes/order-verwerken/diagram",
    "processes/order-verwerken/download",
    "bring/journey/telefoon-bestellen/",
    "evidence/labels/",
)
READY = {"diagram": "#canvas[data-ready]"}
"""What must be there before a page whose address ends so is complete."""


def fill(folder: Path, name: str = "belmij", cases: int = 400, language: str = "nl") -> None:
    """Puts an invented organisation of the complete example in a folder, with the events it is measured on."""
    from ketenreis.events.importing import import_events
    from ketenreis.events.mapping import read_mapping
    from ketenreis.examples import mapping_files, model_folder, overlay_file, write_raw
    from ketenreis.notation import read
    from ketenreis.notation.overlay import overlay
    from ketenreis.notation.writing import write

    model = read(model_folder(name)).model
    if overlay_file(name, language).exists():
        model = overlay(model, overlay_file(name, language)).model
    for path, text in write(model).items():
        (folder / "model" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "model" / path).write_text(text, encoding="utf-8")
    raw = write_raw(name, folder / "raw", cases)
    for source, mapping in zip(raw, mapping_files(name), strict=True):
        import_events(source, folder / "events", read_mapping(mapping))
    shutil.rmtree(folder / "raw")
