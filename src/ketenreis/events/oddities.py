"""What is odd in what came in, beyond what one row can show? Told as notes of the quality report."""

import re
from collections.abc import Mapping as Table

import duckdb

from ketenreis.events import vocabulary
from ketenreis.events.engine import name as quoted
from ketenreis.events.engine import one
from ketenreis.events.guess import Guess
from ketenreis.events.readers.sample import Sample
from ketenreis.events.staging import Staged
from ketenreis.events.store import ObjectType
from ketenreis.events.times import UNREADABLE, in_example, literal

Notes = dict[str, object]

LOOKED_AT = 2_000_000
"""Of a larger log the flags are not followed through their cases: that would take as long as reading it."""
FEWEST = 20
"""With fewer cases a mean is no more misleading than anything else."""
SKEWED = 3
"""So many times the middle value a mean must be before it misleads."""
_ROUNDED = re.compile(r"\d([.,]\d+)?[eE]\+\d+")
"""What a spreadsheet makes of a long number: 2,02501E+11."""
_EARLIEST, _LATEST = -2_208_902_400_000_000, 4_102_444_800_000_000
_NAMES = tuple({*vocabulary.MISSING, *vocabulary.DOUBTFUL, "NA", "Na", "na", "NIL", "nil"})


def of_file(sample: Sample, guess: Guess) -> Notes:
    """What there is to tell of how the file is written: its encoding, its dates, and keys that others expect."""
    notes: Notes = {}
    used = guess.mapping
    if sample.form == "csv" and (used.encoding or "utf-8").lower().replace("-", "") not in {"utf8", "ascii"}:
        notes["encoding"] = {"encoding": used.encoding, "separator": used.separator or ","}
    patterns = [each for each in used.time_format if "%" in each]
    time = guess.reason("time_format")
    if patterns and time is not None:
        doubtful = bool(time.others)
        notes["doubtful_dates" if doubtful else "written_dates"] = {"shown": in_example(patterns[0])}
        if guess.reason("crossed_dates"):
            notes["crossed_dates"] = {"shown": in_example(patterns[0])}
    case = sample.column(used.columns.get("case", ""))
    if rounded := next((each for each in (case.filled if case else ()) if _ROUNDED.fullmatch(each)), None):
        notes["rounded_ids"] = {"shown": rounded}
    if sample.form == "xes":
        for role, key in (("activity", "concept:name"), ("time", "time:timestamp")):
            if sample.column(key) is None and role in used.columns:
                notes[f"no_{role}_key"] = {"column": used.columns[role]}
    return notes


def of_rows(con: duckdb.DuckDBPyConnection, guess: Guess, staged: Staged) -> Notes:
    """What there is to tell of the rows in `staged`: cases called like "no value", and dates out of any range."""
    notes: Notes = {}
    listed = ", ".join(map(literal, _NAMES))
    instead = guess.mapping.case_without_id
    for case, rows in con.execute(
        f"SELECT case_id, count(*) FROM staged WHERE case_id IN ({listed}) GROUP BY case_id ORDER BY 2 DESC LIMIT 3"
    ).fetchall():
        notes["case_without_id" if case == instead else f"case_called:{case}"] = {"case": case, "rows": rows}
    moments = [each for each in staged.attributes if each.type == "moment"]
    if moments:
        asked = ", ".join(
            f"count(*) FILTER ({quoted(each.column)} > {UNREADABLE} AND {quoted(each.column)} NOT BETWEEN {_EARLIEST} AND "
            f"{_LATEST})"
            for each in moments
        )
        for each, times in zip(moments, one(con, f"SELECT {asked} FROM staged"), strict=True):
            if times:
                notes[f"odd_dates:{each.name}"] = {"name": each.name, "n": times}
    return notes


def flips(con: duckdb.DuckDBPyConnection, staged: Staged) -> dict[str, int]:
    """In how many cases of `staged` a flag changes, by its name."""
    flags = [each for each in staged.attributes if each.type == "truth" and not each.personal]
    if not flags or staged.read > LOOKED_AT:
        return {}
    inner = ", ".join(
        f"min({quoted(each.column)}) <> max({quoted(each.column)}) AS f{i}" for i, each in enumerate(flags)
    )
    counts = ", ".join(f"count(*) FILTER (f{i})" for i in range(len(flags)))
    changed = one(
        con,
        f"SELECT {counts} FROM (SELECT {inner} FROM staged WHERE case_id IS NOT NULL GROUP BY case_id) AS cases",
    )
    return {each.name: int(str(n)) for each, n in zip(flags, changed, strict=True) if n}


def of_log(con: duckdb.DuckDBPyConnection, held: ObjectType, cases_file: str) -> Notes:
    """What there is to tell of a whole log: durations of which the mean misleads, and phases that belong together."""
    notes: Notes = {}
    cases, half, mean = one(
        con,
        "SELECT count(*), median(last_us - first_us) / 1e6, avg(last_us - first_us) / 1e6 "
        f"FROM read_parquet({literal(cases_file)}) WHERE events > 0",
    )
    if int(str(cases)) >= FEWEST and float(str(mean)) > SKEWED * float(str(half)):
        notes["skewed"] = {"cases": cases, "half_s": float(str(half)), "mean_s": float(str(mean))}
    phases = _phases(held)
    starts, ends = phases.get("start", {}), phases.get("complete", {})
    if len(phases) > 1 and starts and ends:
        notes["phases"] = {
            "starts": sum(starts.values()),
            "ends": sum(ends.values()),
            "both": sum(min(times, ends.get(label, 0)) for label, times in starts.items()),
        }
    return notes


def _phases(held: ObjectType) -> Table[str, dict[str, int]]:
    """Events by phase and label."""
    found: dict[str, dict[str, int]] = {}
    for each in held.occurring:
        by_label = found.setdefault(each.lifecycle.lower(), {})
        by_label[each.label] = by_label.get(each.label, 0) + each.events
    return found
