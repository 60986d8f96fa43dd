"""The page with the figures: what was run on what, each contest as a table, and how far it is from what was asked."""

import os
import platform
from collections.abc import Sequence
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


def whole(contests: Sequence[Contest], peers: str) -> str:
    """The page."""
    summary = ["| asked | limit | found | |", "|---|---|---|---|"]
    for contest in contests:
        summary += [
            f"| {contest.title}: {one.what} | {_limit(one)} | {_found(one)} | {_met(one)} |"
            for one in contest.asked
        ]
    machine = (
        f"**Machine.** {_processor()}, {os.cpu_count()} cores, {_memory()} GiB, {platform.system()} {platform.release()}; "
        f"load {os.getloadavg()[2]:.1f} over the last quarter of an hour. Python {platform.python_version()}, DuckDB {duckdb.__version__}, "
        f"numpy {np.__version__}; peers: {peers}. {datetime.now(UTC):%d %B %Y}.\n"
    )
    return "\n".join([INTRODUCTION, machine, "## In short\n", *summary, "", *map(section, contests)])


def section(contest: Contest) -> str:
    """One contest as a table, with what was asked of it."""
    first = contest.timings[0].best
    rows = [
        f"| {each.name} | {each.best:.2f} | {each.middle:.2f} | {each.work:.2f} | {each.best / first:.2f} |"
        for each in contest.timings
    ]
    asked = [f"- {one.what}: {_found(one)}; asked {_limit(one)}: {_met(one)}." for one in contest.asked]
    return "\n".join(
        [
            f"## {contest.title}\n",
            "| | fastest | median | work | ratio |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"Equal: {contest.equal}.\n",
            *asked,
            "",
        ]
    )


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
