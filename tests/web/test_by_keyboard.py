"""Each thing a visitor can do, from the first key to the last, with the keyboard alone."""

import re
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.browser

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
FOCUSED = """() => { const one = document.activeElement
  return (one.getAttribute('aria-label') || one.labels?.[0]?.innerText || one.innerText || one.value || '').trim() }"""


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up before anything of it is imported."""


def tab_to(page, name, most=150):
    """Presses Tab until what has focus is called so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if name in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"Tab does not reach {name!r}")


def export(folder):
    """Ten reports of trees, six of them looked at within a week."""
    rows = ["melding;activiteit;tijd"]
    for number, days in enumerate((1, 2, 3, 4, 5, 6, 8, 9, 10, 20)):
        called = START + timedelta(days=number)
        rows.append(f"m{number};telefoontje;{called:%Y-%m-%dT%H:%M:%SZ}")
        rows.append(f"m{number};inspectie;{called + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}")
    file = folder / "meldingen.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


MAPPING = "source: meldingen\nobject: melding\ncolumns: {case: melding, activity: activiteit, time: tijd}\nlabels: {telefoontje: telefoontje, inspectie: inspectie}\n"


@pytest.fixture
def measured(workspace):
    """The workspace with its events."""
    from ketenreis.events.importing import import_events
    from ketenreis.events.mapping import parse_mapping

    import_events(export(workspace.folder), workspace.events, parse_mapping(MAPPING))
    return workspace


def test_the_tour_is_walked_from_begin_to_end(opened, workspace):
    page = opened(f"/{workspace.id}/tour/")
    tab_to(page, "Begin de rondleiding")
    for number in range(1, 8):
        page.keyboard.press("Enter")
        page.get_by_text(f"Rondleiding, {number} van 7").wait_for()
        tab_to(page, "Verder" if number < 7 else "Klaar")
    page.keyboard.press("Enter")
    page.locator("aside.tour").wait_for(state="detached")


def test_a_step_gets_a_branch_and_a_journey_a_journey_in_it(opened, workspace):
    from ketenreis.web.changes import keeping

    page = opened(f"/{workspace.id}/journeys/boom-melden/", language="en")
    tab_to(page, "Change what comes after Boom zien")
    page.keyboard.press("Enter")
    page.locator("#panel[open] #to-next").wait_for()
    assert page.evaluate("document.activeElement.id") == "to-next"
    page.keyboard.type("Afw")
    page.keyboard.press("Tab")
    page.keyboard.type("bra")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#afwachten .way").wait_for()
    page.locator("#panel:not([open])").wait_for(state="attached")
    (edge,) = keeping.now(workspace).model.out("zien", "next")
    assert (edge.target, edge.fields["path"]) == ("afwachten", "branch")
    tab_to(page, "New detail journey")
    page.keyboard.type("Bellen van dichtbij")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Bellen van dichtbij").wait_for()
    assert keeping.now(workspace).model["bellen-van-dichtbij"].parent == "boom-melden"


def test_a_card_lights_its_thread_and_the_table_opens(opened, workspace):
    page = opened(f"/{workspace.id}/blueprint/boom-melden/")
    tab_to(page, "Telefoontje")
    page.keyboard.press("Enter")
    page.locator(".blueprint .panel").wait_for()
    assert page.evaluate(FOCUSED) == "Telefoontje"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED) != "Telefoontje"
    page.locator("h1").evaluate("one => { one.tabIndex = -1; one.focus() }")
    tab_to(page, "Als tabel")
    page.keyboard.press("Enter")
    page.locator(".equal table").wait_for()
    tab_to(page, "Inspectie")
    page.keyboard.press("Enter")
    page.locator("#panel[open] form").nth(1).wait_for()


def test_on_a_phone_tab_walks_the_board_step_by_step(opened, workspace):
    page = opened(f"/{workspace.id}/blueprint/boom-melden/", "phone")
    page.locator(".blueprint .board").focus()
    columns = []
    while True:
        page.keyboard.press("Tab")
        column = page.evaluate(
            "document.activeElement.closest('.lanes td')?.className.match(/o(\\d+)/)?.[1] ?? null"
        )
        if column is None:
            break
        columns.append(int(column))
    assert len(columns) >= 3
    assert columns == sorted(columns)


def test_a_norm_is_changed_and_a_proposed_link_accepted(opened, workspace, client):
    from ketenreis.web.changes import keeping

    page = opened(f"/{workspace.id}/measures/kijken-binnen-een-week/edit/")
    tab_to(page, "Deel")
    page.keyboard.press("Control+a")
    page.keyboard.type("90%")
    page.keyboard.press("Enter")
    page.wait_for_url("**/measures/kijken-binnen-een-week/")
    (norm,) = keeping.now(workspace).model["kijken-binnen-een-week"].get("norms")
    assert str(norm["share"]) == "90%"
    client.post(
        f"/{workspace.id}/e/oordeel/",
        {"do": "unrelate", "relation": "serves", "target": "kijken-binnen-een-week"},
    )
    page.goto(f"/{workspace.id}/coverage/")
    tab_to(page, "draagt bij aan")
    page.keyboard.press("Space")
    tab_to(page, "Neem de aangevinkte over")
    page.keyboard.press("Enter")
    page.get_by_text("Voorgestelde koppelingen (0)").wait_for()
    assert keeping.now(workspace).model.sources("kijken-binnen-een-week", "serves")


def test_a_file_is_looked_at_brought_in_and_its_labels_get_a_meaning(opened, workspace, tmp_path):
    page = opened(f"/{workspace.id}/evidence/")
    tab_to(page, "Bestand")
    page.locator("#file").set_input_files(
        export(tmp_path)
    )  # the system's own window, which no test can type in
    tab_to(page, "Bekijk wat erin staat")
    page.keyboard.press("Enter")
    page.wait_for_url("**/evidence/file/**")
    tab_to(page, "Breng het in")
    page.keyboard.press("Enter")
    page.locator(".button", has_text="Wat betekent elk label?").wait_for(timeout=60_000)
    tab_to(page, "Wat betekent elk label?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/evidence/labels/")
    tab_to(page, "Bewaar deze betekenissen")
    page.keyboard.press("Enter")
    page.get_by_role("cell", name="Telefoontje").first.wait_for()


def test_a_limit_is_tried_and_the_calculation_opened(opened, measured):
    page = opened(f"/{measured.id}/measures/")
    page.locator(".notice.working").wait_for(state="detached", timeout=60_000)
    tab_to(page, "Kijken binnen een week")
    page.keyboard.press("Enter")
    page.wait_for_url("**/measures/kijken-binnen-een-week/")
    page.locator("#limit").wait_for(timeout=60_000)
    tab_to(page, "Toon de berekening")
    page.keyboard.press("Enter")
    assert page.locator("details[open] > summary", has_text="Toon de berekening").count()
    tab_to(page, "Grens")
    page.keyboard.press("Control+a")
    page.keyboard.type("9 days")
    page.keyboard.press("Enter")
    page.locator("#tried", has_text=re.compile("80(,0)?%")).wait_for()


def test_a_finding_is_put_aside(opened, workspace):
    page = opened(f"/{workspace.id}/findings/")
    tab_to(page, "Leg terzijde")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Besproken met het team")
    page.keyboard.press("Enter")
    page.get_by_text("Terzijde gelegd (1)").wait_for()


def test_a_change_is_taken_back(opened, workspace, client):
    from ketenreis.web.changes import keeping

    before = keeping.now(workspace).model
    client.post(f"/{workspace.id}/e/zien/", {"do": "save", "f.action": "Ziet de boom hangen"})
    page = opened(f"/{workspace.id}/history/")
    tab_to(page, "Terugdraaien")
    page.keyboard.press("Enter")
    page.locator(".history > li:nth-child(3)").wait_for()
    assert keeping.now(workspace).model == before
