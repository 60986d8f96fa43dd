"""The ten traps that real logs hold: each is survived, and told in a Dutch and an English sentence of the quality report."""

from datetime import UTC, datetime

import pytest

from ketenreis.events.importing import import_events
from ketenreis.events.mapping import Mapping
from ketenreis.events.store import EventStore

NOW = datetime(2026, 6, 1, tzinfo=UTC)
TRAPS = {
    "1 a case called NA": (
        "eventlogs/sepsis/Sepsis_Cases.xes.gz",
        "24 rijen zijn van een zaak die “NA” heet: dat is hier een naam, en geen “geen waarde”.",
        "24 rows are of a case called “NA”: that is a name here, and not “no value”.",
    ),
    "1 a case that was called NA": (
        "eventlogs/hospital_billing/hospital_billing.parquet",
        "1 rij hoort bij de zaak “NA”, waarvan het nummer leeg was gemaakt: de nummers eromheen zijn er wel.",
        "1 row belongs to the case “NA”, the id of which had been emptied: the ids around it are there.",
    ),
    "3 neighbours at one moment": (
        "eventlogs/bpic2012/bpic2012.xes.gz",
        "13.995 keer staan twee gebeurtenissen van één zaak op hetzelfde tijdstip; dan geldt de volgorde van het bestand.",
        "13,995 times two events of one case have the same moment; then the order of the file holds.",
    ),
    "5 a mark for no value": (
        "eventlogs/sepsis/Sepsis_Cases.xes.gz",
        "“org:group”: zonder waarde door “?” 294×.",
        "“org:group”: no value because of “?” 294×.",
    ),
    "5 EMPTY": (
        "eventlogs/receipt/receipt.csv",
        "“org:group”: zonder waarde door “EMPTY” 1.936×.",
        "“org:group”: no value because of “EMPTY” 1,936×.",
    ),
    "5 MISSING": (
        "eventlogs/bpic2020/DomesticDeclarations.xes.gz",
        "“org:role”: zonder waarde door “MISSING” 91×.",
        "“org:role”: no value because of “MISSING” 91×.",
    ),
    "5 a flag that flips": (
        "eventlogs/hospital_billing/hospital_billing.parquet",
        "“isclosed” verandert binnen 34 zaken en is daarom per gebeurtenis bewaard.",
        "“isclosed” changes within 34 cases and is therefore kept per event.",
    ),
    "6 no concept:name": (
        "journey/cjml/Example.xes",
        "De gebeurtenissen hebben geen `concept:name`; dat mag, en wat er gebeurde is gelezen uit “EventType”.",
        "The events have no `concept:name`; that is allowed, and what happened was read from “EventType”.",
    ),
    "6 no time:timestamp": (
        "journey/cjml/Example.xes",
        "De gebeurtenissen hebben geen `time:timestamp`; dat mag, en de tijd is gelezen uit “timeCompleted”.",
        "The events have no `time:timestamp`; that is allowed, and the time was read from “timeCompleted”.",
    ),
    "6 a trace without a name": (
        "journey/cjml/Example.xes",
        "1 spoor heeft geen naam; het heet naar zijn volgnummer.",
        "1 trace has no name; it is called by its number.",
    ),
    "7 two offsets in one file": (
        "eventlogs/receipt/receipt.xes.gz",
        "Tijden dragen hun verschil met UTC: +01:00 (4.318×), +02:00 (4.259×); ze zijn op één klok gezet.",
        "Times carry their offset from UTC: +01:00 (4,318×), +02:00 (4,259×); they are set to one clock.",
    ),
    "8 a mean that misleads": (
        "eventlogs/receipt/receipt.xes.gz",
        ("De helft van de 1.434 zaken duurt korter dan 47,8 minuten, terwijl het gemiddelde 5,4 dagen is: het gemiddelde "
        "alleen misleidt."),
        "Half of the 1,434 cases take less than 47.8 minutes, while the mean is 5.4 days: the mean alone misleads.",
    ),
    "9 a copy shifted by its zone": (
        "ocel/pm4py/ocel20_example.sqlite",
        ("Wat “vanaf het begin” betekent staat +01:00 naast middernacht UTC: de tijden zijn verschoven doordat de zone "
        "wegviel. Zeg in de koppeling welke `time_zone` het was."),
        ("What means “from the start” stands +01:00 beside midnight UTC: the times were shifted when their zone got lost. Say "
        "in the mapping which `time_zone` it was."),
    ),
    "9 a copy of which half lost its zone": (
        "ocel/pm4py/ocel20_example.xmlocel",
        ("13 tijden dragen geen zone, terwijl andere in het bestand er wel een dragen: ze kunnen verschoven zijn. Zeg in de "
        "koppeling welke `time_zone` het was."),
        "13 times carry no zone while others in the file do: they may be shifted. Say in the mapping which `time_zone` it was.",
    ),
    "10 phases of one activity": (
        "eventlogs/synthetic/repairExample.xes.gz",
        ("Een begin (4.122×) en een einde (7.733×) zijn samen één handeling. Hooguit 4.121 handelingen hebben allebei; van de "
        "andere is de duur niet bekend."),
        ("A start (4,122×) and an end (7,733×) are one activity together. At most 4,121 activities have both; how long the "
        "others took is not known."),
    ),
    "10 schedule, start, complete": (
        "eventlogs/bpic2012/bpic2012.xes.gz",
        "Fasen van handelingen: COMPLETE 164.506, SCHEDULE 26.318, START 71.376.",
        "Lifecycle: COMPLETE 164,506, SCHEDULE 26,318, START 71,376.",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def reports(shared_data, tmp_path_factory):
    """The quality report of each file, made once."""
    made = {}

    def report(file):
        if file not in made:
            folder = tmp_path_factory.mktemp("trap")
            made[file] = import_events(shared_data / file, folder / "s", now=NOW).report
        return made[file]

    return report


@pytest.mark.data
@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_told_in_words_on_the_file_that_holds_it(reports, trap):
    file, nl, en = TRAPS[trap]
    report = reports(file)
    assert nl in report.lines("nl")
    assert en in report.lines("en")
    assert report.rows_refused == 0


@pytest.mark.data
@pytest.mark.parametrize(
    ("first", "second", "hours"),
    [
        ("receipt.xes.gz", "receipt.parquet", "+01:00, +02:00"),
        ("receipt.parquet", "receipt.csv", "-01:00, -02:00"),
    ],
)
def test_trap_7_one_log_in_two_files_hours_apart_is_told(tmp_path, shared_data, first, second, hours):
    folder = shared_data / "eventlogs" / "receipt"
    import_events(folder / first, tmp_path / "s", Mapping(source="first"))
    report = import_events(folder / second, tmp_path / "s", Mapping(source="second"), now=NOW).report
    assert (
        f"8.577 gebeurtenissen staan ook in de bron “first”, maar {hours} uur verschoven: hetzelfde logboek, gelezen met de "
        "klok van een andere zone. Zeg welke `time_zone` het was, of trek een van de twee terug."
    ) in report.lines("nl")
    assert (
        f"8,577 events stand in the source “first” too, but {hours} hours apart: the same log, read by the clock of another "
        "zone. Say which `time_zone` it was, or withdraw one of the two."
    ) in report.lines("en")


@pytest.mark.data
def test_one_log_brought_in_twice_under_two_names_is_told(tmp_path, shared_data):
    for name in ("first", "second"):
        report = import_events(
            shared_data / "eventlogs/receipt/receipt.csv", tmp_path / "s", Mapping(source=name), now=NOW
        ).report
    assert (
        "8.577 gebeurtenissen staan al in de bron “first” en tellen nu dubbel. Trek een van de twee terug: ketenreis events "
        "withdraw."
    ) in report.lines("nl")
    assert (
        "8,577 events stand in the source “first” already and count double now. Withdraw one of the two: ketenreis events "
        "withdraw."
    ) in report.lines("en")
    two = import_events(
        shared_data / "eventlogs/synthetic/running-example.csv",
        tmp_path / "s",
        Mapping(source="other"),
        now=NOW,
    ).report
    assert not any("withdraw" in line for line in two.lines("en")), "another log is no copy"


@pytest.mark.data
def test_trap_7_the_same_moments_are_read_from_both_files_once_the_zone_is_said(tmp_path, shared_data):
    folder = shared_data / "eventlogs" / "receipt"
    said = Mapping(source="log", time_zone="Europe/Amsterdam")
    spans = {
        (store.first_us, store.last_us)
        for file in ("receipt.csv", "receipt.parquet")
        for store in [import_events(folder / file, tmp_path / file, said, now=NOW).store]
    }
    assert len(spans) == 1


def brought_in(folder, text):
    (folder / "log.csv").write_bytes(text)
    return import_events(folder / "log.csv", folder / "s", now=NOW).report


def test_trap_2_latin_1_with_semicolons_is_told(tmp_path):
    rows = "".join(
        f"{i};{'Geïnformeerd' if i > 20_000 else 'Aanvraag'};2024-01-0{1 + i % 9}\n" for i in range(20_100)
    )
    report = brought_in(tmp_path, ("zaak;activiteit;tijdstip\n" + rows).encode("latin-1"))
    assert "De tekst is gelezen als latin-1 (het is geen UTF-8), met “;” tussen de velden." in report.lines(
        "nl"
    )
    assert "The text was read as latin-1 (it is not UTF-8), with “;” between the fields." in report.lines(
        "en"
    )
    assert {"Aanvraag", "Geïnformeerd"} == set(report.unmapped)


def test_trap_4_impossible_dates_are_told_and_left_out(tmp_path):
    rows = "".join(f"{i},a,2024-01-0{1 + i % 9},1980-05-05\n" for i in range(50))
    report = brought_in(
        tmp_path,
        ("case,activity,time,born\n" + rows + "x,a,1948-01-01,1066-01-01\ny,a,2090-01-01,\n").encode(),
    )
    assert "2 gebeurtenissen voor 1990 of meer dan een jaar vooruit; niet in gemiddelden." in report.lines(
        "nl"
    )
    assert "2 events before 1990 or over a year ahead; left out of averages." in report.lines("en")
    assert "“born”: 1 datum ligt voor 1900 of na 2100. Klopt dat?" in report.lines("nl")
    assert "“born”: 1 date lies before 1900 or after 2100. Is that right?" in report.lines("en")
    assert EventStore.open(tmp_path / "s").last_us == int(datetime(2024, 1, 9, tzinfo=UTC).timestamp() * 1e6)


@pytest.mark.parametrize("mark", ["?", "NULL", "EMPTY", "#MULTIVALUE", "-100", "n.v.t.", "-", "#N/B"])
def test_trap_5_every_mark_for_no_value_is_told(tmp_path, mark):
    rows = "".join(f"{i};a;0{1 + i % 9}/02/2024;{mark if i % 4 == 0 else i}\n" for i in range(80))
    report = brought_in(tmp_path, ("zaak;activiteit;datum;score\n" + rows).encode())
    assert f"“score”: zonder waarde door “{mark}” 20×." in report.lines("nl")
    assert f"“score”: no value because of “{mark}” 20×." in report.lines("en")
    assert EventStore.open(tmp_path / "s").type().attribute("score").type == "number"


@pytest.mark.parametrize(
    ("day", "nl", "en"),
    [
        (13, "Tijden zijn gelezen zoals in “31/12/2024”.", "Times were read as in “31/12/2024”."),
        (
            3,
            (
                "Tijden zijn gelezen zoals in “31/12/2024”, maar geen enkele waarde laat zien of de dag of de maand voorop staat. "
                "Kijk dat na."
            ),
            "Times were read as in “31/12/2024”, but no value shows whether the day or the month comes first. Please check.",
        ),
    ],
)
def test_trap_5_dates_with_the_day_first_are_told(tmp_path, day, nl, en):
    rows = "".join(f"{i};a;{day:02d}/0{1 + i % 9}/2024\n" for i in range(30))
    report = brought_in(tmp_path, ("zaak;activiteit;datum\n" + rows).encode())
    assert nl in report.lines("nl")
    assert en in report.lines("en")


def test_trap_9_an_ocel_without_its_globals_is_told(tmp_path):
    (tmp_path / "log.jsonocel").write_text(
        '{"ocel:events": {"e": {"ocel:activity": "a", "ocel:timestamp": "2024-01-01T00:00:00Z", "ocel:omap": ["o"], '
        '"ocel:vmap": {}}}, "ocel:objects": {"o": {"ocel:type": "order", "ocel:ovmap": {}}}}'
    )
    report = import_events(tmp_path / "log.jsonocel", tmp_path / "s", now=NOW).report
    assert "Het bestand heeft geen `ocel:global-event`; dat mag, en er ontbreekt niets door." in report.lines(
        "nl"
    )
    assert (
        "The file has no `ocel:global-event`; that is allowed, and nothing is missing by it."
        in report.lines("en")
    )
