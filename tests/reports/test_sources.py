"""The part of the page about the sources: every figure of the import, each row it refused, each column."""

import pytest
from tests.render.parsed import parsed

from ketenreis.events.importing import import_events
from ketenreis.events.mapping import Mapping
from ketenreis.model import Model
from ketenreis.reports.measured import measure
from ketenreis.reports.page import page

FILE = """case,event,time,department,amount
1,Paid,2026-03-02 08:00,Desk,12
1,Paid,2026-03-02 08:00,Desk,12
1,Sent,2026-03-02 08:00,,
2,Paid,2026-03-02 09:00,Desk,3
2,Sent,not a day,Desk,3
,Sent,2026-03-02 10:00,Desk,3
3,Noise,1970-01-01 00:00,Desk,3
4,Paid,2026-03-03 09:00,Desk,3
5,Paid,2026-03-04 09:00,Desk,3
6,Paid,2026-03-05 09:00,Desk,3
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("source")
    (folder / "shop.csv").write_text(FILE, encoding="utf-8")
    mapping = Mapping(
        columns={"case": "case", "activity": "event", "time": "time", "department": "department"},
        labels={"Paid": ("paid",)},
        time_format=("%Y-%m-%d %H:%M",),
    )
    store = import_events(folder / "shop.csv", folder / "events", mapping).store
    return measure(Model.of([]), store, handovers=True)


def quality(report, language):
    drawn = parsed(page(report, language))
    return next(node for node in drawn.all("section") if node.attributes["id"] == "gegevens")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nl", {"rijen gelezen": "10", "opgenomen": "8", "geweigerd": "2", "herhaalde rijen": "1", "op hetzelfde tijdstip": "2", "onmogelijke datums": "1"}),
        ("en", {"rows read": "10", "kept": "8", "refused": "2", "repeated rows": "1", "at the same moment": "2", "impossible dates": "1"}),
    ],
)  # fmt: skip
def test_every_figure_of_the_import_is_there(report, language, told):
    part = quality(report, language)
    names = [node.text for node in part.all("dt")]
    values = [node.text for node in part.all("dd")]
    found = dict(zip(names, values, strict=False))
    assert {name: found[name] for name in told} == told


def test_what_was_refused_is_shown_with_its_reason_and_its_line(report):
    rows = [[cell.text for cell in row.all("td", "th")] for row in quality(report, "en").all("tr")]
    refused = {row[0]: row[1:] for row in rows if row[0] in ("no case id", "the time cannot be read")}
    assert refused["no case id"][0] == "1"
    assert "line 7" in refused["no case id"][1]
    assert "not a day" in refused["the time cannot be read"][1]


def test_each_column_says_how_far_it_is_filled_and_each_label_that_means_nothing_is_listed(report):
    rows = {
        row[0]: row[1:]
        for row in ([cell.text for cell in row.all("td", "th")] for row in quality(report, "nl").all("tr"))
    }
    assert rows["department"][0] == "87,5%"
    assert rows["Sent"] == ["1"]


def test_a_page_on_events_without_passing_work_says_so_in_its_part_on_handovers(report):
    drawn = parsed(page(report, "nl"))
    part = next(node for node in drawn.all("section") if node.attributes["id"] == "overdrachten")
    assert "Geen overdrachten te zien." in part.text
