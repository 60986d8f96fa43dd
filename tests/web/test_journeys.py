"""One journey: the ways between its steps, the journeys in it, and what each thing on it rests on; without a browser."""

import re
from datetime import UTC, datetime, timedelta

import pytest


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up before anything of it is imported."""


def act(client, workspace, element, **posted):
    return client.post(f"/{workspace.id}/e/{element}/", posted)


def page(client, workspace, path):
    return client.get(f"/{workspace.id}/{path}").content.decode()


def card(said, step):
    """The card of one step on the page of its journey."""
    return re.search(rf'<li class="step[^"]*" id="{step}".*?\n</li>', said, re.DOTALL).group()


def test_a_way_that_branches_is_told_at_both_ends_and_on_the_blueprint(client, workspace):
    act(client, workspace, "zien", do="relate", relation="next", target="bellen")
    act(client, workspace, "zien", do="relate", relation="next", target="afwachten", **{"r.path": "branch"})
    said = page(client, workspace, "journeys/boom-melden/")
    assert "aftakking" in card(said, "afwachten").partition("<h3>")[0]
    assert "aftakking" not in card(said, "bellen")
    ways = card(said, "zien").partition("Daarna")[2]
    assert re.findall(r'→ <a href="#(\w+)">[^<]*</a>(?: <small>(\w+)</small>)?', ways) == [
        ("bellen", ""),
        ("afwachten", "aftakking"),
    ]
    board = page(client, workspace, "blueprint/boom-melden/")
    head = re.search(r'<th[^>]*data-step="afwachten".*?</th>', board, re.DOTALL).group()
    assert "aftakking" in head
    assert "aftakking naar Afwachten" in board


def test_a_journey_stands_in_another_and_can_be_put_elsewhere(client, workspace):
    act(client, workspace, "boom-melden", do="add", kind="journey", title="Bellen van dichtbij")
    assert (
        "Bellen van dichtbij"
        in page(client, workspace, "journeys/boom-melden/").partition("Reizen in deze reis")[2]
    )
    inner = page(client, workspace, "journeys/bellen-van-dichtbij/")
    assert "/journeys/boom-melden/" in inner.partition("</h1>")[0].partition("kicker")[2]
    act(client, workspace, "bellen-van-dichtbij", do="move", to="bos")
    assert (
        "/journeys/boom-melden/"
        not in page(client, workspace, "journeys/bellen-van-dichtbij/")
        .partition("</h1>")[0]
        .partition("kicker")[2]
    )


def test_a_journey_is_not_offered_a_place_inside_itself(client, workspace):
    act(client, workspace, "boom-melden", do="add", kind="journey", title="Binnen")
    act(client, workspace, "bos", do="add", kind="journey", title="Elders")
    choices = (
        page(client, workspace, "journeys/boom-melden/").partition('id="home"')[2].partition("</select>")[0]
    )
    assert set(re.findall(r'value="([\w-]+)"', choices)) == {"bos", "elders"}


def marks(said):
    """What each thing on the page rests on, by its id."""
    found = {}
    for name, inside in re.findall(
        r'<li (?:class="step[^"]*" )?id="([\w-]+)"[^>]*>(.*?)</(?:h3|li)>', said, re.DOTALL
    ):
        rests = re.search(r'class="basis (\w+)"', inside)
        if rests:
            found[name] = rests.group(1)
    return found


def test_everything_on_a_journey_says_what_it_rests_on(client, workspace):
    found = marks(page(client, workspace, "journeys/boom-melden/"))
    assert found == dict.fromkeys(
        ("zien", "bellen", "telefoontje", "wanneer", "snel", "afwachten"), "assumed"
    )
    act(
        client,
        workspace,
        "bos",
        do="add",
        kind="signal",
        title="Drie bewoners belden hierover",
        **{"to.about": "bellen"},
    )
    found = marks(page(client, workspace, "journeys/boom-melden/"))
    assert {name for name, basis in found.items() if basis == "observed"} == {"bellen", "wanneer", "snel"}


def test_only_events_make_something_measured(client, workspace):
    from ketenreis.events.importing import import_events
    from ketenreis.events.mapping import parse_mapping

    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    rows = ["melding;activiteit;tijd"]
    for number in range(4):
        rows.append(f"m{number};telefoontje;{start + timedelta(days=number):%Y-%m-%dT%H:%M:%SZ}")
        rows.append(f"m{number};inspectie;{start + timedelta(days=number + 2):%Y-%m-%dT%H:%M:%SZ}")
    file = workspace.folder / "meldingen.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    mapping = "source: meldingen\nobject: melding\ncolumns: {case: melding, activity: activiteit, time: tijd}\nlabels: {telefoontje: telefoontje, inspectie: inspectie}\n"
    import_events(file, workspace.events, parse_mapping(mapping))
    for _ in range(40):
        said = page(client, workspace, "journeys/boom-melden/")
        if "gemeten…" not in said:
            break
    assert {name for name, basis in marks(said).items() if basis == "measured"} == {"telefoontje"}


def in_phase(workspace, phase):
    from ketenreis.web.changes import keeping

    return [step.id for step in keeping.now(workspace).model.children(phase, "step")]


def test_a_step_goes_on_into_the_next_phase_and_back(client, workspace):
    act(client, workspace, "bellen", do="move", by="later")
    assert (in_phase(workspace, "melden"), in_phase(workspace, "wachten")) == (
        ["zien"],
        ["bellen", "afwachten"],
    )
    act(client, workspace, "bellen", do="move", by="earlier")
    assert in_phase(workspace, "melden") == ["zien", "bellen"]
    act(client, workspace, "afwachten", do="move", by="later")
    act(client, workspace, "zien", do="move", by="earlier")
    assert (in_phase(workspace, "melden"), in_phase(workspace, "wachten")) == (
        ["zien", "bellen"],
        ["afwachten"],
    )


def test_a_step_is_put_before_another_in_another_phase(client, workspace):
    act(client, workspace, "zien", do="move", to="wachten", before="afwachten")
    assert in_phase(workspace, "wachten") == ["zien", "afwachten"]
    act(client, workspace, "bellen", do="move", to="wachten", before="")
    assert in_phase(workspace, "wachten") == ["zien", "afwachten", "bellen"]


def test_a_wish_becomes_a_requirement_at_once(client, workspace):
    from ketenreis.web.changes import keeping

    act(client, workspace, "afwachten", do="add", kind="wish", title="Ik wil weten wanneer")
    assert "Maak er een eis van: Ik wil weten wanneer" in page(client, workspace, "journeys/boom-melden/")
    client.post(f"/{workspace.id}/measures/new", {"wish": "ik-wil-weten-wanneer"})
    (ctq,) = keeping.now(workspace).model.targets("ik-wil-weten-wanneer", "leads_to")
    assert ctq.kind == "ctq"
