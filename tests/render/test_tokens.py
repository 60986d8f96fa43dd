import re
from importlib.resources import files

import pytest

from ketenreis.render.page import css
from ketenreis.render.tokens import COLOURS, SHAPE_PAIRS, TEXT_PAIRS, contrast


@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground_by_4_5_to_1(text, ground):
    assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shapes_stand_out_from_their_ground_by_3_to_1(shape, ground):
    assert contrast(COLOURS[shape], COLOURS[ground]) >= 3


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_equals_published_ratios(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(one, other) == contrast(other, one)


def test_the_style_sheet_uses_only_colours_that_are_tokens():
    style = files("ketenreis.render").joinpath("style.css").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", style)
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", style))
    own = set(re.findall(r"--([a-z0-9-]+):", style))
    assert used <= set(COLOURS) | own


def test_the_style_sheet_fetches_nothing():
    assert "url(" not in css()
    assert "@import" not in css()


def test_the_style_sheet_knows_print_forced_colours_and_reduced_motion():
    for query in ("@media print", "(forced-colors:active)", "(prefers-reduced-motion:reduce)"):
        assert query in css()
