"""The page with the figures: what was run on what, each contest as a table, and how far it is from what was asked."""

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
from benchmarks.contests import Asked, Contest

INTRODUCTION = """# Benchmarks

Written by `make bench`; the scripts stand in `benchmarks/`. Everything is warm: each contestant first runs once uncounted, then they
take turns for three rounds. A time counts only when the results are equal; each table says which. Times are seconds of the
clock, *work* is seconds of all cores together in the cheapest round, *ratio* is against the first row by the fastest round.

**The log.** Cases of three to thirty events (ten on average) of a permit-like process: 14 activities, 5 channels, an amount, times to
the microsecond; drawn with numpy from a fixed seed (`benchmarks/log.py`), stored in the normal form as an import writes it.

**The 21 rules** (`benchmarks/rules.py`) are ordinary requirements, judged as any other: nothing in the engine knows them.

**The kernel** (`benchmarks/kernel.py`) is what one would write by hand for these 21 rules and nothing else: one compiled pass that streams
the same Parquet files. It means what [What a rule means](concepts/rules.md) says, with every case closed at the end of the file. So the answer to a
complaint is the first one *after* the first complaint, a case that never gets its end violates the duration, and a rule that never came
into play is not activated. Changing a limit in it means compiling again; splits, open cases, missing values, versions of norms and the
violating events themselves it does not know.

**The peers** live in an environment of their own outside the project (`benchmarks/peers.txt`). What they need before they begin, such as a DataFrame in memory, is
not counted against them; we start from the files each time.
"""


SELDOM = "not run every time"
SHORT = "In short"
SHORTFALLS = Path(__file__).with_name("shortfalls.md")
"""What falls short of what was asked, and why, in our own words."""


def whole(contests: Sequence[Contest], peers: str, earlier: str) -> str:
    """The page, written anew; of an earlier one stays what is seldom run and was not run now."""
    machine = (
        f"**Machine.** {_processor()}, {os.cpu_count()} cores, {_memory()} GiB, {platform.system()} {platform.release()}; "
        f"load {os.getloadavg()[2]:.1f} over the last quarter of an hour. Python {platform.python_version()}, DuckDB {duckdb.__version__}, "
        f"numpy {np.__version__}; peers: {peers}. {datetime.now(UTC):%d %B %Y}."
    )
    kept = {title: text for title, text in _sections(earlier).items() if SELDOM in text}
    places = _sections(SHORTFALLS.read_text(encoding="utf-8"))
    places |= dict.fromkeys((contest.title for contest in contests), "")
    rows = [row for row in _rows(earlier) if _title(row) in kept]
    return _page(f"{INTRODUCTION}\n{machine}\n", rows, {**places, **kept}, contests)


def added(earlier: str, contests: Sequence[Contest]) -> str:
    """An earlier page with these contests in the place of what it said of them; what it did not have comes last."""
    return _page(earlier.partition("\n## ")[0], _rows(earlier), _sections(earlier), contests)


def _page(head: str, rows: Sequence[str], sections: Mapping[str, str], contests: Sequence[Contest]) -> str:
    """A page with contests in the place of what its rows and sections say of them."""
    anew = {contest.title: section(contest) for contest in contests}
    short = [
        "| asked | limit | found | |",
        "|---|---|---|---|",
        *(row for row in rows if _title(row) not in anew),
    ]
    short += [
        f"| {contest.title}: {one.what} | {_limit(one)} | {_found(one)} | {_met(one)} |"
        for contest in contests
        for one in contest.asked
    ]
    every = {**sections, **anew}
    return "\n".join([head, f"## {SHORT}\n", *short, "", *every.values()])


def _sections(page: str) -> dict[str, str]:
    """The sections of a page by their heading, without its summary."""
    parts = [part.rstrip() for part in f"\n{page}".split("\n## ")[1:]]
    return {part.partition("\n")[0]: f"## {part}\n" for part in parts if not part.startswith(SHORT)}


def _rows(page: str) -> list[str]:
    """The rows of the summary of a page."""
    summary = page.partition(f"\n## {SHORT}")[2].partition("\n## ")[0]
    return [row for row in summary.splitlines() if row.startswith("| ")][1:]


def _title(row: str) -> str:
    """The contest that a row of the summary is about: no title has a colon in it."""
    return row.removeprefix("| ").partition(": ")[0]


def section(contest: Contest) -> str:
    """One contest as a table, with what was asked of it."""
    rows = contest.rows or _compared(contest)
    head, *body = [f"| {' | '.join(row)} |" for row in rows]
    asked = [f"- {one.what}: {_found(one)}; asked {_limit(one)}: {_met(one)}." for one in contest.asked]
    run = f"Run on {datetime.now(UTC):%d %B %Y}, load {os.getloadavg()[2]:.1f}; {SELDOM}.\n"
    return "\n".join(
        [
            f"## {contest.title}\n",
            head,
            "|---" * len(rows[0]) + "|",
            *body,
            "",
            f"Equal: {contest.equal}.\n",
            *([run] if contest.seldom else []),
            *asked,
            "",
        ]
    )


def _compared(contest: Contest) -> list[tuple[str, ...]]:
    """The timings of a contest as rows under their heads."""
    first = contest.timings[0].best
    figures = ((each.name, each.best, each.middle, each.work, each.best / first) for each in contest.timings)
    rows = [(name, *(f"{figure:.2f}" for figure in numbers)) for name, *numbers in figures]
    return [("", "fastest", "median", "work", "ratio"), *rows]


def _limit(one: Asked) -> str:
    return f"{'at least' if one.at_least else 'at most'} {one.limit:g} {one.unit}"


def _found(one: Asked) -> str:
    return f"{one.found:.2f} {one.unit}"


def _met(one: Asked) -> str:
    return "met" if one.met else "not met"


def _processor() -> str:
    """The processor's own name, where the system tells it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> int:
    """How much memory there is, in GiB."""
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
