"""What a change would touch, told before it is made; then saved, or gone back to with what was typed."""

import re
import shutil

import pytest


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up before anything of it is imported."""


HOUR_TO_MINUTE = {
    "f.norms.0.limit": "1 hour",
    "f.norms.0.share": "99%",
    "f.norms.1.since": "2026-11-14",
    "f.norms.1.limit": "1 minute",
    "f.norms.1.share": "99%",
}


@pytest.fixture(scope="module")
def belmij(folder):
    """Belmij as it was when it promised its confirmation within an hour, with 1,500 orders."""
    from ketenreis.events.importing import import_events
    from ketenreis.events.mapping import read_mapping
    from ketenreis.examples import mapping_file, model_folder, write_raw
    from ketenreis.web import shelf

    target = folder / "belmij-raakt"
    shutil.copytree(model_folder("belmij"), target / "model")
    file = target / "model" / "requirements.yaml"
    kept = [line for line in file.read_text("utf-8").splitlines() if "limit: 1 minute" not in line]
    file.write_text("\n".join(kept), "utf-8")
    (path,) = write_raw("belmij", target, 1_500, 3)
    import_events(path, target / "events", read_mapping(mapping_file("belmij")))
    yield shelf.workspace("belmij-raakt")
    shutil.rmtree(target)


def hidden(page, number):
    """What the form of that number on the page of consequences sends."""
    form = re.findall(r"<form method=\"post\" action=\"([^\"]*)\">(.*?)</form>", page, re.DOTALL)[number]
    fields = re.findall(r'name="([^"]*)" value="([^"]*)"', form[1])
    return form[0], {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def test_what_it_would_touch_is_told_without_saving_and_then_saved_or_gone_back_to(workspace, client):
    from ketenreis.web.changes import keeping

    before = keeping.now(workspace)
    there = f"/{workspace.id}/e/kijken-binnen-een-week/"
    posted = {"do": "save", "seen": before.change, "weigh": "1", "f.name": "Kijken, snel"}
    posted |= {"f.norms.0.limit": "2 days", "f.norms.0.share": "95%"}
    page = client.post(there, posted, follow=True).content.decode()
    assert keeping.now(workspace) == before
    for said in ("Wijkmeester", "Oordeel", "Buurtbewoner", "Boom melden", "komt van", "Kijken, snel"):
        assert said in page
    assert "Koppelingen te controleren: 1" in page
    assert "normen: was grens: 7 dagen, is nu grens: 2 dagen" in page, "what is the same in both is not told"
    address, fields = hidden(page, 1)
    again = client.post(address, fields).content.decode()
    assert keeping.now(workspace) == before
    assert 'value="2 dagen"' in again
    assert 'value="Kijken, snel"' in again
    address, fields = hidden(page, 0)
    client.post(address, fields)
    ctq = keeping.now(workspace).model["kijken-binnen-een-week"]
    assert ctq.name == "Kijken, snel"
    assert ctq.get("norms")[0]["limit"].in_words("nl") == "2 dagen"


def test_a_name_touches_nobody_and_a_removal_says_what_hangs_on_it(workspace, client):
    from ketenreis.web.changes import keeping

    there = f"/{workspace.id}/e/oordeel/"
    note = {"do": "save", "seen": keeping.now(workspace).change, "weigh": "1", "f.note": "Let op"}
    assert "Geen ander onderdeel" in client.post(there, note, follow=True).content.decode()
    page = client.post(there, {"do": "remove", "weigh": "1"}, follow=True).content.decode()
    assert "“Oordeel” draagt bij aan “Kijken binnen een week”" in page, "by its name, though it would be gone"
    assert "oordeel" in keeping.now(workspace).model


def test_a_pasted_sheet_is_weighed_as_one_bundle(workspace, client):
    from ketenreis.web.changes import keeping

    before = keeping.now(workspace)
    posted = {"do": "accept", "name": "Kappen", "text": "Activiteit\tRol\nZagen\tWijkmeester\n", "weigh": "1"}
    page = client.post(f"/{workspace.id}/bring/process/", posted, follow=True).content.decode()
    assert "wijzigingen samen" in page
    assert "Zagen" in page
    assert keeping.now(workspace) == before


def test_belmijs_minute_tells_the_figures_that_its_events_give(belmij, client):
    import csv
    import time
    from datetime import datetime

    posted = {"do": "save", "weigh": "1", **HOUR_TO_MINUTE}
    answer = client.post(f"/{belmij.id}/e/bevestiging-op-tijd/", posted)
    for _ in range(100):
        page = client.get(answer["Location"]).content.decode()
        if "notice working" not in page:
            break
        time.sleep(0.2)
    orders = {}
    (path,) = (file for file in belmij.folder.iterdir() if file.suffix == ".csv")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            at = datetime.fromisoformat(row["tijdstip"])
            orders.setdefault(row["ordernummer"], {}).setdefault(row["gebeurtenis"], at)
    took = [
        (order["Bevestiging verstuurd"] - order["Betaling gedaan"]).total_seconds()
        for order in orders.values()
        if {"Bevestiging verstuurd", "Betaling gedaan"} <= order.keys()
    ]
    hurt = sum(60 < each <= 3600 for each in took)
    assert f"Nu gehaald en dan gemist: {hurt}" in page
    assert "Koppelingen te controleren: 3" in page
    assert "Operations" in page
    assert "Communicatie" in page
    assert "Per jaar gaat het om" in page


@pytest.mark.browser
@pytest.mark.parametrize(("size", "language"), [("desktop", "nl"), ("phone", "en")])
def test_a_form_in_the_panel_asks_goes_back_and_saves_with_the_keyboard(
    opened, keeps_out, workspace, size, language
):
    from ketenreis.web.changes import keeping

    ask, back = (
        ("What would this touch?", "Back to the form")
        if language == "en"
        else ("Wat raakt dit?", "Terug naar het formulier")
    )
    page = opened(f"/{workspace.id}/e/oordeel/", size, language, bypass_csp=True)
    page.locator("input[name='f.name']").fill("Uitslag")
    page.get_by_role("button", name=ask).first.press("Enter")
    page.get_by_role("button", name=back).wait_for()
    assert keeping.now(workspace).model.name("oordeel") == "Oordeel"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert keeps_out(page) == []
    page.get_by_role("button", name=back).press("Enter")
    page.locator("input[name='f.name']").wait_for()
    assert page.locator("input[name='f.name']").input_value() == "Uitslag"
    page.get_by_role("button", name=ask).first.press("Enter")
    page.get_by_role("button", name="Save" if language == "en" else "Bewaren").press("Enter")
    page.get_by_role("heading", level=1, name="Uitslag").wait_for()
    assert keeping.now(workspace).model.name("oordeel") == "Uitslag"


def test_adding_relating_and_moving_are_asked_too_before_they_are_made(workspace, client):
    from ketenreis.web.changes import keeping

    before = keeping.now(workspace)
    there, home = f"/{workspace.id}/e/oordeel/", f"/{workspace.id}/journeys/"
    serves = {"do": "unrelate", "relation": "serves", "target": "kijken-binnen-een-week", "weigh": "1"}
    page = client.post(there, serves, follow=True, HTTP_REFERER=f"http://localhost{home}").content.decode()
    assert "Kijken binnen een week" in page
    assert f'href="{home}">Terug, niet bewaren' in page
    in_place = client.post(there, serves, headers={"HX-Request": "true"})
    assert (in_place.status_code, in_place["HX-Redirect"][: len(workspace.id) + 9]) == (
        204,
        f"/{workspace.id}/impact/",
    )
    assert keeping.now(workspace) == before


def test_whoever_wants_to_sees_of_every_change_on_any_page_first_what_it_would_touch(workspace, client):
    from ketenreis.web.changes import keeping

    before = keeping.now(workspace)
    client.post(f"/{workspace.id}/impact/always", {"on": "1"})
    bar = "Bij elke wijziging zie je eerst wat zij raakt"
    assert bar in client.get(f"/{workspace.id}/journeys/").content.decode()
    page = client.post(f"/{workspace.id}/journeys/", {"name": "Verhuizen"}, follow=True).content.decode()
    assert "Wat raakt dit?" in page
    assert "Verhuizen" in page
    assert keeping.now(workspace) == before
    address, fields = hidden(page, 0)
    client.post(address, fields)
    after = keeping.now(workspace)
    assert "Verhuizen" in {one.name for one in after.model.of_kind("journey")}
    page = client.post(f"/{workspace.id}/history/{after.change}/undo", follow=True).content.decode()
    assert "− klantreis “Verhuizen”" in re.sub("<[^>]*>", "", page)
    drawn = client.get(f"/{workspace.id}/processes/bomen/file.bpmn").content.decode()
    sent = {"xml": drawn.replace('name="Inspectie"', 'name="Schouw"'), "seen": after.change}
    board = f"/{workspace.id}/processes/bomen/diagram"
    asked = client.post(board, sent, headers={"accept": "application/json"}).json()["goes"]
    assert keeping.now(workspace).model["bomen"].get("bpmn") is None, (
        "a drawing is no change before it was saved"
    )
    page = client.get(asked).content.decode()
    assert "activiteit “Schouw”" in re.sub("<[^>]*>", "", page)
    address, fields = hidden(page, 1)
    assert "Schouw" in client.post(address, fields).content.decode(), "back on the board, with what was drawn"
    address, fields = hidden(page, 0)
    client.post(address, fields)
    assert "Schouw" in {one.name for one in keeping.now(workspace).model.of_kind("activity")}
    client.post(f"/{workspace.id}/impact/always", {"on": "0"})
    assert bar not in client.get(f"/{workspace.id}/journeys/").content.decode()
    client.post(f"/{workspace.id}/history/{after.change}/undo")
    assert "Verhuizen" not in {one.name for one in keeping.now(workspace).model.of_kind("journey")}
