"""The report in a real browser: nothing keeps anyone out, nothing leaves, nothing falls off the screen."""

import pytest

pytestmark = pytest.mark.browser

DESKTOP, PHONE, SMALL = (1440, 900), (390, 844), (320, 640)


@pytest.fixture
def opened(shown, report_file):
    """Opens the report at a size."""

    def open_at(size=DESKTOP, **special):
        return shown(report_file.as_uri(), size, **special)

    return open_at


def unfolded(page):
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    return page


@pytest.mark.parametrize(
    ("size", "opened_up"),
    [(DESKTOP, True), (PHONE, False), (SMALL, True)],
    ids=["desktop, unfolded", "phone, folded", "small, unfolded"],
)
def test_axe_finds_nothing_that_keeps_people_out(opened, axe, size, opened_up):
    page = opened(size, bypass_csp=True)
    if opened_up:
        unfolded(page)
    page.evaluate(axe)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", tags)
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found["violations"]] == []
    assert len(found["passes"]) > 20


@pytest.mark.parametrize("size", [DESKTOP, PHONE, SMALL], ids=["desktop", "phone", "small"])
def test_the_page_never_scrolls_sideways(opened, size):
    page = unfolded(opened(size))
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_page_still_fits_with_more_room_between_letters_and_lines(opened):
    page = unfolded(opened(SMALL, bypass_csp=True))
    page.add_style_tag(
        content="*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL[0]


def test_nothing_is_asked_of_any_network_and_the_browser_has_nothing_to_say(browser, report_file):
    with browser.new_context() as context:
        page = context.new_page()
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(report_file.as_uri())
        page.wait_for_load_state("networkidle")
        assert asked == [report_file.as_uri()]
        assert said == []


def test_the_page_reads_the_same_without_scripts(browser, report_file, opened):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(report_file.as_uri())
        assert page.inner_text("main") == opened().inner_text("main")


def test_the_first_tab_leads_past_the_header(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_everything_that_takes_focus_shows_it(opened):
    page = unfolded(opened())
    unseen = page.evaluate(
        """() => [...document.querySelectorAll('a, summary, [tabindex="0"]')].filter(one => {
            one.focus({ focusVisible: true })
            return getComputedStyle(one).outlineStyle === 'none'
        }).map(one => one.outerHTML.slice(0, 80))"""
    )
    assert unseen == []


def test_targets_are_large_enough_for_a_finger(opened):
    page = opened(PHONE)
    heights = page.evaluate(
        "[...document.querySelectorAll('nav a, summary')].map(one => one.getBoundingClientRect().height)"
    )
    assert min(height for height in heights if height) >= 24


def test_details_are_printed_in_full(opened):
    page = opened()
    page.emulate_media(media="print")
    heights = page.evaluate(
        "[...document.querySelectorAll('details .scroll')].map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) > 3
    assert min(heights) > 20
    assert not page.is_visible("nav")


def test_drawings_take_the_colours_a_reader_forces(opened):
    page = opened()
    stroke = "getComputedStyle(document.querySelector('line.series')).stroke"
    own = page.evaluate(stroke)
    page.emulate_media(forced_colors="active")
    assert page.evaluate(stroke) != own


def test_nothing_moves_for_who_asked_for_rest(opened):
    page = opened(reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_labels_beside_a_chart_stay_within_it(opened):
    page = opened()
    beyond = page.evaluate(
        """() => [...document.querySelectorAll('figure')].filter(figure => {
            const edge = figure.getBoundingClientRect()
            return [...figure.querySelectorAll('.plot text')].some(text => {
                const box = text.getBoundingClientRect()
                return box.width && (box.left < edge.left || box.right > edge.right)
            })
        }).length"""
    )
    assert beyond == 0
