import json
import shutil

import pytest

OLD = """
organisation: {id: o, name: Belmij, language: nl}
journeys:
- id: j
  name: Reis
  steps:
  - {id: a, name: Kiezen}
  - {id: b, name: Betalen, wishes: [{id: w, text: Snel weten, leads_to: [c]}]}
  - {id: d, name: Wachten}
ctqs:
- {id: c, name: Op tijd, measure: {pattern: at_most, event: t}, norms: [{limit: 1 , share: 99%}]}
processes:
- id: p
  activities: [{id: t, name: Sturen, stage: onstage, serves: [c]}]
"""


@pytest.fixture
def models(tmp_path):
    def write(name, text):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.yaml").write_text(text)
        return tmp_path / name

    new = OLD.replace("limit: 1 , share: 99%", "limit: 0, share: 99.5%").replace("leads_to: [c]", "rank: 1")
    new = new.replace("  - {id: d, name: Wachten}\n", "").replace(
        "  - {id: a,", "  - {id: e, name: Vragen}\n  - {id: a,"
    )
    return write("old", OLD), write("new", new)


def test_diff_says_each_difference_in_a_sentence_and_how_much_stayed(ketenreis, models):
    answer = ketenreis("diff", *models)
    assert answer.status == 0
    assert answer.out.splitlines() == [
        "− “Snel weten” leidt tot “Op tijd”: koppeling weggehaald  [w:leads_to:c]",
        "+ stap “Vragen” is toegevoegd in klantreis “Reis”  [e]",
        "− stap “Wachten” is weggehaald in klantreis “Reis”  [d]",
        "~ wens “Snel weten”, rang: was –, is nu 1  [w]",
        "~ kwaliteitseis (CTQ) “Op tijd”, normen: was grens: 1, deel: 99%, is nu grens: 0, deel: 99,5%  [c]",
    ]
    assert "1 toegevoegd, 2 weggehaald, 0 verplaatst, 2 gewijzigd; 66,7% van de 9 onderdelen" in answer.err


def test_diff_as_json_holds_the_same_with_values(ketenreis, models):
    found = json.loads(ketenreis("diff", *models, "--json", "--language", "en").out)
    assert [(one["change"], one["id"]) for one in found] == [
        ("removed", "w"),
        ("added", "e"),
        ("removed", "d"),
        ("changed", "w"),
        ("changed", "c"),
    ]
    assert found[4]["after"] == [{"record": {"limit": {"number": "0"}, "share": {"share": "99.5%"}}}]
    assert found[1]["sentence"] == "step “Vragen” was added in journey “Reis”"


def test_diff_of_labels_says_how_far_two_people_agree_and_where_not(ketenreis, tmp_path):
    def labelled(name, *values):
        rows = (f"{{id: a{n}, name: Werk {n}, value: {value}}}" for n, value in enumerate(values))
        text = f"organisation: {{id: o, name: O}}\nprocesses: [{{id: p, activities: [{', '.join(rows)}]}}]"
        (tmp_path / name).write_text(text)
        return tmp_path / name

    one = labelled("anna.yaml", "adding", "adding", "waste", "waste", "adding")
    other = labelled("bart.yaml", "adding", "adding", "waste", "adding", "adding")
    # four of five alike; by chance 3/5 of 4/5 and 2/5 of 1/5, which is 14/25
    said = ketenreis("diff", one, other, "--labels", "--language", "nl").out
    assert "80,0%" in said
    assert "n = 5" in said
    assert said.splitlines()[-1] == "  Werk 3  [a3]"
    (found,) = json.loads(ketenreis("diff", one, other, "--labels", "--json").out)
    assert (found["field"], found["n"], found["observed"], found["differing"]) == ("value", 5, 0.8, ["a3"])
    assert (found["expected"], found["kappa"]) == (
        pytest.approx(14 / 25),
        pytest.approx((0.8 - 14 / 25) / (1 - 14 / 25)),
    )


def test_diff_of_the_same_is_nothing(ketenreis, models):
    answer = ketenreis("diff", models[0], models[0])
    assert (answer.status, answer.out) == (0, "")
    assert "Beide zeggen hetzelfde." in answer.err


def test_diff_of_a_text_that_is_not_understood_says_so(ketenreis, models, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("ctqs: [")
    answer = ketenreis("diff", models[0], bad)
    assert answer.status == 2
    assert "bad.yaml" in answer.err


def test_impact_says_whom_a_change_touches_and_asks_for_a_new_look(ketenreis, tmp_path):
    old, new = tmp_path / "old.yaml", tmp_path / "new" / "new.yaml"
    new.parent.mkdir()
    old.write_text(OLD)
    new.write_text(OLD.replace("99%", "99.5%"))
    answer = ketenreis("impact", old, new)
    assert answer.status == 1
    assert answer.out.splitlines() == [
        "Wat wijzigt",
        "  kwaliteitseis (CTQ) “Op tijd”  [c]",
        "Wie het merkt: richting de klant",
        "  zonder eigenaar",
        "    klantreis: “Op tijd” komt van “Snel weten”, in “Betalen”, in “Reis”  [j]",
        "    stap: “Op tijd” komt van “Snel weten”, in “Betalen”  [b]",
        "    wens: “Op tijd” komt van “Snel weten”  [w]",
        "Wie het anders moet doen: richting het werk",
        "  zonder eigenaar",
        "    activiteit: “Op tijd” waargemaakt door “Sturen”  [t]",
        "Koppelingen die een nieuwe blik vragen",
        "  ! “Sturen” draagt bij aan “Op tijd” (te bekijken, maar zonder eigenaar)  [t:serves:c]",
        "      Op tijd, normen: deel: 99% → deel: 99,5%",
    ]
    assert f"ketenreis confirm {new} t:serves:c" in answer.err
    assert ketenreis("confirm", new, "t:serves:c").status == 0
    again = ketenreis("impact", old, new)
    assert again.status == 0
    assert "✓ “Sturen” draagt bij aan “Op tijd” (bevestigd zoals zij nu is)" in again.out


def test_impact_of_a_new_name_is_nothing(ketenreis, tmp_path):
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(OLD)
    new.write_text(OLD.replace("Kiezen", "Uitkiezen"))
    answer = ketenreis("impact", old, new)
    assert (answer.status, answer.out) == (0, "")


def test_impact_with_events_says_what_past_cases_say_and_json_holds_the_same(ketenreis, belmij, tmp_path):
    new = tmp_path / "model"
    shutil.copytree(belmij.model, new)
    file = new / "requirements.yaml"
    text = file.read_text(encoding="utf-8")
    assert "limit: 1 minute" in text
    file.write_text(text.replace("limit: 1 minute", "limit: 20 seconds"), encoding="utf-8")
    answer = ketenreis("impact", belmij.model, new, "--events", belmij.store)
    assert answer.status == 1
    assert "Wat de gebeurtenissen van nu zeggen" in answer.out
    assert "Gehaald: nu" in answer.out
    found = json.loads(ketenreis("impact", belmij.model, new, "--events", belmij.store, "--json").out)
    (one,) = found["requirements"]
    assert one["ctq"] == "bevestiging-op-tijd"
    assert one["now"]["fulfilled"] - one["hurt"] == one["then"]["fulfilled"] > 0
    assert one["hurt"] > 0
    assert one["gained"] == 0
    assert found["relations"][0]["reviewed"] is False


def test_measure_finds_the_events_of_the_workspace(ketenreis, belmij, tmp_path):
    shutil.copytree(belmij.model, tmp_path / "model")
    shutil.copytree(belmij.store, tmp_path / "events")
    for named in (tmp_path, tmp_path / "model"):
        answer = ketenreis("measure", named, "--ctq", "bevestiging-op-tijd", "--json")
        assert json.loads(answer.out)[0]["ctq"] == "bevestiging-op-tijd"


def test_check_names_a_confirmed_relation_that_changed_since(ketenreis, tmp_path):
    model = tmp_path / "model.yaml"
    model.write_text(OLD)
    assert ketenreis("confirm", model, "--all").status == 0
    assert "relation_suspect" not in ketenreis("check", model).out
    model.write_text(OLD.replace("99%", "99.5%").replace("Kiezen", "Uitkiezen"))
    answer = ketenreis("check", model)
    assert answer.status == 1
    assert answer.out.count("[relation_suspect]") == 1
    assert "Wat “Op tijd” zegt, is veranderd sinds de koppeling met “Sturen” is bevestigd." in answer.out
    told = "Op tijd, normen: deel: 99% → deel: 99,5%"
    assert answer.out.count(told) == 1
    assert told in ketenreis("confirm", model).out
    assert [row["since"] for row in json.loads(ketenreis("confirm", model, "--json").out)] == [[told]]
    kept = (tmp_path / "confirmed.yaml").read_text().splitlines()
    begun_before = [line for line in kept if not line.startswith("   ") and line != "  said:"]
    (tmp_path / "confirmed.yaml").write_text("\n".join(begun_before))
    assert "is niet bewaard" in ketenreis("confirm", model).out
    (tmp_path / "confirmed.yaml").write_text("confirmed: {}")
    assert ketenreis("check", model).status == 2
