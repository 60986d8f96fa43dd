"""Does any reader crash on a damaged file? Small files of every format, broken at random, each read or refused in words.

    make fuzz                                     # every reader, 100 damaged copies of each file
    python -m benchmarks.fuzz --times 5000 --reader xes --seed 7

A damaged file must be read (and then the store must be whole) or refused with a sentence. Anything else is a crash: an
exception of another kind, a process that dies, more than 2 GB, more than 20 seconds. What crashed is kept with its number,
so that it can be made again.
"""

import argparse
import gzip
import io
import json
import multiprocessing
import os
import random
import re
import resource
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any

import duckdb
import openpyxl

from ketenreis.errors import KetenreisError
from ketenreis.events.importing import ImportResult, import_events
from ketenreis.events.keeping import verify

SECONDS = 20
MEMORY = 2 << 30
DATA = Path(os.environ.get("KETENREIS_DATA", Path(__file__).parents[2] / "shared" / "data"))
REAL = (
    "eventlogs/synthetic/running-example.csv", "eventlogs/synthetic/running-example.xes", "journey/cjml/Example.xes",
    "eventlogs/one_trace_per_variant/11_tickets.xes.gz", "ocel/pm4py/example_log.jsonocel",
    "ocel/pm4py/example_log.xmlocel", "ocel/pm4py/example_log.csv", "ocel/pm4py/ocel20_example.jsonocel",
    "ocel/pm4py/ocel20_example.xmlocel", "ocel/pm4py/newocel.sqlite", "ocel/pm4py/ocel20_example.sqlite",
)  # fmt: skip
"""Small real files, damaged as well where they are there."""

WORDS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b";", b",", b"\t", b"\r", b"\n", b"\r\n", b"<", b">", b"</", b"/>", b"&a;",
    b"&#0;", b"<![CDATA[", b"]]>", b"<!--", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"{", b"}", b"[", b"]", b":", b"null", b"NaN",
    b"1e999", b"-1", b"9" * 30, b"9999-12-31", b"0000-00-00", b"2024-02-30", b"\xc3\x28", b"\xf0\x9f\x98\x80", b"\x1f", b"\\",
    b"\\u0000", b"\\ud800", b"x" * 5000, b"=1+1", b"%s", b"concept:name", b"ocel:type:", b"case_id", b"timestamp",
)  # fmt: skip
"""What breaks readers: marks of every format, numbers and dates beyond theirs."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A whole file: its name, and its bytes."""

    name: str
    body: bytes


def made(folder: Path) -> Iterator[Seed]:
    """One small file for every way in which a log can come."""
    rows = [
        (f"z{i % 7}", ("aanvraag", "besluit", "café")[i % 3], f"2024-01-{1 + i % 28:02d} 10:0{i % 10}:00", ("web", "post")[i % 2], i * 1.5)
        for i in range(40)
    ]  # fmt: skip
    head = ("case_id", "activity", "timestamp", "channel", "amount")
    text = "\n".join(";".join(map(str, row)) for row in [head, *rows]) + "\n"
    yield Seed("plain.csv", text.encode())
    yield Seed("latin.csv", text.encode("latin-1"))
    yield Seed("wide.csv", text.encode("utf-16"))
    yield Seed("zipped.csv.gz", gzip.compress(text.encode(), mtime=0))
    yield Seed("quoted.csv", text.replace("web", '"we ""b""; x"').encode())
    book = openpyxl.Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    yield Seed("sheet.xlsx", held.getvalue())
    duckdb.sql(
        "SELECT 'z' || i % 7 AS case_id, 'a' || i % 3 AS activity, TIMESTAMP '2024-01-01' + INTERVAL (i) HOUR AS timestamp, "
        "i * 1.5 AS amount, [i, i] AS listed FROM range(40) AS t(i)"
    ).write_parquet(str(folder / "log.parquet"))
    yield Seed("log.parquet", (folder / "log.parquet").read_bytes())
    events = "".join(
        f'<event><string key="concept:name" value="{b}"/><date key="time:timestamp" value="{c.replace(" ", "T")}Z"/>'
        f'<string key="channel" value="{d}"/><float key="amount" value="{e}"/></event>'
        for _, b, c, d, e in rows
    )
    xes = f'<?xml version="1.0" encoding="UTF-8"?><log><trace><string key="concept:name" value="z1"/>{events}</trace></log>'
    yield Seed("log.xes", xes.encode())
    yield Seed("log.xes.gz", gzip.compress(xes.encode(), mtime=0))
    early = {"ocel:events": {str(i): {"ocel:activity": b, "ocel:timestamp": c, "ocel:omap": [a], "ocel:vmap": {"channel": d}}
                             for i, (a, b, c, d, _) in enumerate(rows)},
             "ocel:objects": {f"z{i}": {"ocel:type": "order", "ocel:ovmap": {"n": i}} for i in range(7)}}  # fmt: skip
    yield Seed("early.jsonocel", json.dumps(early).encode())
    later = {"events": [{"id": str(i), "type": b, "time": c, "attributes": [{"name": "channel", "value": d}],
                         "relationships": [{"objectId": a, "qualifier": "of"}]} for i, (a, b, c, d, _) in enumerate(rows)],
             "objects": [{"id": f"z{i}", "type": "order", "attributes": [{"name": "n", "time": "1970-01-01T00:00:00Z", "value": i}]}
                         for i in range(7)]}  # fmt: skip
    yield Seed("later.jsonocel", json.dumps(later).encode())
    xml = "".join(
        f'<event id="{i}" type="{b}" time="{c}"><objects><relationship object-id="{a}" qualifier="of"/></objects>'
        f'<attributes><attribute name="channel">{d}</attribute></attributes></event>'
        for i, (a, b, c, d, _) in enumerate(rows)
    )
    objects = "".join(f'<object id="z{i}" type="order"/>' for i in range(7))
    yield Seed(
        "later.xmlocel",
        f"<log><object-types/><events>{xml}</events><objects>{objects}</objects></log>".encode(),
    )
    with closing(sqlite3.connect(folder / "table.sqlite")) as database:
        database.execute(f"CREATE TABLE log ({', '.join(head)})")
        database.executemany("INSERT INTO log VALUES (?, ?, ?, ?, ?)", rows)
        database.commit()
    yield Seed("table.sqlite", (folder / "table.sqlite").read_bytes())
    yield from (Seed(Path(each).name, (DATA / each).read_bytes()) for each in REAL if (DATA / each).is_file())


def damaged(body: bytes, chance: random.Random) -> bytes:
    """A body with one to six places broken."""
    held = bytearray(body)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        if not held:
            break
        at, length = chance.randrange(len(held)), chance.choice((1, 2, 4, 16, 64, 300))
        to = chance.randrange(len(held))
        match chance.randrange(9):
            case 0:
                held[at] ^= 1 << chance.randrange(8)
            case 1:
                held[at : at + length] = chance.randbytes(length)
            case 2:
                del held[at : at + length]
            case 3:
                held[to:to] = held[at : at + length]
            case 4:
                held[at:at] = chance.choice(WORDS)
            case 5:
                held[at : at + length] = chance.choice(WORDS)
            case 6:
                held[at : at + length] = held[to : to + length]
            case 7:
                del held[at:]
            case _:
                held[at:at] = held[at : at + length] * chance.choice((2, 20, 200))
    return bytes(held)


def broken(seed: Seed, chance: random.Random) -> bytes:
    """A damaged copy of a file: its bytes, or what they say, so that readers get past the first mark that is wrong."""
    if chance.random() < 0.4:
        return damaged(seed.body, chance)
    body = gzip.decompress(seed.body) if seed.name.endswith(".gz") else seed.body
    kind = seed.name.removesuffix(".gz").rpartition(".")[2]
    break_ = {
        "xlsx": _another_part,
        "xes": _other_words,
        "xmlocel": _other_words,
        "jsonocel": _other_values,
        "sqlite": _other_cells,
    }
    body = break_.get(kind, damaged)(body, chance)
    return gzip.compress(body, mtime=0) if seed.name.endswith(".gz") else body


VALUES: tuple[Any, ...] = (
    None,
    [],
    {},
    "",
    "x",
    0,
    -1,
    1e308,
    True,
    [[]],
    {"a": {}},
    "1970-01-01",
    "2024-13-45",
    "\x00",
    "é" * 300,
)


def _other_values(body: bytes, chance: random.Random) -> bytes:
    """JSON that is whole, in which some values are others."""
    log = json.loads(body)
    for _ in range(chance.choice((1, 2, 5))):
        held: Any = log
        while isinstance(held, dict | list) and held:
            key = chance.choice(list(held) if isinstance(held, dict) else range(len(held)))
            if chance.random() < 0.3 or not isinstance(held[key], dict | list):
                if chance.random() < 0.2:
                    del held[key]
                else:
                    held[key] = chance.choice(VALUES)
                break
            held = held[key]
    return json.dumps(log).encode()


def _other_words(body: bytes, chance: random.Random) -> bytes:
    """XML that is whole, in which some attributes or whole tags are others."""
    text = body.decode()
    for _ in range(chance.choice((1, 2, 5))):
        found = chance.choice(list(re.finditer(r'="([^"]*)"|<(\w+)[^<>]*/>| (\w+)=', text)))
        other = chance.choice(
            ('=""', "", '="&lt;&#10;"', f'="{"9" * 40}"', '="2024-02-30"', "<event/>", ' key="x"')
        )
        text = text[: found.start()] + other + text[found.end() :]
    return text.encode()


def _other_cells(body: bytes, chance: random.Random) -> bytes:
    """A database that is whole, in which some cells are others, or a table or column is gone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.sqlite"
        path.write_bytes(body)
        with closing(sqlite3.connect(path)) as database:
            asked = "SELECT name FROM sqlite_master WHERE type = 'table'"
            table = chance.choice([row[0] for row in database.execute(asked).fetchall()])
            columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")').fetchall()]
            column, value = (
                chance.choice(columns),
                chance.choice((None, "", "x", -1, 1e308, b"\xff\x00", "é" * 300)),
            )
            with suppress(sqlite3.Error):  # a key may not be emptied: then the database stays as it was
                match chance.randrange(4):
                    case 0:
                        database.execute(f'DROP TABLE "{table}"')
                    case 1:
                        database.execute(f'ALTER TABLE "{table}" RENAME COLUMN "{column}" TO "other"')
                    case 2:
                        database.execute(f'DELETE FROM "{table}" WHERE rowid % 2 = 0')
                    case _:
                        database.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid % 3 = 0', (value,))
                database.commit()
        return path.read_bytes()


def _another_part(body: bytes, chance: random.Random) -> bytes:
    """A workbook of which one part is damaged."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(parts))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, own in parts.items():
            archive.writestr(each, damaged(own, chance) if each == name else own)
    return held.getvalue()


def _whole(result: ImportResult) -> tuple[str, str]:
    """Whether what was read is a whole store, with a report that adds up."""
    report = result.report
    flaws = verify(result.store)
    counted = report.rows_read == report.rows_kept + report.rows_refused
    if flaws or not counted or not all((report.lines("nl"), report.lines("en"))):
        return "crashed", f"read, but {flaws or report}"
    return "read", ""


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def outcome(name: str, body: bytes) -> tuple[str, str]:
    """What becomes of a file: read, refused, or what went wrong."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / name
        path.write_bytes(body)
        signal.alarm(SECONDS)
        try:
            return _whole(import_events(path, Path(folder) / "events"))
        except KetenreisError as refused:
            said = str(refused)
            return ("refused", "") if said.endswith((".", "?", ")")) else ("crashed", f"no sentence: {said}")
        except TimeoutError:
            return "slow", ""
        except BaseException:  # noqa: BLE001  # whatever it is, it is what we look for
            return "crashed", traceback.format_exc(limit=-6)
        finally:
            signal.alarm(0)


def work(seed: Seed, first: int, times: int, start: int, answers: Connection) -> None:
    """Tries damaged copies of a file one by one, in a process that may have 2 GB."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _too_long)
    for number in range(first, times):
        answers.send((number, "begun", ""))
        body = broken(seed, random.Random(f"{start}.{seed.name}.{number}"))  # chance that can be had again
        answers.send((number, *outcome(seed.name, body)))
    answers.close()


def tried(seed: Seed, times: int, start: int, tell: Callable[[int, str], None]) -> Counter[str]:
    """The outcomes of damaged copies of a file; a process that dies counts as a crash, and the next goes on."""
    counts: Counter[str] = Counter()
    context = multiprocessing.get_context("spawn")
    first = 0
    while first < times:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(seed, first, times, start, theirs))
        process.start()
        theirs.close()
        try:
            while True:
                number, what, said = ours.recv()
                first = number + 1
                counts[what] += what != "begun"
                if what in {"crashed", "slow"}:
                    tell(number, said or what)
        except EOFError:
            process.join()
        if process.exitcode:
            counts["crashed"] += 1
            tell(first - 1, f"the process ended with {process.exitcode}")
    return counts


def main() -> int:
    """Tries every format, and shows the counts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reader", default="")
    parser.add_argument("--keep", type=Path, default=Path("fuzz"))
    asked = parser.parse_args()
    whole: Counter[str] = Counter()
    began = time.monotonic()
    print(f"{'file':<34}{'read':>8}{'refused':>9}{'slow':>6}{'crashed':>9}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for seed in made(Path(folder)):
            if asked.reader not in seed.name:
                continue

            def tell(number: int, said: str, seed: Seed = seed) -> None:
                asked.keep.mkdir(exist_ok=True)
                body = broken(seed, random.Random(f"{asked.seed}.{seed.name}.{number}"))
                (asked.keep / f"{number}-{seed.name}").write_bytes(body)
                print(f"  {asked.keep}/{number}-{seed.name}: {said}", file=sys.stderr, flush=True)

            counts = tried(seed, asked.times, asked.seed, tell)
            whole += counts
            print(_line(seed.name, counts), flush=True)
    print(_line("all", whole))
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if whole["crashed"] or whole["slow"] else 0


def _line(name: str, counts: Mapping[str, int]) -> str:
    return f"{name:<34}{counts['read']:>8}{counts['refused']:>9}{counts['slow']:>6}{counts['crashed']:>9}"


if __name__ == "__main__":
    sys.exit(main())
