from tests.render.parsed import parsed

from ketenreis.render.blocks import Bar, Column, ControlChart, Legend, Span, Spot, Table
from ketenreis.render.charts import bar, control_chart, span
from ketenreis.render.scale import Scale


def chart(spots, norm=(0.99, "norm 99%"), centre=(0.95, "avg. 95%")):
    return ControlChart(
        id="c",
        title="Share per week",
        description="Two weeks",
        spots=spots,
        centre=centre,
        norm=norm,
        scale=Scale(0.9, 1.0),
        ticks=((0.9, "90%"), (1.0, "100%")),
        legend=Legend("share", "average", "limits"),
        notes=(),
        table=Table("t", (Column("week"),), ()),
        summary="table",
    )


SPOTS = (
    Spot("1 jan", 0.95, 0.92, 0.98),
    Spot("8 jan", 0.90, 0.93, 0.97, "beyond"),
    Spot("15 jan", 0.94, 0.92, 0.98, "run"),
)


def test_a_bar_is_as_long_as_its_share_with_its_norm_where_it_belongs():
    drawn = parsed(bar(Bar(0.942, 0.99, "bad")))
    (fill,) = drawn.of_class("fill")
    (norm,) = drawn.of_class("norm")
    assert fill.attributes["width"] == "94.2%"
    assert norm.attributes["x1"] == "99%"


def test_a_bar_without_a_norm_has_no_mark():
    assert not parsed(bar(Bar(0.5, None, "unknown"))).of_class("norm")


def test_a_span_runs_from_low_to_high_on_its_scale():
    drawn = parsed(span(Span(0.95, 0.94, 0.96, 0.99, Scale(0.9, 1.0))))
    (interval,) = drawn.of_class("interval")
    assert (interval.attributes["x1"], interval.attributes["x2"]) == ("40%", "60%")
    assert drawn.of_class("dot")[0].attributes["cx"] == "50%"


def test_drawings_that_repeat_numbers_are_hidden_from_who_listens():
    for drawn in (bar(Bar(0.5, 0.9, "good")), span(Span(0.5, 0.4, 0.6, None, Scale(0, 1)))):
        assert next(parsed(drawn).all("svg")).attributes["aria-hidden"] == "true"


def test_a_control_chart_names_and_describes_itself():
    (area,) = parsed(control_chart(chart(SPOTS))).of_class("area")
    said = {node.attributes["id"]: node.text for node in area.all("title", "desc")}
    assert area.attributes["role"] == "img"
    assert [said[name] for name in area.attributes["aria-labelledby"].split()] == [
        "Share per week",
        "Two weeks",
    ]


def test_every_point_has_limits_of_its_own():
    bands = parsed(control_chart(chart(SPOTS))).of_class("band")
    assert [band.attributes["height"] for band in bands] == ["114", "76", "114"]


def test_signals_are_marked_by_shape_and_not_only_by_colour():
    drawn = parsed(control_chart(chart(SPOTS)))
    shapes = [mark.attributes["d"] for mark in drawn.of_class("mark")]
    assert len(drawn.of_class("spot")) == 1
    assert len(set(shapes)) == 2


def test_higher_shares_stand_higher():
    drawn = parsed(control_chart(chart((Spot("a", 0.92, 0.9, 1), Spot("b", 0.98, 0.9, 1)))))
    low, high = (float(spot.attributes["cy"]) for spot in drawn.of_class("spot"))
    assert high < low


def test_labels_at_the_end_of_lines_never_touch():
    drawn = parsed(control_chart(chart(SPOTS, norm=(0.9501, "norm"), centre=(0.95, "average"))))
    (end,) = drawn.of_class("end")
    norm, centre = sorted(float(text.attributes["y"]) for text in end.all("text"))
    assert centre - norm >= 14


def test_a_chart_of_one_point_is_drawn():
    assert parsed(control_chart(chart(SPOTS[:1]))).of_class("spot")
