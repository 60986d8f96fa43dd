"""Chains and processes as people use them: in a real browser, with keyboard and mouse, in both languages."""

import pytest
from tests.web.chain_text import beside

pytestmark = pytest.mark.browser


@pytest.fixture
def workspace(workspace):
    return beside(workspace)


def model_of(workspace):
    from ketenreis.web.changes import keeping

    return keeping.now(workspace).model


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_panels_keep_nobody_out(opened, keeps_out, workspace, size):
    page = opened(f"/{workspace.id}/chains/bomen-veilig/", size, bypass_csp=True)
    page.get_by_role("link", name="Melding naar wijk").press("Enter")
    page.get_by_role("dialog", name="Onderdeel bewerken").wait_for()
    assert keeps_out(page) == []


def test_a_look_at_what_is_pasted_keeps_nobody_out(opened, keeps_out, workspace):
    page = opened(f"/{workspace.id}/bring/process/", bypass_csp=True)
    page.get_by_label("Hoe heet het proces?").fill("Bezoek")
    page.get_by_role("textbox", name="Tabel").fill("Taak\tWie\tMinuten\nBellen\tTelefonist\teen poos\n")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Dit komt ervan").wait_for()
    assert keeps_out(page) == []
    page.get_by_role("button", name="Neem over").press("Enter")
    page.wait_for_url("**/processes/bezoek/")
    assert [one.name for one in model_of(workspace).children("bezoek", "activity")] == ["Bellen"]


def test_a_chain_is_made_and_agreed_with_the_keyboard_alone(opened, workspace):
    page = opened(f"/{workspace.id}/chains/bomen-veilig/")
    page.get_by_label("Nieuwe schakel").focus()
    page.keyboard.type("nazorg")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="nazorg", exact=True)
    link.wait_for()
    link.focus()
    page.keyboard.press("Alt+ArrowLeft")
    page.locator("#schakel-kijken + #nazorg").wait_for()
    assert [one.id for one in model_of(workspace).children("bomen-veilig", "chain_link")][2] == "nazorg"
    assert page.evaluate("document.activeElement.closest('li')?.id") == "nazorg"
    page.get_by_role("button", name="Bevestig namens Hoveniers").press("Enter")
    page.locator("#wijk-hoveniers.agreed").wait_for()
    assert set(model_of(workspace)["wijk-hoveniers"].get("confirmed")) == {"giver", "receiver"}


def test_a_link_is_dragged_before_another(opened, workspace):
    page = opened(f"/{workspace.id}/chains/bomen-veilig/")
    page.drag_and_drop("#schakel-zagen h3", "#schakel-kijken h3")
    page.locator("#schakel-melden + #schakel-zagen").wait_for()
    assert [one.id for one in model_of(workspace).children("bomen-veilig", "chain_link")][
        1
    ] == "schakel-zagen"


def test_a_process_grows_with_the_keyboard_alone(opened, workspace):
    page = opened(f"/{workspace.id}/processes/snoeien/")
    page.get_by_label("Nieuwe activiteit").focus()
    page.keyboard.type("Slijpen")
    page.keyboard.press("Enter")
    line = page.locator("#slijpen")
    line.wait_for()
    page.locator("#open-slijpen").focus()
    page.keyboard.press("Alt+ArrowUp")
    page.locator("#slijpen + #zagen").wait_for()
    assert [one.id for one in model_of(workspace).children("snoeien", "activity")] == ["slijpen", "zagen"]
    assert page.evaluate("document.activeElement.closest('li')?.id") == "slijpen"
    page.locator("#order-slijpen").press("Enter")
    page.locator("#slijpen").get_by_label("Wat komt daarna?").select_option("zagen")
    page.locator("#slijpen").get_by_label("Voorwaarde").fill("scherp genoeg")
    page.keyboard.press("Enter")
    page.get_by_text("als scherp genoeg").first.wait_for()
    (edge,) = model_of(workspace).out("slijpen", "then")
    assert (edge.target, edge.fields["condition"]) == ("zagen", "scherp genoeg")
    page.locator("#open-slijpen").press("Enter")
    panel = page.get_by_role("dialog", name="Onderdeel bewerken")
    panel.wait_for()
    panel.get_by_label("naam").fill("Zaag slijpen")
    panel.get_by_role("button", name="Bewaren").press("Enter")
    page.get_by_role("link", name="Zaag slijpen", exact=True).wait_for()


def test_what_is_drawn_stands_in_the_outline_at_once(opened, workspace):
    page = opened(f"/{workspace.id}/processes/aannemen/diagram")
    page.locator("#canvas[data-ready]").wait_for()
    assert page.get_by_role("button", name="Bewaar de tekening").is_disabled()
    assert page.locator(".bjs-powered-by").is_visible()
    page.locator("[data-element-id=doorzetten] .djs-hit").first.dblclick()
    box = page.locator(".djs-direct-editing-content")
    box.wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.type("Melding doorsturen")
    page.keyboard.press("Enter")
    page.get_by_text("Nog niet bewaard").wait_for()
    page.get_by_role("button", name="Wat raakt dit?").click()
    page.get_by_role("heading", name="Wat raakt dit?").wait_for()
    assert model_of(workspace)["doorzetten"].name == "Melding doorzetten"
    page.get_by_role("button", name="Terug naar het formulier").click()
    page.locator("[data-element-id=doorzetten]", has_text="doorsturen").wait_for()
    page.get_by_role("button", name="Bewaar de tekening").click()
    page.locator("#beside").get_by_text("Melding doorsturen").wait_for()
    assert page.get_by_role("status").text_content() == "Bewaard. Wijzigingen: 1."
    model = model_of(workspace)
    assert model["doorzetten"].name == "Melding doorsturen"
    assert [edge.target for edge in model.out("melding-klaar", "serves")] == ["kijken-binnen-een-week"]
    page.reload()
    page.locator("#canvas[data-ready]").wait_for()
    page.locator("[data-element-id=doorzetten]", has_text="doorsturen").wait_for()


def test_what_the_board_offers_is_said_in_dutch(opened, workspace):
    page = opened(f"/{workspace.id}/processes/aannemen/diagram")
    page.locator("#canvas[data-ready]").wait_for()
    titles = page.eval_on_selector_all(".djs-palette .entry", "all => all.map(one => one.title)")
    assert "Nieuwe activiteit" in titles
    assert not [title for title in titles if title.startswith(("Create", "Activate"))]


def test_everything_of_a_chain_works_without_script(opened, workspace):
    page = opened(f"/{workspace.id}/chains/bomen-veilig/", java_script_enabled=False)
    page.get_by_role("button", name="Bevestig namens Hoveniers").click()
    assert set(model_of(workspace)["wijk-hoveniers"].get("confirmed")) == {"giver", "receiver"}
    page.goto(f"/{workspace.id}/processes/aannemen/")
    assert page.locator(".picture img").evaluate("one => one.naturalWidth") > 100
