"""How long does a page take that is bigger than any workshop made it? On a model from a seed, a page at a time, on the server."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.contests import Asked, Contest
from benchmarks.page import section
from benchmarks.timing import Timing, here, race

STEPS = 60
SIZES = {"klein": 200, "groot": 9_000}
"""How many activities stand beside those of the journey: about 2,000 and 20,000 elements in all."""

PAGES: dict[str, tuple[str, str, int]] = {
    "journey": ("journeys/reis/", 'data-movable="step"', STEPS),
    "blueprint": ("blueprint/reis/", 'data-id="s', STEPS),
    "a step's form": ("e/s1/", 'name="f.action"', 1),
    "findings": ("findings/", 'class="card finding', 50),
    "coverage": ("coverage/", "<table", 1),
    "outline of one process": ("processes/p/", 'class="line activity', 150),
}
"""Each page with its address, and what stands in it how often, which shows that it is whole; a long list is a page of a list."""
ROUNDS = 7


def text(steps: int, more: int) -> str:
    """A journey of so many steps with contacts, questions, wishes and requirements, and so many activities beside."""
    lines = [
        "organisation: {id: groot, name: Groot, language: nl}",
        "journeys:",
        "- id: reis",
        "  name: Reis",
        "  phases:",
    ]
    lines += ["  - id: fase", "    name: Fase", "    steps:"]
    for n in range(steps):
        lines += [
            f"    - id: s{n}",
            f"      name: Stap {n}",
            "      action: Doet iets dat een zin lang is",
            f"      feelings: [{{score: {n % 5 - 2}, basis: assumed}}]",
            "      touchpoints:",
            *(
                f"      - {{id: c{n}-{k}, name: Contact {n} {k}, by: organisation, channel: mail, realised_by: [a{n * 5 + k}]}}"
                for k in range(5)
            ),
            "      questions:",
            *(f"      - {{id: q{n}-{k}, text: Vraag {n} {k}?}}" for k in range(4)),
            "      wishes:",
            *(f"      - {{id: w{n}-{k}, text: Wens {n} {k}, leads_to: [r{n}]}}" for k in range(3)),
            "      pain_points:",
            *(f"      - {{id: p{n}-{k}, text: Pijn {n} {k}, basis: assumed}}" for k in range(2)),
        ]
    lines.append("ctqs:")
    lines += [
        f"- {{id: r{n}, name: Eis {n}, measure: {{pattern: existence, event: c{n}-0}}, norms: [{{share: 95%}}]}}"
        for n in range(steps)
    ]
    lines += ["processes:", "- id: p", "  name: Proces", "  activities:"]
    lines += [
        f"  - {{id: a{n}, name: Activiteit {n}, stage: {'onstage' if n % 2 else 'backstage'}, outputs: [{{id: u{n}, name: Uitkomst {n}, serves: [r{n % steps}]}}]}}"
        for n in range(steps * 5 + more)
    ]
    return "\n".join(lines)


def rendering() -> Contest:
    """Every page on a model of either size, and an edit of one field kept."""
    found = _found()
    small, large = found.values()
    asked = (
        Asked("a journey of 60 steps × 12 lanes, 2,000 elements", 0.2, small["journey"].middle, "s"),
        Asked("an edit of one field, 2,000 elements", 0.05, small["an edit kept"].middle, "s"),
        *(Asked(f"{name}, 20,000 elements", 1, large[name].middle, "s") for name in PAGES),
    )
    rows = ((name, *map(_row, (small[name], large[name]))) for name in small)
    heads = (f"{elements:,} elements{what}" for elements in found for what in ("", ", work"))
    return Contest(
        "Pages on the server",
        (),
        asked,
        "what a page must hold, and how often it does",
        (("", *heads), *((name, *few, *many) for name, few, many in rows)),
        seldom=True,
    )


def _row(timing: Timing) -> tuple[str, str]:
    """The median and the work of a page; and how far the fastest and slowest were apart."""
    taken = [each.seconds for each in timing.rounds]
    spread = f"{1000 * min(taken):.0f}–{1000 * max(taken):.0f}"
    return f"{1000 * timing.middle:.0f} ms ({spread})", f"{1000 * timing.work:.0f} ms"


def _found() -> dict[int, dict[str, Timing]]:
    """The timings by the number of elements; each page in turn, so that whatever else runs falls on all alike."""
    with tempfile.TemporaryDirectory(prefix="pages-") as made:
        folder = Path(made)
        for name, more in SIZES.items():
            (folder / name / "model").mkdir(parents=True)
            (folder / name / "model" / "m.yaml").write_text(text(STEPS, more), encoding="utf-8")
        from ketenreis.web.serving import prepare

        prepare(folder)
        from ketenreis.web import shelf
        from ketenreis.web.changes import keeping

        found = {}
        for workspace in shelf.all_workspaces():
            steps = {name: _asking(workspace.id, *page) for name, page in PAGES.items()}
            timings = race(
                {name: here(step) for name, step in {**steps, "an edit kept": _editing(workspace)}.items()},
                ROUNDS,
                same=False,
            )
            found[len(keeping.now(workspace).model)] = timings
        return dict(sorted(found.items()))


def _asking(workspace: str, address: str, holds: str, often: int) -> Callable[[], int]:
    """Asks for a page, and looks whether it is whole."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")

    def ask() -> int:
        said = client.get(f"/{workspace}/{address}").content.decode()
        if said.count(holds) < often:
            raise AssertionError(f"{address} holds {holds} {said.count(holds)} times, not {often}")
        return len(said)

    return ask


def _editing(workspace: Any) -> Callable[[], int]:
    """Says of a step that something else is done there, each time another thing."""
    from ketenreis.model.edits import Update
    from ketenreis.web.changes import keeping

    def edit() -> int:
        moment = keeping.now(workspace)
        said = moment.model["s2"].get("action")
        keeping.commit(workspace, [Update("s2", "action", said, f"Doet {moment.change}")])
        return keeping.now(workspace).change

    return edit


if __name__ == "__main__":
    print(section(rendering()))
