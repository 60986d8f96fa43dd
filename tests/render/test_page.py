"""A page of every kind of block, looked at by its meaning."""

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from itertools import pairwise

from tests.render.parsed import parsed

from ketenreis.render import blocks
from ketenreis.render.page import css, html

HOSTILE = "<script>alert(1)</script>"
PAGE = blocks.Page(
    language="en",
    own_language="nl",
    title="Title",
    skip="To the content",
    brand="Ketenreis",
    kicker="Report",
    heading="Telefoon bestellen",
    lead=(blocks.Text("Need", "lead", own=True),),
    nav=(blocks.Link("Overview", "overview"),),
    nav_label="On this page",
    tiles=blocks.Tiles((blocks.Tile("94.2%", "met", "n = 5"), blocks.Tile("–", "right")), "In short"),
    blocks=(
        blocks.Section(
            "overview",
            "Overview",
            (
                blocks.Table(
                    "Requirements",
                    (
                        blocks.Column("Name"),
                        blocks.Column("Met", number=True),
                        blocks.Column("Picture", drawing=True),
                    ),
                    (
                        (
                            blocks.Link("On time", "ctq"),
                            blocks.Stack("94.2%", "(93.7–94.6)"),
                            blocks.Bar(0.9, 0.9, "good"),
                        ),
                    ),
                    note="A note",
                ),
                blocks.Points((HOSTILE,)),
                blocks.Notice("Cannot say.", "Why", "Next"),
            ),
        ),
        blocks.Section(
            "ctq",
            "Op tijd",
            (
                blocks.Group(
                    "How often",
                    (blocks.Scores((blocks.Score("Met", "94.2%", "n", blocks.Bar(0.9, None, "bad"), ""),)),),
                ),
                blocks.Beside((blocks.Facts((blocks.Fact("met", "3", "detail"),)), blocks.Text("x"))),
                blocks.Details("More", (blocks.Group("Deeper", (blocks.Code("SELECT 1 < 2", "SQL"),)),)),
                blocks.Thread(
                    "Thread",
                    blocks.Knot("Wish", (("“Ik wil”", ""),)),
                    blocks.Knot("Requirement", (("Op tijd", "norm"),)),
                    blocks.Strands(
                        ("Activity", "Output"),
                        (("Boeken", "Operations", "Geboekt"),),
                        (("Nog", "", ""),),
                        "1 more",
                    ),
                    blocks.Knot("Figure", (("94.2% met", ""),), tone="bad", own=False),
                ),
            ),
            blocks.Chip("✕", "not met", "bad"),
            own=True,
        ),
    ),
    footer=("Made with Ketenreis",),
)


def drawn(page=PAGE):
    return parsed(html(page))


def test_the_page_has_one_of_each_landmark_and_a_link_past_the_header():
    page = drawn()
    for landmark in ("header", "main", "footer", "nav"):
        assert len(list(page.all(landmark))) == 1, landmark
    first = next(page.all("a"))
    (main,) = page.all("main")
    assert first.text == "To the content"
    assert first.attributes["href"] == f"#{main.attributes['id']}"


def test_headings_never_skip_a_level():
    levels = [int(node.name[1]) for node in drawn().all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_says_its_language_and_that_of_the_organisations_own_words():
    page = drawn()
    assert next(page.all("html")).attributes["lang"] == "en"
    assert {node.text for node in page.all() if node.attributes.get("lang") == "nl"} >= {
        "Telefoon bestellen",
        "Need",
        "Op tijd",
        "“Ik wil”",
    }
    assert [
        node.name for node in drawn(replace(PAGE, own_language="en")).all() if "lang" in node.attributes
    ] == ["html"]


def test_tables_have_a_caption_and_cells_know_their_headers():
    (table,) = drawn().all("table")
    assert [node.text for node in table.all("caption")] == ["Requirements"]
    assert [node.attributes["scope"] for node in table.all("th")] == ["col", "col", "col", "row"]


def test_a_table_that_scrolls_can_be_reached_by_keyboard_and_has_a_name():
    (scroll,) = drawn().of_class("scroll")
    assert scroll.attributes["tabindex"] == "0"
    assert scroll.attributes["role"] == "group"
    assert scroll.attributes["aria-label"] == "Requirements"


def test_nothing_is_fetched_and_nothing_runs():
    text = html(PAGE)
    assert "<script" not in text
    assert not re.findall(r"https?://|src=|<link|<img|@import|url\(|\son\w+=|style=\"", text)


def test_the_content_security_policy_allows_only_the_style_that_stands_inside():
    policy = next(
        node.attributes["content"] for node in drawn().all("meta") if "http-equiv" in node.attributes
    )
    digest = b64encode(hashlib.sha256(css().encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert f"<style>{css()}</style>" in html(PAGE)


def test_hostile_text_stays_text():
    assert HOSTILE in drawn().text
    assert not list(drawn().all("script"))


def test_ids_are_unique_and_links_lead_somewhere():
    page = drawn()
    ids = [node.attributes["id"] for node in page.all() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    assert {node.attributes["href"].removeprefix("#") for node in page.all("a")} <= set(ids)


def test_a_verdict_is_shape_and_word():
    (chip,) = drawn().of_class("chip")
    assert chip.text == "✕ not met"


def test_the_thread_runs_in_order_and_shows_where_it_breaks():
    (thread,) = drawn().of_class("thread")
    assert [node.text for node in thread.of_class("kind")] == [
        "Wish",
        "Requirement",
        "Activity",
        "Output",
        "Figure",
    ]
    assert not thread.of_class("broken")
    broken = blocks.Thread(
        "T",
        blocks.Knot("Wish", (("none yet", ""),), broken=True),
        blocks.Knot("R", ()),
        blocks.Strands(("A", "O"), (), none="nobody"),
        blocks.Knot("F", ()),
    )
    section = replace(PAGE.blocks[1], blocks=(broken,))
    assert len(drawn(replace(PAGE, blocks=(PAGE.blocks[0], section))).of_class("broken")) == 2
