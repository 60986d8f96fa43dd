"""How long does a page take that is bigger than any workshop made it? `python -m benchmarks.pages`, on a model from a seed."""

import os
import statistics
import tempfile
import time
from pathlib import Path

STEPS, REPEATS = 60, 7


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


def main() -> None:
    """Prints the median time of the large pages and of one edit, at 2,000 and 20,000 elements."""
    folder = Path(tempfile.mkdtemp(prefix="pages-"))
    for name, more in (("klein", 200), ("groot", 9_000)):
        (folder / name / "model").mkdir(parents=True)
        (folder / name / "model" / "m.yaml").write_text(text(STEPS, more), encoding="utf-8")
    os.environ["KETENREIS_FOLDER"] = str(folder)
    from ketenreis.web.serving import prepare

    prepare(folder)
    from django.test import Client

    from ketenreis.model.edits import Update
    from ketenreis.web import shelf
    from ketenreis.web.changes import keeping

    client = Client(SERVER_NAME="localhost")
    for name in ("klein", "groot"):
        here = shelf.workspace(name)
        assert here is not None
        print(f"{len(keeping.now(here).model):,} elements")
        for path in ("journeys/reis/", "blueprint/reis/", "e/s1/", "findings/", "coverage/"):
            took = []
            for _ in range(REPEATS):
                start = time.perf_counter()
                assert client.get(f"/{name}/{path}").status_code == 200
                took.append(time.perf_counter() - start)
            print(f"  {path:<18} {1000 * statistics.median(took):7.0f} ms")
        took = []
        for n in range(REPEATS):
            old = keeping.now(here).model["s2"].get("action")
            start = time.perf_counter()
            keeping.commit(here, [Update("s2", "action", old, f"Doet {n}")])
            took.append(time.perf_counter() - start)
        print(f"  {'one edit kept':<18} {1000 * statistics.median(took):7.0f} ms")


if __name__ == "__main__":
    main()
