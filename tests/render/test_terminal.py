import re

from hypothesis import given
from hypothesis import strategies as st

from ketenreis.render.blocks import Bar, Chip, Column, Table
from ketenreis.render.terminal import lines, plain, wide_as

COLUMNS = (Column("Name"), Column("Verdict"), Column("picture", drawing=True), Column("n", number=True))


def table(*names):
    return Table(
        "", COLUMNS, tuple((name, Chip("✓", "met", "good"), Bar(0.5, None, ""), "1,434") for name in names)
    )


def test_columns_line_up_and_numbers_end_together():
    head, rule, *rows = lines(table("a", "a longer name"))
    assert {len(line) for line in (head, rule, *rows)} == {len(head)}
    assert all(row.endswith("1,434") for row in rows)
    assert rows[0].index("✓") == rows[1].index("✓") == head.index("Verdict")


@given(st.lists(st.one_of(st.text(max_size=300), st.text("日本 aé", max_size=80)), min_size=1, max_size=4))
def test_no_line_is_wider_than_asked_whatever_the_names(names):
    assert all(wide_as(line) <= 60 for line in lines(table(*names), width=60))


def test_a_long_name_wraps_and_loses_nothing():
    name = "a requirement whose name takes far more room than there is on one line of a terminal"
    drawn = lines(table(name), width=60)[2:]
    assert " ".join(line[:18].split("  ")[0] for line in drawn).split() != []
    assert [word for word in name.split() if not any(word in line for line in drawn)] == []


def test_colour_is_there_only_when_asked():
    assert "\x1b" not in "".join(lines(table("a")))
    coloured = "".join(lines(table("a"), colour=True))
    assert "\x1b[32m✓ met\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == "".join(lines(table("a")))


def test_a_name_cannot_command_the_terminal():
    assert plain("evil\x1b]0;title\x07\nname") == "evil�]0;title� name"


def test_drawings_have_no_column_in_a_terminal():
    assert "picture" not in lines(table("a"))[0]
