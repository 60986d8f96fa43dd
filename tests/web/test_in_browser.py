"""The environment as people use it: in a real browser, with keyboard and mouse, in both languages."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _set_up(folder):
    """The environment must be set up before anything of it is imported."""


def test_a_step_is_added_moved_and_edited_with_the_keyboard_alone(opened, workspace):
    from ketenreis.web.changes import keeping

    page = opened(f"/{workspace.id}/journeys/boom-melden/")
    page.get_by_label("Nieuwe stap: Melden").first.focus()
    page.keyboard.type("Foto maken")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Foto maken", exact=True)
    link.wait_for()
    assert page.get_by_role("status").text_content() == "Opgeslagen"
    waiting = []

    def hold(route):
        waiting.append(route)

    page.route("**/e/melden/", hold)
    page.get_by_label("Nieuwe stap: Melden").first.focus()
    page.keyboard.type("Foto sturen")
    page.keyboard.press("Enter")
    page.wait_for_timeout(50)
    page.keyboard.type("En")  # the answer is still on its way
    waiting[0].continue_()
    page.unroute("**/e/melden/")
    page.get_by_role("link", name="Foto sturen", exact=True).wait_for()
    assert page.get_by_label("Nieuwe stap: Melden").first.input_value() == "En"
    link.focus()
    page.keyboard.press("Alt+ArrowLeft")
    page.locator("#melden .step:nth-child(2) h3", has_text="Foto maken").wait_for()
    page.get_by_role("link", name="Foto maken", exact=True).press("Enter")
    panel = page.get_by_role("dialog", name="Onderdeel bewerken")
    panel.wait_for()
    panel.get_by_label("wat de klant doet").fill("Maakt een foto van de boom")
    panel.get_by_role("button", name="Bewaren").press("Enter")
    page.get_by_text("Maakt een foto van de boom").first.wait_for()
    step = keeping.now(workspace).model["foto-maken"]
    assert step.get("action") == "Maakt een foto van de boom"
    assert not panel.is_visible()


def test_a_step_is_dragged_before_another(opened, workspace):
    from ketenreis.web.changes import keeping

    page = opened(f"/{workspace.id}/journeys/boom-melden/")
    page.set_viewport_size({"width": 1440, "height": 2000})  # what is scrolled cannot be dragged by a test
    page.drag_and_drop("#bellen h3", "#zien h3")
    page.locator("#melden #bellen:nth-child(1)").wait_for()
    assert [step.id for step in keeping.now(workspace).model.children("melden", "step")] == ["bellen", "zien"]
    page.drag_and_drop("#bellen h3", "#zien h3")
    page.locator("#melden #bellen:nth-child(2)").wait_for()
    page.drag_and_drop("#zien h3", "#afwachten h3")
    page.locator("#wachten #zien:nth-child(1)").wait_for()
    page.drag_and_drop("#zien h3", "#melden .step.new", target_position={"x": 100, "y": 4})
    page.locator("#melden #zien:nth-child(2)").wait_for()
    assert [step.id for step in keeping.now(workspace).model.children("melden", "step")] == ["bellen", "zien"]


def test_the_palette_finds_anything_and_goes_there(opened, workspace):
    page = opened(f"/{workspace.id}/journeys/", language="en")
    page.keyboard.press("Control+k")
    box = page.locator("#palette-box")
    box.fill("telefoon")
    page.get_by_role("option", name="Telefoontje").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/e/telefoontje/")
    assert page.get_by_role("heading", level=1).text_content() == "Telefoontje"


def test_everything_works_without_script(opened, workspace):
    from ketenreis.web.changes import keeping

    page = opened(f"/{workspace.id}/journeys/boom-melden/", java_script_enabled=False)
    page.get_by_label("Nieuwe stap: Melden").first.fill("Foto maken")
    page.get_by_role("button", name="Nieuwe stap: Melden").first.click()
    assert "foto-maken" in keeping.now(workspace).model
    page.get_by_role("link", name="Foto maken", exact=True).click()
    page.get_by_label("wat de klant doet").fill("Maakt een foto")
    page.get_by_role("button", name="Bewaren").click()
    assert keeping.now(workspace).model["foto-maken"].get("action") == "Maakt een foto"


def test_a_card_lights_its_thread_and_arrows_walk_the_board(opened, workspace):
    page = opened(f"/{workspace.id}/blueprint/boom-melden/")
    card = page.locator(".blueprint .main a", has_text="Telefoontje").first
    card.click()
    panel = page.locator(".blueprint .panel")
    panel.wait_for()
    assert "Kijken binnen een week" in panel.text_content()
    assert page.url.endswith("?ctq=telefoontje")
    card.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.blueprint') !== null")
    assert page.evaluate("document.activeElement.textContent") != "Telefoontje"


def test_a_finding_is_dismissed_with_a_reason_and_comes_back_when_the_facts_change(opened, workspace, client):
    page = opened(f"/{workspace.id}/findings/")
    first = page.locator(".finding.warning, .finding.advice").first
    title = first.get_by_role("heading").text_content()
    number = page.locator(".finding").count()
    first.locator("summary").click()
    first.get_by_label("Waarom kan dit terzijde?").fill("Besproken met het team")
    first.get_by_role("button", name="Leg terzijde").click()
    page.get_by_text("Terzijde gelegd (1)").click()
    assert "Besproken met het team" in page.locator("details.card").text_content()
    assert title in page.locator("details.card").text_content()
    assert page.locator(".finding").count() == number - 1


def test_without_colours_a_thread_shows_by_its_line_and_a_verdict_by_its_shape(opened, workspace):
    page = opened(
        f"/{workspace.id}/blueprint/boom-melden/?ctq=kijken-binnen-een-week", forced_colors="active"
    )
    widths = page.evaluate(
        """() => [...document.querySelectorAll('.blueprint .main .card')].map(
             one => [one.classList.contains('lit'), getComputedStyle(one).borderTopWidth])"""
    )
    lit, others = ({width for is_lit, width in widths if is_lit is wanted} for wanted in (True, False))
    assert lit
    assert others
    assert lit.isdisjoint(others)
    assert page.locator(".blueprint .figure .share").first.text_content().strip()[0] in "✓✕?"
    marks = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.blueprint .legend .basis')].map(
             one => [one.className, getComputedStyle(one).background]))"""
    )
    assert len(set(marks.values())) == len(marks)


def test_who_asks_for_stillness_gets_it(opened, workspace):
    page = opened(f"/{workspace.id}/journeys/boom-melden/", reduced_motion="reduce")
    page.get_by_role("link", name="Boom zien", exact=True).first.press("Enter")
    page.locator("#panel[open] form").nth(1).wait_for()
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_on_a_phone_the_menu_and_the_filters_are_folded_and_say_how_many_are_on_while_a_desktop_shows_them(
    opened, workspace
):
    path = f"/{workspace.id}/all/step/?in=melden"
    page = opened(path, "phone")
    folded, order = page.locator(".narrowing summary"), page.locator("#list-sort")
    assert folded.text_content() == "Filter en volgorde (1 actief)"
    assert not order.is_visible()
    folded.press("Enter")
    order.select_option("-name")
    page.get_by_role("button", name="Toon", exact=True).press("Enter")
    page.wait_for_url("**/all/step/?*sort=-name*")
    assert "in=melden" in page.url
    page.get_by_role("button", name="Menu", exact=True).press("Enter")
    assert page.get_by_role("link", name="Geschiedenis", exact=True).is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Metingen", exact=True).is_visible()
    wide = opened(path)
    assert not wide.get_by_role("button", name="Menu", exact=True).is_visible()
    assert wide.locator("#list-sort").is_visible()
    assert not wide.locator(".narrowing summary").is_visible()
