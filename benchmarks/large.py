"""How far does it go? Ever larger logs, generated, imported and measured, each step in a process of its own.

Events are drawn in ranges of cases and appended to one CSV: 100,000 cases at a time, within these in the order of time. It
comes in as any CSV does, and is measured within the engine's own limit. `python -m benchmarks.large STEP …` is one such
process; it says what it took, and how much memory at most.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import raw, rules
from benchmarks.answering import answer
from benchmarks.contests import Asked, Contest, counted
from benchmarks.log import ACTIVITIES, CHANNELS, blocks
from benchmarks.stores import CACHE, connect
from benchmarks.timing import ROOT, Round, Worker

from ketenreis.events.importing import import_events
from ketenreis.events.store import EventStore

SIZES = (10_000_000, 50_000_000, 200_000_000)
GIB = 2**30
MOST_IN_LITTLE = 50_000_000
IMPORT_MEMORY = "9GB"
"""What an import may hold; 50 million events come in within the usual 1600 MB, 200 million did not."""


@dataclass(frozen=True, slots=True)
class Went:
    """How one size went: the rounds of its three steps, and what they left on disk."""

    events: int
    generated: Round
    imported: Round
    measured: Round
    csv: int
    store: int

    def per_event(self, step: str) -> float:
        """Nanoseconds of work on all cores for each event."""
        done: Round = getattr(self, step)
        return done.cpu / self.events * 1e9

    @property
    def peak(self) -> float:
        """The most memory that measuring held, in GiB."""
        return float(self.measured.result["peak"]) / GIB


def growing(peers: Path, sizes: tuple[int, ...] = SIZES, folder: Path = CACHE) -> Contest:
    """The same log in ever larger sizes: what a step costs for each event, and what it holds in memory."""
    went = [_go(size, peers, folder) for size in sizes]
    first, last = went[0], went[-1]
    return Contest(
        f"From {first.events:,} to {last.events:,} events, generated, imported and measured",
        (),
        (
            Asked("memory while measuring, at most", 2, last.peak, "GiB"),
            *(
                Asked(
                    f"{step}, work for each event, the largest against the smallest",
                    1.25,
                    last.per_event(step) / first.per_event(step),
                )
                for step in ("measured", "imported")
            ),
        ),
        "fulfilled, violated and not activated cases of all 21 rules, by the kernel and by us, at every size",
        tuple(_rows(went)),
        seldom=True,
    )


def _rows(went: list[Went]) -> list[tuple[str, ...]]:
    head = ("events", "step", "seconds", "work", "work for 10 million", "memory at most", "on disk")
    found = [head]
    for one in went:
        for step, disk in (("generated", one.csv), ("imported", one.store), ("measured", 0)):
            done: Round = getattr(one, step)
            found.append(
                (
                    f"{one.events:,}",
                    step,
                    f"{done.seconds:.1f}",
                    f"{done.cpu:.1f}",
                    f"{one.per_event(step) / 100:.2f}",
                    f"{done.result['peak'] / GIB:.2f} GiB",
                    f"{disk / GIB:.2f} GiB" if disk else "",
                )
            )
    return found


def _go(size: int, peers: Path, folder: Path) -> Went:
    """One size, from a CSV to counts; the store goes afterwards."""
    path, generated = made(size, folder)
    with tempfile.TemporaryDirectory(prefix="large-", dir=folder) as work:
        store = Path(work) / "store"
        imported = _apart("import", path, store, memory=IMPORT_MEMORY if size > MOST_IN_LITTLE else "")
        with Worker(Path(sys.executable), "benchmarks.large", "measure", store) as ours:
            ours()  # a first time uncounted, as everywhere
            measured = ours()
        kind = EventStore.open(store).type()
        with Worker(peers, "benchmarks.kernel", *kind.events_files) as kernel:
            if kernel().result != measured.result["counts"]:
                raise AssertionError(f"{size} events: the kernel counts otherwise")
        disk = sum(file.stat().st_size for file in store.rglob("*.parquet"))
        went = Went(kind.events, generated, imported, measured, path.stat().st_size, disk)
    for row in _rows([went])[1:]:
        print(*row, sep=" | ", file=sys.stderr, flush=True)
    return went


def made(size: int, folder: Path) -> tuple[Path, Round]:
    """The CSV of one size, kept for a next time, and what it took to make."""
    path = folder / f"large-{size}.csv"
    told = path.with_suffix(".json")
    if not told.exists():
        told.write_text(json.dumps(asdict(_apart("generate", size, path))), encoding="utf-8")
    return path, Round(**json.loads(told.read_text(encoding="utf-8")))


def _apart(step: str, *arguments: object, memory: str = "") -> Round:
    """One step in a process of its own, with as much memory as is usual unless said."""
    surroundings = {**os.environ, **({"KETENREIS_MEMORY": memory} if memory else {})}
    command = [sys.executable, "-m", "benchmarks.large", step, *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env=surroundings, check=True, input="again\n", stdout=subprocess.PIPE, text=True
    )
    return Round(**json.loads(done.stdout)["round"])


def generate(events: int, path: Path) -> int:
    """Draws the log and appends it to one CSV, range of cases by range of cases; gives how many events there are."""
    labels, channels = ([f"'{each}'" for each in names] for names in (ACTIVITIES, CHANNELS))
    drawn = 0
    con = connect()
    with path.open("wb") as file, tempfile.NamedTemporaryFile(dir=path.parent, suffix=".csv") as part:
        file.write(b"case_id,activity,time,channel,amount\n")
        for block in blocks(events):
            con.register("block", {name: getattr(block, name) for name in block.__slots__})
            con.execute(
                "COPY (SELECT 'ZAAK-' || lpad((\"case\" * 2654435761::BIGINT % 10000000000)::VARCHAR, 10, '0'), "
                f"[{', '.join(labels)}][activity + 1], strftime(make_timestamp(us), '%Y-%m-%dT%H:%M:%S.%f'), "
                f"[{', '.join(channels)}][channel + 1], (cents / 100)::DECIMAL(12, 2) FROM block "
                f"ORDER BY us, \"case\", seq) TO '{part.name}' (FORMAT csv, HEADER false)"
            )
            con.unregister("block")
            with Path(part.name).open("rb") as written:
                shutil.copyfileobj(written, file, 1 << 20)
            drawn += len(block.us)
    return drawn


def bring_in(path: Path, store: Path) -> int:
    """Imports the CSV; gives how many events came."""
    return import_events(path, store, raw.MAPPING).store.type().events


def measure(store: Path) -> Any:
    """Counts the cases of the 21 rules."""
    return counted(EventStore.open(store), rules.twenty_one(), "cases")


def _peak() -> int:
    """The most memory this process ever held, in bytes."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise OSError("the system does not tell how much memory a process held")


STEPS: dict[str, Callable[..., Any]] = {
    "generate": lambda size, path: generate(int(size), Path(path)),
    "import": lambda path, store: bring_in(Path(path), Path(store)),
    "measure": lambda store: measure(Path(store)),
}


if __name__ == "__main__":
    step, *arguments = sys.argv[1:]
    answer(lambda: {"counts": STEPS[step](*arguments), "peak": _peak()})
