"""How long does a wall take? A journey of 60 steps with 2,000 elements, from model to board, page and drawing.

`python -m benchmarks.blueprint` prints the best of seven of each; the agreed limit for the page is 200 ms.
"""

import time
from collections.abc import Callable

from tests.blueprints import wall

from ketenreis.analysis.blueprint import blueprint
from ketenreis.render.blueprint.html import blueprint_html
from ketenreis.render.blueprint.svg import blueprint_svg
from ketenreis.render.blueprint.table import equal_table
from ketenreis.render.lettering import wrapped
from ketenreis.reports.blueprint import board

LIMIT = 0.2
"""Seconds for the board in a page, from the model on."""


def best(work: Callable[[], object], times: int = 7) -> float:
    """The shortest of some runs, in seconds."""
    found = []
    for _ in range(times):
        wrapped.cache_clear()
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    """Measures and prints."""
    model = wall()
    made = board(model, "j")
    cards = sum(1 for _ in made.cards())
    print(f"{len(made.steps)} steps x {len(made.lanes)} lanes, {cards} cards, {len(made.panels)} threads")
    rows = {
        "model -> structure": lambda: blueprint(model, "j"),
        "model -> board in words": lambda: board(model, "j"),
        "board -> HTML": lambda: blueprint_html(made),
        "model -> HTML": lambda: blueprint_html(board(model, "j")),
        "model -> HTML, a thread lit": lambda: blueprint_html(board(model, "j"), made.panels[0].id),
        "board -> table": lambda: equal_table(made),
        "board -> SVG": lambda: blueprint_svg(made),
    }
    for name, work in rows.items():
        print(f"{name:<30} {1000 * best(work):7.1f} ms")


if __name__ == "__main__":
    main()
