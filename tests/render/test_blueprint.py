"""Board, table, drawing, sheet and workbook show the same, each card once; nobody's name breaks any of them."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise, takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.blueprints import HOSTILE, models, wall

from ketenreis.errors import UsageError
from ketenreis.examples import model_folder
from ketenreis.notation import read, read_text
from ketenreis.render.blueprint.board import Mood
from ketenreis.render.blueprint.curve import curve, height_of
from ketenreis.render.blueprint.document import blueprint_document
from ketenreis.render.blueprint.export import FORMATS, MEDIA_TYPES, blueprint_file
from ketenreis.render.blueprint.html import blueprint_html, css
from ketenreis.render.blueprint.layout import planned
from ketenreis.render.blueprint.png import by_name
from ketenreis.render.blueprint.shapes import Letters
from ketenreis.render.blueprint.sheet import SHEETS, sheet_of
from ketenreis.render.blueprint.svg import blueprint_svg
from ketenreis.render.blueprint.table import identified
from ketenreis.render.lettering import BOLD_FACE, font_file, width, wrapped
from ketenreis.render.tokens import COLOURS
from ketenreis.reports.blueprint import board

SVG = "{http://www.w3.org/2000/svg}"


class Cards(HTMLParser):
    """The ids that a page names, with what stands under which lane."""

    def __init__(self):
        super().__init__()
        self.ids, self.lit, self.roles, self.styles = [], [], Counter(), []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if "data-id" in found:
            self.ids.append(found["data-id"])
            if "lit" in found["class"].split():
                self.lit.append(found["data-id"])
        if "role" in found:
            self.roles[found["role"]] += 1
        self.styles += (
            [tag]
            if tag in ("style", "script") or "style" in found or any(n.startswith("on") for n in found)
            else []
        )


def cards_of(html):
    parser = Cards()
    parser.feed(html)
    return parser


def svg_ids(svg):
    return [group.get("data-id") for group in ET.fromstring(svg).iter(f"{SVG}g") if group.get("data-id")]


@pytest.fixture(scope="module")
def belmij():
    return board(read(model_folder("belmij")).model, "telefoon-bestellen")


@settings(max_examples=80, deadline=None)
@given(models(), st.sampled_from(["nl", "en"]))
def test_every_card_stands_once_in_board_drawing_and_table(model, language):
    shown = board(model, "j", language=language)
    expected = sorted(card.id for _, _, card in shown.cards())
    assert len(expected) == len(set(expected))
    assert sorted(cards_of(blueprint_html(shown)).ids) == expected
    assert sorted(svg_ids(blueprint_svg(shown, embedded=False))) == expected
    moods = sum(
        mood is not None for lane in shown.lanes for row in (lane.moods, lane.intended) for mood in row
    )
    assert len(list(identified(shown))) == len(expected) + moods


@settings(max_examples=60, deadline=None)
@given(models())
def test_cards_never_overlap_and_their_words_stay_on_them(model):
    shown = board(model, "j")
    plan = planned(shown, shown.panels[0].id if shown.panels else None)
    whole = [placed for placed in plan.cards if not placed.under]
    for n, one in enumerate(whole):
        assert one.x >= 0
        assert one.x + one.width <= plan.width
        assert one.y + one.height <= plan.height
        for other in whole[n + 1 :]:
            apart = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
    for placed in plan.cards:
        for letters in (shape for shape in placed.shapes if isinstance(shape, Letters)):
            wide = width(letters.text, letters.size, letters.weight)
            left = letters.x - (wide if letters.anchor == "end" else 0)
            assert left >= placed.x - 0.5
            assert left + wide <= placed.x + placed.width + 0.5 or len(letters.text) == 1
            assert placed.y <= letters.y <= placed.y + placed.height


@settings(max_examples=60, deadline=None)
@given(models())
def test_selecting_a_card_lights_exactly_its_threads(model):
    shown = board(model, "j")
    for _, _, card in shown.cards():
        lit = shown.lit(card.id)
        assert sorted(cards_of(blueprint_html(shown, card.id)).lit) == sorted(
            one.id for _, _, one in shown.cards() if one.id in lit
        )
        assert bool(lit) == bool(card.threads)
        panel = shown.panel(card.id)
        assert (panel is None) == (not card.threads)
        if card.id in {one.id for one in shown.panels}:
            assert panel.id == card.id


def test_the_board_is_a_table_by_ear_whatever_it_looks_like(belmij):
    found = cards_of(blueprint_html(belmij))
    lanes, columns = len(belmij.lanes), len(belmij.steps)
    assert found.roles["table"] == 1
    assert found.roles["rowheader"] == lanes
    assert found.roles["columnheader"] == columns + 3 + 1
    assert found.roles["row"] == lanes + 3 + 2
    assert found.roles["cell"] == lanes * columns + 3 + 1


def test_the_strictest_policy_will_do(belmij):
    assert cards_of(blueprint_html(belmij, "bevestiging-op-tijd")).styles == []
    assert "<script" not in blueprint_document(belmij)
    assert "style=" not in blueprint_document(belmij)


def test_a_link_leads_to_the_page_with_that_thread(belmij):
    drawn = blueprint_html(belmij, link="/b/belmij?ctq={id}")
    assert 'href="/b/belmij?ctq=bevestiging-op-tijd"' in drawn
    assert "handmatige-kredietcheck?" not in drawn
    assert "href" not in blueprint_html(belmij, link="")


@pytest.fixture(scope="module")
def hostile():
    quoted = HOSTILE.replace("'", "''")
    return board(
        read_text(
            f"journeys:\n- id: j\n  name: '{quoted}'\n  need: '{quoted}'\n  steps:\n  - id: s\n    name: '{quoted}'\n"
            f"    action: '{quoted}'\n    touchpoints: [{{id: t, name: '{quoted}', channel: '{quoted}'}}]\n"
            f"    wishes: [{{id: w, text: '{quoted}', leads_to: [c]}}]\nctqs: [{{id: c, name: '{quoted}'}}]\n"
        ).model,
        "j",
    )


def test_no_name_breaks_out_of_a_page_or_a_drawing(hostile):
    page = blueprint_document(hostile)
    assert "<script" not in page
    assert sorted(svg_ids(blueprint_svg(hostile))) == ["c", "s", "t", "w"]
    said = "".join(ET.fromstring(blueprint_svg(hostile)).itertext())
    assert HOSTILE in said


def test_no_name_is_a_formula_in_a_workbook():
    shown = board(
        read_text("journeys: [{id: j, name: J, steps: [{id: s, name: S, action: '=1+1'}]}]").model, "j"
    )
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(blueprint_file(shown, "x.xlsx"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]


def test_a_workbook_holds_every_card_with_its_id(belmij):
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(blueprint_file(belmij, "blauwdruk.xlsx"))).active
    ids = [row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert Counter(ids) == Counter(element for element, _ in identified(belmij))
    assert sheet.freeze_panes == "A2"


def test_a_pdf_is_one_page_with_letters_that_can_be_searched(belmij):
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    pytest.importorskip("reportlab", reason="reportlab is not installed")
    file = pdfium.PdfDocument(blueprint_file(belmij, "wand.pdf", "bevestiging-op-tijd"))
    try:
        assert len(file) == 1
        text = file[0].get_textpage().get_text_range()
        plan = planned(belmij, "bevestiging-op-tijd")
        assert file[0].get_size() == pytest.approx((plan.width * 0.75, plan.height * 0.75), abs=0.1)
    finally:
        file.close()
    for placed in plan.cards:
        for shape in placed.shapes:
            if isinstance(shape, Letters):
                assert shape.text.replace("\u00a0", " ") in text.replace("\u00a0", " ")


def test_a_picture_is_as_large_as_the_drawing_and_shows_the_thread(belmij):
    pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")  # noqa: N806  # its own name
    plan = planned(belmij)
    red = tuple(bytes.fromhex(COLOURS["thread"][1:]))
    counts = []
    for thread in (None, "bevestiging-op-tijd"):
        with Image.open(io.BytesIO(blueprint_file(belmij, "x.png", thread))) as picture:
            if thread is None:
                assert abs(picture.width - 2 * plan.width) < 2
            counts.append({colour: n for n, colour in picture.convert("RGB").getcolors(1 << 24)}.get(red, 0))
    assert counts[1] > 20 * max(1, counts[0])


def test_bold_words_of_a_picture_ask_for_the_face_by_the_name_that_its_file_bears(belmij):
    asked = by_name(blueprint_svg(belmij))
    assert asked.count(f'font-family="{BOLD_FACE}"') == asked.count('font-weight="600"') > 10
    assert BOLD_FACE.encode("utf-16-be") in font_file(600, "ttf")
    assert BOLD_FACE.encode("utf-16-be") not in font_file(400, "ttf")


def test_slides_hold_every_card_as_one_shape_and_the_whole_table(belmij):
    pptx = pytest.importorskip("pptx", reason="python-pptx is not installed")
    show = pptx.Presentation(io.BytesIO(blueprint_file(belmij, "x.pptx", "bevestiging-op-tijd")))
    board_slide, *rest = show.slides
    named = Counter(shape.name.rpartition(": ")[2] for shape in board_slide.shapes if ": " in shape.name)
    cards = {card.id: card for _, _, card in belmij.cards()}
    assert named == Counter(cards.keys())
    texts = {
        shape.name.rpartition(": ")[2]: shape.text_frame.text
        for shape in board_slide.shapes
        if ": " in shape.name
    }
    assert all(card.title in texts[name] for name, card in cards.items())
    rows = [row for slide in rest for shape in slide.shapes for row in list(shape.table.rows)[1:]]
    assert [tuple(cell.text for cell in row.cells) for row in rows] == [
        tuple(map(str, row)) for _, row in identified(belmij)
    ]


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_board_gives_the_same_file(belmij, ending):
    for library, of in (("reportlab", "pdf"), ("resvg_py", "png"), ("pptx", "pptx")):
        if ending == of:
            pytest.importorskip(library)
    one, other = (blueprint_file(belmij, f"x.{ending}") for _ in range(2))
    if ending in ("xlsx", "pptx"):
        files = [zipfile.ZipFile(io.BytesIO(made)) for made in (one, other)]
        insides = [
            {name: re.sub(rb"<dcterms:\w+[^>]*>[^<]*", b"", file.read(name)) for name in file.namelist()}
            for file in files
        ]
        assert insides[0] == insides[1]
    else:
        assert one == other


def test_every_format_has_a_media_type_and_others_are_refused(belmij):
    assert set(FORMATS) == set(MEDIA_TYPES)
    with pytest.raises(UsageError, match="html, svg, png, pdf, pptx, xlsx"):
        blueprint_file(belmij, "blauwdruk.docx")


def test_the_pieces_of_the_curve_meet_at_the_borders():
    moods = [Mood(score, "assumed", "", "") for score in (1, 0, -1, 2, 1.5)]
    pieces = curve(moods)
    numbers = [[list(map(float, re.findall(r"-?[\d.]+", path))) for path in piece.paths] for piece in pieces]
    for left, right in pairwise(numbers):
        out, into = left[-1], right[0]
        assert (out[-2], out[-1]) == (100, into[1])
        # Level at the points, and one direction at the border: the handles lie on one line.
        assert out[1] == out[3]
        assert into[-1] == into[-3]
        assert out[-1] - out[-3] == pytest.approx(into[3] - into[1])
    assert height_of(0) == numbers[1][0][-1]


@given(st.text(max_size=80), st.floats(20, 300))
def test_wrapping_loses_no_letter_and_keeps_the_width(text, within):
    lines = wrapped(text, within, 12)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert (
            width(line, 12) <= within
            or len(line) == 1
            or width(line.rstrip("\u0300"), 12) <= within
            or len(line.strip()) <= 1
        )


def test_widths_add_up_and_bold_is_wider():
    """The browser is asked in tests/browser; here only that widths add up."""
    assert width("Wacht, kijkt of er nieuws is", 100) == pytest.approx(
        width("Wacht,", 100) + width(" kijkt of er nieuws is", 100)
    )
    assert width("mmmm", 10, 600) > width("mmmm", 10, 400)


@pytest.mark.parametrize(
    ("steps", "sheet"), [(1, "a3"), (5, "a3"), (8, "a2"), (15, "a1"), (20, "a0"), (30, "a00")]
)
def test_a_wider_board_asks_a_larger_sheet(steps, sheet):
    many = ", ".join(f"{{id: s{n}, name: S{n}}}" for n in range(steps))
    shown = board(read_text(f"journeys: [{{id: j, name: J, steps: [{many}]}}]").model, "j")
    assert sheet_of(shown).name.removesuffix("-tall") == sheet


@pytest.mark.parametrize("steps", [1, 3, 12])
def test_the_figures_in_the_head_never_stand_on_the_words_beside_them(steps):
    many = ", ".join(f"{{id: s{n}, name: S{n}}}" for n in range(steps))
    text = f"organisation: {{id: o, name: Een organisatie met een lange naam}}\njourneys: [{{id: j, name: Laptop vervangen, need: Ik wil een werkende laptop, steps: [{many}]}}]"
    shown = board(read_text(text).model, "j")
    head = list(takewhile(lambda one: isinstance(one, Letters), planned(shown).ground[1:]))
    assert len(head) >= 3 + 2 * len(shown.tiles.items)
    boxes = [(one.x, one.x + width(one.text, one.size, one.weight), one.y - one.size, one.y) for one in head]
    for n, (left, right, top, low) in enumerate(boxes):
        for left_2, right_2, top_2, low_2 in boxes[n + 1 :]:
            assert right <= left_2 or right_2 <= left or low <= top_2 + 4 or low_2 <= top + 4


def test_every_sheet_and_colour_of_the_style_sheet_is_known():
    for sheet in SHEETS:
        assert f"@page {sheet.name}{{size:{sheet.width}mm {sheet.height}mm" in css()
        assert f":has(.blueprint.{sheet.name}){{page:{sheet.name}}}" in css()
    asked = set(re.findall(r"var\(--([a-z0-9-]+)\)", css())) - {"radius", "s1", "s2", "s3", "s4", "s5", "s6"}
    assert asked <= set(COLOURS)


def test_a_wall_of_two_thousand_elements_is_drawn_whole():
    shown = board(wall(), "j")
    ids = [card.id for _, _, card in shown.cards()]
    assert len(ids) == len(set(ids)) >= 1_950
    assert sorted(cards_of(blueprint_html(shown)).ids) == sorted(ids)


def test_of_very_many_cards_in_a_cell_the_further_ones_stand_behind_a_click():
    crowd = 60
    lines = "".join(
        f"  - {{id: a{n}, name: Werk {n}, stage: backstage, outputs: [{{id: u{n}, name: U {n}, serves: [eis-{n % 2}]}}]}}\n"
        for n in range(crowd)
    )
    text = (
        "organisation: {id: o, name: O, language: nl}\n"
        "journeys: [{id: j, name: J, steps: [{id: s, name: S, wishes: [{id: w, text: W, leads_to: [eis-0, eis-1]}]}]}]\n"
        "ctqs: [{id: eis-0, name: E0}, {id: eis-1, name: E1}]\n"
        f"processes:\n- id: p\n  name: P\n  activities:\n{lines}"
    )
    drawn = board(read_text(text).model, "j")
    page = blueprint_html(drawn)
    shown, _, further = page.partition("<details><summary>+ ")
    assert int(further.partition("<")[0]) == crowd - shown.count('data-id="a')
    assert 20 < shown.count('data-id="a') < crowd
    assert page.count('data-id="a') == crowd
    assert "<details open><summary>+ " in blueprint_html(drawn, "eis-1")
