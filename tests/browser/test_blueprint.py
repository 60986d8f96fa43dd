"""The blueprint in a real browser: for everybody, on a phone, on paper, and without a script."""

import io

import pytest

from ketenreis.examples import model_folder, overlay_file
from ketenreis.notation import read
from ketenreis.notation.overlay import overlay
from ketenreis.render.blueprint.document import blueprint_document
from ketenreis.render.blueprint.svg import blueprint_svg
from ketenreis.render.lettering import width
from ketenreis.reports.blueprint import board

pytestmark = pytest.mark.browser

DESKTOP, PHONE, SMALL = (1440, 900), (390, 844), (320, 640)
EXAMPLES = {"belmij": "telefoon-bestellen", "snelpak": "pakket-ontvangen"}


def boards():
    for name, subject in EXAMPLES.items():
        model = read(model_folder(name)).model
        yield f"{name}-nl", board(model, subject)
        yield f"{name}-en", board(overlay(model, overlay_file(name)).model, subject, language="en")
    yield "chain", board(read(model_folder("belmij")).model, "telefoon-leveren")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Every example as a file, and Belmij with a thread lit."""
    folder, made = tmp_path_factory.mktemp("blueprint"), {}
    for name, shown in boards():
        made[name] = folder / f"{name}.html"
        made[name].write_text(blueprint_document(shown), encoding="utf-8")
    made["lit"] = folder / "lit.html"
    lit = board(read(model_folder("belmij")).model, "telefoon-bestellen", suspect={"order-aannemen"})
    made["lit"].write_text(blueprint_document(lit, "bevestiging-op-tijd"), encoding="utf-8")
    return made


@pytest.fixture
def opened(shown, files):
    def open_at(name="belmij-nl", size=DESKTOP, place="", **special):
        return shown(files[name].as_uri() + place, size, **special)

    return open_at


CASES = [
    ("belmij-nl", DESKTOP, ""),
    ("belmij-nl", PHONE, "#draad-0"),
    ("snelpak-en", SMALL, ""),
    ("chain", DESKTOP, "#draad-1"),
    ("lit", DESKTOP, ""),
    ("lit", SMALL, ""),
]


@pytest.mark.parametrize(("name", "size", "place"), CASES)
def test_axe_finds_nothing_that_keeps_people_out(opened, axe, name, size, place):
    page = opened(name, size, place, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.evaluate(axe)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", tags)
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found["violations"]] == []
    assert len(found["passes"]) > 20


@pytest.mark.parametrize("name", ["belmij-nl", "snelpak-en", "chain", "lit"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALL], ids=["desktop", "phone", "small"])
def test_the_page_never_scrolls_sideways(opened, name, size):
    assert opened(name, size).evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_narrow_screen_shows_one_step_after_the_other_with_its_lanes(opened):
    page = opened(size=SMALL)
    tops = page.evaluate(
        """() => {
            const top = one => one.getBoundingClientRect().top
            return [...document.querySelectorAll('th.step')].map((head, n) => [top(head),
                ...[...document.querySelectorAll(`td[data-lane].o${n}:not(.empty)`)].map(top)])
        }"""
    )
    flat = [top for step in tops for top in step]
    assert flat == sorted(flat)
    assert len(tops) == 5
    wide = page.evaluate(
        "[...document.querySelectorAll('.lanes .card')].map(one => one.getBoundingClientRect().width)"
    )
    assert min(wide) > 250


def test_choosing_a_requirement_lights_its_thread_without_a_script(opened):
    page = opened(java_script_enabled=True)
    before = page.locator("#draad-0").is_visible()
    page.get_by_role("link", name="Bevestiging op tijd").first.click()
    colours = page.evaluate(
        "ids => ids.map(id => getComputedStyle(document.querySelector(`[data-id='${id}']`)).borderTopColor)",
        ["wens-gelukt", "order-aannemen", "betaling-verwerken", "verzamelen-en-verpakken"],
    )
    assert not before
    assert page.locator(".panel:target h2").inner_text() == "Bevestiging op tijd"
    assert colours[0] == colours[1] == colours[2] == "rgb(196, 18, 47)"
    assert colours[3] != colours[0]
    page.get_by_role("link", name="Draad loslaten").first.click()
    assert page.locator(".panel:target").count() == 0


def test_a_lit_thread_runs_from_card_to_card(opened):
    page = opened("lit")
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('.lanes .card.lit')].map(card =>
            [getComputedStyle(card, '::before').content, getComputedStyle(card, '::after').content])"""
    )
    assert drawn[0][1] == '""'
    assert drawn[-1] == ['""', "none"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_thread_makes_nothing_longer_than_it_is(opened, size):
    page = opened("lit", size)
    inside, shown = page.evaluate("(b => [b.scrollHeight, b.clientHeight])(document.querySelector('.board'))")
    assert inside <= shown + 2


def test_everything_that_takes_focus_shows_it_and_is_large_enough(opened):
    page = opened()
    found = page.evaluate(
        """() => [...document.querySelectorAll('.blueprint a.name')].map(one => {
            one.focus({ focusVisible: true })
            const box = one.closest('li').getBoundingClientRect()
            return [getComputedStyle(one, '::after').outlineStyle, box.height]
        })"""
    )
    assert {outline for outline, _ in found} == {"solid"}
    assert min(height for _, height in found) >= 24


@pytest.mark.parametrize("name", ["belmij-nl", "snelpak-en", "chain", "lit"])
def test_the_board_is_printed_on_one_sheet(opened, name):
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    page = opened(name)
    file = pdfium.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    try:
        sizes = [file[n].get_size() for n in range(len(file))]
        assert len(sizes) == 1
        assert min(sizes[0]) > 800
    finally:
        file.close()


def test_forced_colours_keep_the_thread_and_the_signs(opened):
    page = opened("lit")
    page.emulate_media(forced_colors="active")
    thick = page.evaluate("getComputedStyle(document.querySelector('.card.lit')).borderTopWidth")
    assert thick == "3px"


def test_nothing_is_asked_of_any_network_and_the_browser_has_nothing_to_say(browser, files):
    with browser.new_context() as context:
        page = context.new_page()
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(files["lit"].as_uri())
        page.wait_for_load_state("networkidle")
        assert asked == [files["lit"].as_uri()]
        assert said == []


def test_the_drawing_is_lettered_as_it_was_measured(browser, tmp_path):
    file = tmp_path / "x.svg"
    file.write_text(
        blueprint_svg(board(read(model_folder("belmij")).model, "telefoon-bestellen")), encoding="utf-8"
    )
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(file.as_uri())
        page.evaluate("document.fonts.ready")
        found = page.evaluate(
            """() => [...document.querySelectorAll('text:not([letter-spacing])')].map(one => [one.textContent,
                parseFloat(one.getAttribute('font-size')), one.getAttribute('font-weight') || '400', one.getComputedTextLength()])"""
        )
    assert len(found) > 100
    # Kerning, which the widths leave out, moves a line by a hair.
    off = [(text, told, width(text, size, int(weight))) for text, size, weight, told in found]
    assert [one for one in off if abs(one[1] - one[2]) > 0.02 * one[1] + 1] == []
