"""Two sources whose columns bear one name but mean two things: said, with the name that keeps them apart."""

import pytest

from ketenreis.events.importing import import_events
from ketenreis.events.mapping import parse_mapping

HEAD = "zaak,gebeurtenis,tijdstip,status\n"


def brought(folder, name, values, columns=""):
    path = folder / f"{name}.csv"
    lines = [f"z{i % 3},{name},2024-01-0{i + 1} 10:00,{value}" for i, value in enumerate(values)]
    path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    mapping = parse_mapping(
        f"source: {name}\ncolumns: {{case: zaak, activity: gebeurtenis, time: tijdstip{columns}}}"
    )
    return import_events(path, folder / "events", mapping)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "2", "30"], "other_type"),
        (["wacht", "gesprek", "klaar"], "other_values"),
        (["open", "wacht", "klaar"], ""),
        (["wacht", "wacht", "wacht"], ""),
    ],
)
def test_one_name_for_two_things_is_said_with_the_next_move(tmp_path, values, kind):
    assert not any(":" in note for note in brought(tmp_path, "zaken", ["open", "dicht", "open"]).report.notes)
    result = brought(tmp_path, "telefonie", values)
    assert [note for note in result.report.notes if note.startswith("other_")] == (
        [f"{kind}:status"] if kind else []
    )
    for language in ("nl", "en") if kind else ():
        assert any("`columns: {telefonie_status: status}`" in line for line in result.report.lines(language))


def test_a_name_of_its_own_keeps_them_apart(tmp_path):
    brought(tmp_path, "zaken", ["open", "dicht", "open"])
    result = brought(tmp_path, "telefonie", ["1", "2", "30"], ", telefonie_status: status")
    assert not any(note.startswith("other_") for note in result.report.notes)
    types = {each.name: each.type for each in result.store.type().own_attributes}
    assert types == {"status": "category", "telefonie_status": "number"}
