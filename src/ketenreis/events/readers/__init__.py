"""Which reader reads this file? One module per format; each gives a sample, and SQL that reads the whole."""

from pathlib import Path

import duckdb

from ketenreis.errors import UnreadableFileError
from ketenreis.events.mapping import Mapping
from ketenreis.events.readers import csv, parquet, xes
from ketenreis.events.readers.sample import Sample, Source

__all__ = ["Sample", "Source", "form_of", "open_source", "sample_of"]

FORMS = {
    (".parquet", ".pq"): "parquet",
    (".xes", ".xes.gz"): "xes",
    (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz"): "csv",
}


def form_of(path: Path) -> str:
    """The format of a file: by its name, and where that says nothing by its first bytes.

    Raises:
        UnreadableFileError: It is not there, or of a format that we do not read.
    """
    if not path.is_file():
        raise UnreadableFileError(f"There is no file {path}.")
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(b"PAR1"):
        return "parquet"
    for endings, form in FORMS.items():
        if path.name.lower().endswith(endings):
            return form
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return "xes"
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFileError(
            f"{path} is a spreadsheet or archive. Save the sheet as CSV, and import that."
        )
    return "csv"


def sample_of(path: Path, work: Path, mapping: Mapping | None = None) -> Sample:
    """The columns of a file and some of its rows."""
    form = form_of(path)
    if form == "parquet":
        return parquet.sample(path)
    if form == "xes":
        return xes.sample(path, work)
    return csv.sample(csv.plain_file(path, work), mapping)


def open_source(
    con: duckdb.DuckDBPyConnection, path: Path, work: Path, mapping: Mapping | None = None
) -> Source:
    """A file made ready for the engine; `work` holds what has to be written again first."""
    form = form_of(path)
    if form == "parquet":
        return parquet.source(path)
    if form == "xes":
        return xes.source(con, path, work)
    readable = csv.plain_file(path, work)
    return csv.source(con, readable, csv.sample(readable, mapping), work)
