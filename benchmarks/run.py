"""Every benchmark, one after the other: `make bench`.

BENCH_EVENTS sets the size (10,000,000); only that size writes docs/benchmarks.md, others print. BENCH_LARGE=1 adds what
takes long (50 and 200 million), BENCH_ONLY names contests to run, BENCH_CACHE the folder of made files, BENCH_PEERS a
ready interpreter.
"""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import changing, contests, environment, large, page, pages
from benchmarks.contests import Contest

EVENTS = int(os.environ.get("BENCH_EVENTS", "10_000_000"))
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
LARGE = 50_000_000


def planned(peers: Path | None) -> Iterator[tuple[str, Callable[[], Contest]]]:
    """What is run, in order, by name; without the peers only what needs none."""
    small = min(EVENTS, 1_000_000)
    most = LARGE if os.environ.get("BENCH_LARGE") == "1" else EVENTS
    if peers is not None:
        yield "kernel", lambda: contests.against_the_kernel(EVENTS, peers)
    yield "hundred", lambda: contests.many_rules(EVENTS)
    yield "activations", lambda: contests.more_activations(EVENTS, "cases")
    yield "activations-full", lambda: contests.more_activations(EVENTS, "full")
    yield "moved", lambda: contests.moved_limits(most)
    if peers is not None:
        yield "pm4py", lambda: contests.against_peers(small, peers, "pm4py", 40)
        yield "declare4py", lambda: contests.against_peers(small, peers, "declare4py", 100)
        yield "xes", lambda: contests.reading_xes(small, peers)
    yield "csv", lambda: contests.importing_csv(EVENTS)
    yield "change", lambda: changing.changing(20_000)
    yield "change-large", lambda: changing.changing(100_000, is_asked=False)
    yield "pages", pages.rendering
    if peers is not None and os.environ.get("BENCH_LARGE") == "1":
        yield "large", lambda: large.growing(peers)


def main() -> None:
    """Runs what is planned, printing each as it is done, and writes the page."""
    only = os.environ.get("BENCH_ONLY", "").split()
    peers = environment.python()
    done = []
    for name, contest in planned(peers):
        if only and name not in only:
            continue
        print(f"… {name}", file=sys.stderr, flush=True)
        done.append(contest())
        print(page.section(done[-1]), flush=True)
    if EVENTS == 10_000_000 and done and peers is not None:
        earlier = PAGE.read_text(encoding="utf-8")
        if not only:
            PAGE.write_text(page.whole(done, environment.versions(peers), earlier), encoding="utf-8")
        elif all(one.seldom for one in done):
            PAGE.write_text(page.added(earlier, done), encoding="utf-8")


if __name__ == "__main__":
    main()
