"""Readiness, deviations and contacts in the browser: what the library finds stands on the page, for everybody."""

import shutil
from io import BytesIO

import pytest

from ketenreis.examples import mapping_files, model_folder, write_raw
from ketenreis.render.lettering import wrapped


@pytest.fixture(scope="module")
def parcels(folder, tmp_path_factory):
    """The folder of Snelpak with the events of 800 parcels."""
    from ketenreis.events.importing import import_events
    from ketenreis.events.mapping import read_mapping

    made = tmp_path_factory.mktemp("snelpak")
    for path, mapping in zip(write_raw("snelpak", made, 800, 1), mapping_files("snelpak"), strict=True):
        import_events(path, made / "events", read_mapping(mapping))
    name = "pakketjes"
    shutil.copytree(model_folder("snelpak"), folder / name / "model")
    shutil.copytree(made / "events", folder / name / "events")
    yield name
    shutil.rmtree(folder / name)


def counted(parcels):
    """Waits until what pages ask of the events is known."""
    from ketenreis.web import shelf
    from ketenreis.web.changes import keeping
    from ketenreis.web.figures import figures
    from ketenreis.web.walks import walks

    here = shelf.workspace(parcels)
    model = keeping.now(here).model
    assert figures(here, model, wait=60).state == "ready"
    return model, walks(here, model, wait=60)


def test_the_page_of_a_chain_says_what_lacks_and_what_stands_on_quicksand(client, parcels):
    counted(parcels)
    said = client.get(f"/{parcels}/readiness/pakket-bezorgen/").content.decode()
    assert "nog niet op orde" in said
    assert "De keten heeft geen eigenaar." in said
    assert "geen succescriterium" in said
    assert "Op drijfzand: “Verrassingskaartje bij het pakket”" in said
    assert client.get(f"/{parcels}/readiness/nergens/").status_code == 404
    its_own = client.get(f"/{parcels}/initiatives/verrassingskaartje/").content.decode()
    assert "Op drijfzand: “Verrassingskaartje bij het pakket”" in its_own
    assert client.get(f"/{parcels}/readiness/pakket-bezorgen/slide.pptx").content[:2] == b"PK"
    assert "pakket-bezorgen/meeting" in client.get(f"/{parcels}/readiness/").content.decode()


def test_quicksand_stands_among_the_findings_and_is_put_aside_there(client, parcels):
    from ketenreis.reports.readied import sand_in_words, sands
    from ketenreis.reports.words import Words, current_day
    from ketenreis.web import shelf
    from ketenreis.web.changes import keeping
    from ketenreis.web.figures import figures

    model, _ = counted(parcels)
    here = shelf.workspace(parcels)
    before = keeping.now(here).change
    report = figures(here, model, wait=60).report
    (sand,) = sands(model, report, current_day(model))
    inbox = f"/{parcels}/findings/"
    card, title = f'id="finding-{sand.fingerprint}"', "Op drijfzand: “Verrassingskaartje bij het pakket”"
    said = client.get(inbox).content.decode()
    assert card in said
    assert all(
        f"<li>{text}</li>" in said for text in sand_in_words(sand, Words.of("nl", model, "delivery"))[1:-1]
    )
    client.post(f"{inbox}dismiss", {"fingerprint": sand.fingerprint, "reason": "Kost niets"})
    pages = (
        "readiness/pakket-bezorgen/",
        "readiness/pakket-bezorgen/meeting/",
        "initiatives/verrassingskaartje/",
    )
    assert card not in client.get(inbox).content.decode()
    assert not any(title in client.get(f"/{parcels}/{path}").content.decode() for path in pages)
    client.post(f"/{parcels}/e/verrassingskaartje/", {"do": "save", "f.name": "Kaartje"})
    assert card not in client.get(inbox).content.decode(), "another name is no other fact"
    owner = {"do": "relate", "relation": "owned_by", "target": model.of_kind("role")[0].id}
    client.post(f"/{parcels}/e/pakket-bezorgen/", owner)
    assert counted(parcels)
    assert card in client.get(inbox).content.decode(), "the chain has an owner now: other facts"
    assert all(
        "Op drijfzand: “Kaartje”" in client.get(f"/{parcels}/{path}").content.decode() for path in pages
    )
    client.post(f"{inbox}back", {"fingerprint": sand.fingerprint})
    keeping.restore(here, before)


def holds(shape):
    """Whether a box holds its text, in our own letters: 96 pixels are 72 points, and a pixel is 9,525 units."""
    size = shape.text_frame.paragraphs[0].runs[0].font.size.pt * 96 / 72
    weight = 600 if shape.text_frame.paragraphs[0].runs[0].font.bold else 400
    within = shape.width / 9_525 - 19.2
    rows = [wrapped(each.text, within, size, weight) for each in shape.text_frame.paragraphs]
    return (
        sum(len(some) * 1.2 * size for some in rows) + 8 * (len(rows) - 1) + 9.6 <= shape.height / 9_525 + 1
    )


def test_the_meeting_and_its_slide_count_the_cases_of_their_quarter(client, parcels):
    from ketenreis.analysis.chain_scope import scope
    from ketenreis.reports.meeting import quarters, turned
    from ketenreis.web import shelf
    from ketenreis.web.figures import figures

    model, _ = counted(parcels)
    report = figures(shelf.workspace(parcels), model, wait=60).report
    there = f"/{parcels}/readiness/pakket-bezorgen"
    for quarter in ("2026-Q1", "2026-Q2"):
        slide = client.get(f"{there}/slide.pptx?period={quarter}").content
        (only,) = pytest.importorskip("pptx").Presentation(BytesIO(slide)).slides
        said = " ".join(shape.text_frame.text for shape in only.shapes)
        assert all(map(holds, only.shapes))
        page = client.get(f"{there}/meeting/?period={quarter}").content.decode()
        (one,) = turned(report, [model["in-het-tijdvak"]], quarter)
        assert f"n = {one.now.judged}" in page
        assert f"n = {one.now.judged}" in said
        assert f"· {quarter}" in said
    assert "2026-Q1</th>" in page
    first = min(quarters(report))
    page = client.get(f"{there}/meeting/?period={first}").content.decode()
    mine = turned(report, scope(model, "pakket-bezorgen").requirements, first)
    unsaid = [one for one in mine if one.verdict.standing == "cannot_say" and one.measured.reason is None]
    assert page.count("In dit kwartaal") == len(unsaid) > 0
    assert client.get(f"{there}/meeting/?period=1999-Q1").status_code == 200


def test_the_figures_of_deviations_and_contacts_on_pages_are_those_of_the_library(client, parcels):
    _, walked = counted(parcels)
    found = walked.of("pakket-ontvangen")
    said = client.get(f"/{parcels}/deviations/pakket-ontvangen/").content.decode()
    share = f"{100 * found.types['failure'].share:.1f}%".replace(".", ",")
    assert share in said
    assert "mislukt contactmoment" in said
    board = client.get(f"/{parcels}/blueprint/pakket-ontvangen/?show=deviations").content.decode()
    late = found.place("morgenbericht").rates["irregular"]
    assert f"andere volgorde: {late.cases} (" in board
    assert "andere volgorde" not in client.get(f"/{parcels}/blueprint/pakket-ontvangen/").content.decode()
    price = walked.contacts["delivery"]
    page = client.get(f"/{parcels}/contacts/").content.decode()
    assert f"{price.contacts} contacten" in page
    one = price.attributed[0].ctq
    assert one.name in page
    assert "Contacten bij deze eis" in client.get(f"/{parcels}/measures/{one.id}/").content.decode()


def test_minutes_are_written_into_the_model_with_their_action(client, workspace):
    from ketenreis.web.changes import keeping

    client.post(f"/{workspace.id}/chains/", {"name": "Bomen", "need": "veilig", "fulfilment": "klaar"})
    (chain,) = keeping.now(workspace).model.of_kind("chain")
    there = f"/{workspace.id}/readiness/{chain.id}/meeting/"
    assert client.get(there).status_code == 200
    said = {"do": "add", "kind": "meeting", "back": there, "title": "Overleg", "f.period": "2026-Q4", "f.date": "2026-11-20",
            "f.notes": "Wij begonnen met de klant.", "f.decisions": "Eerst de basis"}  # fmt: skip
    assert client.post(f"/{workspace.id}/e/{chain.id}/", said).status_code in (200, 302)
    (held,) = keeping.now(workspace).model.children(chain.id, "meeting")
    assert (held.get("period"), held.get("notes"), held.get("decisions")) == (
        "2026-Q4",
        "Wij begonnen met de klant.",
        ("Eerst de basis",),
    )
    client.post(
        f"/{workspace.id}/e/{held.id}/",
        {
            "do": "add",
            "kind": "action",
            "back": there,
            "title": "Bel de wijk",
            "f.due": "2026-12-01",
            "to.owned_by": "wijkmeester",
        },
    )
    page = client.get(there).content.decode()
    assert "Bel de wijk, Wijkmeester" in page
    assert "Eerst de basis" in page


PAGES = (
    "readiness/",
    "readiness/pakket-bezorgen/",
    "readiness/pakket-bezorgen/meeting/",
    "deviations/pakket-ontvangen/",
    "contacts/",
    "blueprint/pakket-ontvangen/?show=deviations",
)


@pytest.mark.browser
@pytest.mark.parametrize(("size", "language"), [("desktop", "nl"), ("phone", "en")])
def test_nothing_keeps_people_out_and_nothing_falls_off_the_screen(
    opened, keeps_out, parcels, size, language
):
    page = opened(f"/{parcels}/{PAGES[0]}", size, language, bypass_csp=True)
    for path in PAGES:
        page.goto(f"/{parcels}/{path}")
        page.locator(".notice.working").wait_for(state="detached", timeout=60_000)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert keeps_out(page) == [], path
