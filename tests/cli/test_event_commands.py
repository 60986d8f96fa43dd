"""Commands on events: import, profile, map and measure."""

import json
import re
import shutil
from pathlib import Path

import jsonschema
import pytest

from ketenreis.cli.commands import events_import
from ketenreis.cli.terminal import Terminal
from ketenreis.events.store import EventStore
from ketenreis.reports.as_json import json_schema

LOG = "zaaknummer;activiteit;tijdstip\n" + "".join(
    f"{case};{what};{10 + case}-03-2026 {hour}:00\n"
    for case in range(1, 9)
    for what, hour in (("Aanvraag ontvangen", "09"), ("Besluit verstuurd", 10 + case))
)


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "zaken.csv"
    path.write_text(LOG + "9;Aanvraag ontvangen;ooit\n", encoding="utf-8")
    return path


def test_import_shows_each_guess_on_the_side_and_reports_the_result(ketenreis, log, tmp_path):
    answer = ketenreis("events", "import", log, "--store", tmp_path / "events", "--language", "nl")
    assert answer.status == 0
    assert "17 rijen gelezen: 16 opgenomen, 1 geweigerd." in answer.out
    for column in ("zaaknummer", "activiteit", "tijdstip"):
        assert f"“{column}”" in answer.err
    assert "zaaknummer" not in answer.out.partition("geweigerd")[0]
    assert EventStore.open(tmp_path / "events").type().cases == 8


def test_import_as_json_is_the_quality_report_and_nothing_else(ketenreis, log, tmp_path):
    answer = ketenreis("events", "import", log, "--store", tmp_path / "events", "--json")
    report = json.loads(answer.out)
    assert report["rows_read"] == report["rows_kept"] + report["rows_refused"] == 17


def test_a_written_mapping_imports_the_same_again_under_another_name(ketenreis, log, tmp_path):
    mapping, store = tmp_path / "zaken.yaml", tmp_path / "events"
    ketenreis("events", "import", log, "--store", store, "--write-mapping", mapping, "--yes")
    answer = ketenreis("events", "import", log, "--store", store, "--mapping", mapping, "--source", "again")
    assert answer.status == 0
    opened = EventStore.open(store)
    assert [source["name"] for source in opened.sources][-1] == "again"
    assert "?" not in answer.err.partition("ketenreis")[0]


def test_a_mapping_can_be_written_to_standard_output(ketenreis, log, tmp_path):
    answer = ketenreis("events", "import", log, "--store", tmp_path / "events", "--write-mapping", "-")
    assert "columns: {" in answer.out


class Person:
    """Somebody at a terminal who gives these answers."""

    def __init__(self, *answers):
        self.answers = list(answers)

    def isatty(self):
        return True

    def readline(self):
        return f"{self.answers.pop(0)}\n"


@pytest.mark.parametrize(
    ("answers", "status", "zone"),
    [
        ([""], 0, "UTC"),
        (["j"], 0, "UTC"),
        (["time_zone=Europe/Amsterdam", ""], 0, "Europe/Amsterdam"),
        (["what?", "tijdzone = UTC", "time_zone=Europe/Amsterdam", ""], 0, "Europe/Amsterdam"),
        (["nee"], 2, None),
    ],
)
def test_in_a_terminal_a_person_may_change_a_guess_first(
    ketenreis, log, tmp_path, monkeypatch, answers, status, zone
):
    monkeypatch.setattr(Terminal, "is_watched", property(lambda _: True))
    monkeypatch.setattr(Terminal, "ask", lambda *_: answers.pop(0))
    answer = ketenreis("events", "import", log, "--store", tmp_path / "events", "--json")
    assert answer.status == status
    assert answers == []
    if zone:
        assert json.loads(answer.out)["zone"] == zone
    else:
        assert not (tmp_path / "events").exists()


def test_a_change_of_a_mapping_can_add_change_and_take_away():
    from ketenreis.events.mapping import Mapping

    mapping = Mapping(columns={"case": "nr", "channel": "kanaal"}, separator=";")
    assert events_import.changed(mapping, "columns.channel=").columns == {"case": "nr"}
    assert events_import.changed(mapping, "separator=").separator == Mapping().separator
    assert (
        events_import.changed(mapping, "columns.deadline = uiterste datum").columns["deadline"]
        == "uiterste datum"
    )


def test_profile_speaks_both_languages_and_json(ketenreis, belmij):
    assert "1.000 zaken" in ketenreis("events", "profile", belmij.store, "--language", "nl").out
    assert "1,000 cases" in ketenreis("events", "profile", belmij.store, "--language", "en").out
    described = json.loads(ketenreis("events", "profile", belmij.store, "--json").out)
    wanted = {"cases", "events", "activities", "variants", "first", "last"}
    assert wanted <= described.keys()
    assert described["cases"] == 1_000


def test_map_proposes_accepts_and_leaves_the_rest_listed(ketenreis, belmij, tmp_path):
    text = Path(belmij.mapping).read_text(encoding="utf-8")
    bare = tmp_path / "bare.yaml"
    bare.write_text(text.partition("labels:")[0], encoding="utf-8")
    store = tmp_path / "events"
    assert ketenreis("events", "import", belmij.raw, "--store", store, "--mapping", bare).status == 0

    found = json.loads(ketenreis("events", "map", store, belmij.model, "--json").out)
    assert len(found["labels"]) == 20
    assert found["unmapped"]
    proposed = {row["label"]: row["proposed"] for row in found["labels"]}
    assert proposed["Bevestiging verstuurd"] == ["bevestiging-sturen", "bevestigingsmail"]
    assert not EventStore.open(store).classes()

    answer = ketenreis("events", "map", store, belmij.model, "--accept", "--mapping", tmp_path / "new.yaml")
    assert answer.status == 0
    assert "bevestigingsmail" in EventStore.open(store).classes()
    assert "Bevestiging verstuurd" in (tmp_path / "new.yaml").read_text(encoding="utf-8")


def test_map_takes_the_labels_of_a_mapping_file_over(ketenreis, belmij, tmp_path):
    store = tmp_path / "events"
    shutil.copytree(belmij.store, store)
    mapping = tmp_path / "one.yaml"
    mapping.write_text(
        Path(belmij.mapping).read_text(encoding="utf-8").partition("labels:")[0]
        + "labels: {Betaling gedaan: betaling}\n",
        encoding="utf-8",
    )
    answer = ketenreis("events", "map", store, belmij.model, "--mapping", mapping)
    assert answer.status == 0
    assert set(EventStore.open(store).classes()) == {"betaling"}


def test_measure_shows_a_table_and_fails_only_on_not_met(ketenreis, belmij):
    answer = ketenreis("measure", belmij.model, "--events", belmij.store, "--language", "en")
    assert ("✕ not met" in answer.out) is (answer.status == 1)
    assert max(map(len, answer.out.splitlines())) <= 100
    met = ketenreis("measure", belmij.model, "--events", belmij.store, "--ctq", "meteen-werkend")
    assert met.status == 0


def test_measure_as_json_fits_its_schema_and_counts_every_case(ketenreis, belmij):
    answer = ketenreis("measure", belmij.model, "--events", belmij.store, "--json")
    found = json.loads(answer.out)
    jsonschema.validate(found, json_schema("measure"))
    for one in found:
        whole = sum(one[part] for part in ("fulfilled", "violated", "pending", "not_activated", "excluded"))
        assert whole == 1_000 or one["reason"]
    assert answer.status == int(any(one["standing"] == "not_met" for one in found))


def test_check_as_json_fits_its_schema(ketenreis, belmij, tmp_path):
    jsonschema.validate(json.loads(ketenreis("check", belmij.model, "--json").out), json_schema("check"))
    bad = tmp_path / "bad.yaml"
    bad.write_text("ctqs: [{id: a, nam: b}]", encoding="utf-8")
    answer = ketenreis("check", bad, "--json")
    jsonschema.validate(json.loads(answer.out), json_schema("check"))
    assert answer.status == 1


def test_measure_writes_a_page_with_the_findings_of_the_model(ketenreis, belmij, tmp_path):
    page = tmp_path / "deep" / "report.html"
    answer = ketenreis("measure", belmij.model, "--events", belmij.store, "--html", page, "--language", "nl")
    text = page.read_text(encoding="utf-8")
    assert str(page) in answer.err
    assert "Bevestiging op tijd" in text
    assert "Waarom doen we dit?" in text
    assert "http://" not in text.replace("http://www.w3.org", "")


def test_measure_gives_its_sql(ketenreis, belmij):
    answer = ketenreis(
        "measure", belmij.model, "--events", belmij.store, "--sql", "--ctq", "bevestiging-op-tijd"
    )
    assert "SELECT" in answer.out
    assert "✓" not in answer.out


def test_an_earlier_now_judges_fewer_cases(ketenreis, belmij):
    def judged(*words):
        one = json.loads(
            ketenreis(
                "measure",
                belmij.model,
                "--events",
                belmij.store,
                "--json",
                "--ctq",
                "bevestiging-op-tijd",
                *words,
            ).out
        )[0]
        return one["fulfilled"] + one["violated"]

    assert 0 < judged("--now", "2026-03-01") < judged("--now", "2026-09-01T12:00:00+02:00") < judged()


@pytest.mark.parametrize(
    "words",
    [
        ["--ctq", "bevestiging-optijd"],
        ["--ctq", "gezin"],
        ["--now", "tomorrow"],
        ["--split", "kanal"],
    ],
)
def test_what_cannot_be_measured_is_a_message(ketenreis, belmij, words):
    answer = ketenreis("measure", belmij.model, "--events", belmij.store, *words)
    assert answer.status == 2
    assert answer.out == ""
    assert words[1] in answer.err


def test_a_model_that_is_half_understood_is_not_measured(ketenreis, belmij, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("ctqs: [{id: a, nam: b}]", encoding="utf-8")
    answer = ketenreis("measure", bad, "--events", belmij.store, "--language", "en")
    assert answer.status == 2
    assert "[unknown_key]" in answer.err
    assert f"ketenreis check {bad}" in answer.err


def test_a_store_is_listed_verified_copied_compacted_and_a_source_withdrawn(ketenreis, tmp_path):
    store, rows = tmp_path / "events", "case,what,when\n1,begin,2026-01-05 09:00\n1,end,2026-01-05 10:00\n"
    for name in ("first", "second", "second"):
        (tmp_path / f"{name}.csv").write_text(rows)
        assert ketenreis("events", "import", tmp_path / f"{name}.csv", "--store", store, "--yes").status == 0
    listed = json.loads(ketenreis("events", "list", store, "--json").out)
    assert [(source["name"], source["rows"]) for source in listed] == [("first", 2), ("second", 2)]
    told = ketenreis("events", "list", store, "--language", "en").out
    assert re.search(
        r"second  \(second.csv, imported 20..-..-.. ..:.. UTC, 2 rows\)\n  2 events of “case”", told
    )
    assert ketenreis("events", "verify", store).status == 0
    assert ketenreis("events", "backup", tmp_path / "copy", "--store", store).status == 0
    assert json.loads(ketenreis("events", "profile", tmp_path / "copy", "--json").out)["events"] == 4
    answer = ketenreis("events", "withdraw", "first", "--store", store, "--language", "en")
    assert answer.status == 0
    assert "second" in answer.err
    assert "kB came free" in ketenreis("events", "compact", store, "--language", "en").err
    assert json.loads(ketenreis("events", "profile", store, "--json").out)["events"] == 2
    next(store.rglob("part-*.parquet")).unlink()
    assert ketenreis("events", "verify", store).status == 1
    assert ketenreis("events", "withdraw", "elsewhere", "--store", store).status == 2


def test_a_label_of_a_million_characters_does_not_fill_the_terminal(ketenreis, tmp_path):
    store, long = tmp_path / "events", "x" * 1_000_000
    rows = [f"{i},{what},2026-01-{i + 1:02d} 09:00" for i in range(9) for what in ("begin", "\x1b[2Jend")]
    (tmp_path / "log.csv").write_text("\n".join(["case,what,when", *rows, f"9,{long},2026-01-05 09:00", ""]))
    assert ketenreis("events", "import", tmp_path / "log.csv", "--store", store, "--yes").status == 0
    (tmp_path / "model.yaml").write_text("organisation: {id: x, name: X}\n")
    for asked in (("profile", store), ("map", store, tmp_path / "model.yaml")):
        answer = ketenreis("events", *asked).out
        assert len(answer) < 5_000
        assert "xxx…" in answer
        assert "\x1b" not in answer


def test_a_store_without_sources_says_how_to_bring_one_in(ketenreis, tmp_path):
    (tmp_path / "a.csv").write_text("case,what,when\n1,begin,2026-01-05 09:00\n1,end,2026-01-05 10:00\n")
    ketenreis("events", "import", tmp_path / "a.csv", "--store", tmp_path / "e", "--yes")
    ketenreis("events", "withdraw", "a", "--store", tmp_path / "e")
    assert "events import" in ketenreis("events", "list", tmp_path / "e").err


def test_accepting_proposals_keeps_what_the_labels_of_other_sources_mean(ketenreis, tmp_path):
    store = tmp_path / "events"
    for name, label in (("a", "begin"), ("b", "telefoontje")):
        (tmp_path / f"{name}.csv").write_text(
            f"case,what,when\n1,{label},2026-01-05 09:00\n2,{label},2026-01-06 09:00\n"
        )
        columns = "columns: {case: case, activity: what, time: when}"
        (tmp_path / f"{name}.yaml").write_text(
            f"{columns}\nlabels: {{telefoontje: bellen}}\n" if name == "b" else columns
        )
        asked = (tmp_path / f"{name}.csv", "--mapping", tmp_path / f"{name}.yaml", "--store", store)
        assert ketenreis("events", "import", *asked).status == 0
    (tmp_path / "model.yaml").write_text("organisation: {id: x, name: X}\n")
    assert ketenreis("events", "map", store, tmp_path / "model.yaml", "--accept").status == 0
    assert EventStore.open(store).type().labels == {"telefoontje": ("bellen",)}
    given = tmp_path / "given.yaml"
    given.write_text(f"source: a\n{columns}\nlabels: {{begin: aanvragen}}\n")
    both = {"telefoontje": ("bellen",), "begin": ("aanvragen",)}
    for extra in ((), ("--accept",)):
        assert (
            ketenreis("events", "map", store, tmp_path / "model.yaml", "--mapping", given, *extra).status == 0
        )
        assert EventStore.open(store).type().labels == both
