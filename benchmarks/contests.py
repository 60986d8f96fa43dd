"""What is timed: each contest gives its timings side by side, and what was asked of them."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from benchmarks import raw, rules
from benchmarks.stores import CACHE, connect, normal_form
from benchmarks.timing import Round, Timing, Worker, here, race

from ketenreis.events.importing import import_events
from ketenreis.events.readers import xes
from ketenreis.events.store import EventStore
from ketenreis.measure import cases, judge
from ketenreis.requirements import Requirement

ACTIVATION_COUNTS = (1, 4, 10, 20)


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure that was asked for: what it is, how much was asked, what was found; more is better or less is."""

    what: str
    limit: float
    found: float
    unit: str = "×"
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether it came out as asked."""
        return self.found >= self.limit if self.at_least else self.found <= self.limit


@dataclass(frozen=True, slots=True)
class Contest:
    """Timings side by side: the first is what the others are held against; or rows of another kind, under their heads.

    One that is `seldom` run keeps its place on the page, with its date, until it is run again.
    """

    title: str
    timings: tuple[Timing, ...]
    asked: tuple[Asked, ...]
    equal: str
    rows: tuple[tuple[str, ...], ...] = ()
    seldom: bool = False


def counted(store: EventStore, wanted: list[Requirement], detail: Any, cache: Path | None = None) -> Any:
    """Fulfilled, violated and not activated cases per rule."""
    with judge(store, wanted, detail=detail, cache=cache) as judging:
        if judging.cannot:
            raise AssertionError(judging.cannot)
        return [[one.fulfilled, one.violated, one.not_activated] for one in cases(judging).values()]


def measuring(store: EventStore, wanted: list[Requirement], detail: str = "cases") -> Callable[[], Round]:
    """A contestant: judging requirements on a store."""
    return here(lambda: counted(store, wanted, detail))


def against_the_kernel(events: int, peers: Path) -> Contest:
    """The 21 rules, against a compiled pass written for them alone."""
    store = normal_form(events)
    wanted = rules.twenty_one()
    with Worker(peers, "benchmarks.kernel", *store.type().events_files) as kernel:
        found = race(
            {
                "kernel (numba, streaming the same Parquet)": kernel,
                "Ketenreis, every case": measuring(store, wanted),
                "Ketenreis, every case and every activation": measuring(store, wanted, "full"),
            }
        )
    limit, fast, _ = found.values()
    ratio = fast.best / limit.best
    return Contest(
        f"The 21 rules on {events:,} events",
        tuple(found.values()),
        (Asked("every case, against the kernel (the aim is 2)", 7, ratio),),
        "fulfilled, violated and not activated cases of all 21 rules",
    )


def many_rules(events: int) -> Contest:
    """100 rules judged per case, against the 21."""
    store = normal_form(events)
    few, many = rules.twenty_one(), rules.hundred()
    found = race(
        {"21 rules": measuring(store, few), "100 rules": measuring(store, many)},
        same=False,
    )
    one, other = found.values()
    by_name = dict(zip((each.id for each in many), other.result, strict=True))
    for each, result in zip(few, one.result, strict=True):
        if by_name.get(each.id, result) != result:
            raise AssertionError(each.id)
    return Contest(
        f"100 rules judged per case on {events:,} events",
        (one, other),
        (Asked("100 rules against 21", 1.5, other.best / one.best),),
        "the 20 rules that both hold",
    )


def more_activations(events: int, detail: str) -> Contest:
    """Ever more rules of which each needs an activation fact of its own."""
    store = normal_form(events)
    found = race(
        {
            f"{number} response rule{'s' * (number > 1)}": measuring(store, rules.responses(number), detail)
            for number in ACTIVATION_COUNTS
        },
        same=False,
    )
    timings = tuple(found.values())
    if any(timing.result != timings[-1].result[: len(timing.result)] for timing in timings):
        raise AssertionError(detail)
    each = (timings[-1].best - timings[0].best) / (ACTIVATION_COUNTS[-1] - ACTIVATION_COUNTS[0])
    kept = "verdicts of cases only" if detail == "cases" else "every activation kept"
    return Contest(
        f"Per-activation facts on {events:,} events, {kept}",
        timings,
        (Asked("each further fact, per 10 million events", 0.3, each * 10_000_000 / events, "s"),),
        "each rule's counts, whatever rules stand beside it",
    )


def moved_limits(events: int, folder: Path = CACHE) -> Contest:
    """A limit moved again and again, from facts kept in a folder."""
    store = normal_form(events)
    cache = Path(tempfile.mkdtemp(prefix="facts-", dir=folder))
    minutes, days = cycle([1, 2, 5, 30]), cycle([8, 9, 12, 20])

    def one() -> Iterator[list[Requirement]]:
        for limit in minutes:
            yield rules.responses(1, f"{limit} minutes")

    ones, alls = one(), (rules.moved(limit) for limit in days)
    try:
        found = race(
            {
                "one limit, from the events": here(lambda: counted(store, rules.responses(1), "cases")),
                "one limit moved, from facts": here(lambda: counted(store, next(ones), "cases", cache)),
                "all limits of the 21 moved, from facts": here(
                    lambda: counted(store, next(alls), "cases", cache)
                ),
            },
            same=False,
        )
        for moved in (rules.responses(1, "3 minutes"), rules.moved(11)):
            if counted(store, moved, "cases", cache) != counted(store, moved, "cases"):
                raise AssertionError(moved[0].id)
    finally:
        shutil.rmtree(cache)
    _, single, _ = found.values()
    return Contest(
        f"A moved limit on {events:,} events",
        tuple(found.values()),
        (Asked("one moved limit", 1.0, single.best, "s"),) if events >= 50_000_000 else (),
        "the counts from facts and from events, at limits not seen before",
        seldom=events >= 50_000_000,
    )


def against_peers(events: int, peers: Path, peer: str, asked: float) -> Contest:
    """The same DECLARE rules, by a peer and by us, per rule."""
    store = normal_form(events)
    wanted = {
        "notified": rules.rule("notified", "response", {"a": "decide", "b": "notify"}, None),
        **{one.id: one for one in rules.twenty_one()},
    }
    with Worker(peers, "benchmarks.peers", peer, *store.type().events_files) as worker:
        names = list(worker().result)

        def ours() -> dict[str, int]:
            found = counted(store, [wanted[name] for name in names], "cases")
            return {name: violated for name, (_, violated, _) in zip(names, found, strict=True)}

        found = race({peer: worker, "Ketenreis": here(ours)})
    bulk = race({"Ketenreis, 21 rules": measuring(store, rules.twenty_one())})
    (theirs, mine), (many,) = found.values(), bulk.values()
    each = (theirs.best / len(names)) / (many.best / len(rules.RULES))
    return Contest(
        f"{len(names)} rules on {events:,} events, against {peer}",
        (theirs, mine, many),
        (Asked(f"per rule, our 21 against the {len(names)} of {peer}: faster", asked, each, at_least=True),),
        f"violating cases of each of the {len(names)} rules",
    )


def reading_xes(events: int, peers: Path) -> Contest:
    """One XES file, by pm4py's iterparse and by us."""
    store = normal_form(events)
    path = raw.xes(store)

    def read() -> int:
        with tempfile.TemporaryDirectory() as work, connect() as con:
            source = xes.source(con, path, Path(work))
            con.execute(f"CREATE TABLE log AS SELECT * FROM {source.relation}")
            return int(con.execute("SELECT count(*) FROM log").fetchall()[0][0])

    def bring_in() -> int:
        with tempfile.TemporaryDirectory() as folder:
            return import_events(path, folder).store.type().events

    with Worker(peers, "benchmarks.peers", "xes", path) as worker:
        found = race(
            {
                "pm4py iterparse, to a DataFrame": worker,
                "Ketenreis, to a table": here(read),
                "Ketenreis, to an event store": here(bring_in),
            }
        )
    theirs, mine, _ = found.values()
    return Contest(
        f"An XES of {events:,} events ({path.stat().st_size / 1e6:.0f} MB)",
        tuple(found.values()),
        (Asked("to a table, faster than iterparse", 4, theirs.best / mine.best, at_least=True),),
        "the number of events",
    )


def importing_csv(events: int) -> Contest:
    """One CSV into an event store."""
    store = normal_form(events)
    path = raw.csv(store)
    wanted = rules.twenty_one()
    expected = counted(store, wanted, "cases")

    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        target = Path(folder) / "store"

        def bring_in() -> int:
            shutil.rmtree(target, ignore_errors=True)
            return import_events(path, target, raw.MAPPING).store.type().events

        found = race({"import of the CSV": here(bring_in)})
        if counted(EventStore.open(target), wanted, "cases") != expected:
            raise AssertionError("the imported log does not measure like the one it was written from")
    (timing,) = found.values()
    return Contest(
        f"Import of a CSV of {events:,} events ({path.stat().st_size / 1e6:.0f} MB)",
        (timing,),
        (Asked("the import, per 10 million events", 10, timing.best * 10_000_000 / events, "s"),),
        "the counts of all 21 rules on the imported store and on the log it was written from",
    )
