from hypothesis import given
from hypothesis import strategies as st
from tests.render.parsed import parsed

from ketenreis.render.markup import Markup, element, filled, join

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@given(TEXTS, TEXTS)
def test_any_text_comes_back_as_text_and_never_as_an_element(text, value):
    (found,) = parsed(element("p", text, title=value)).all()
    assert found.name == "p"
    assert "".join(found.inside) == text
    assert found.attributes == {"title": value}


@given(TEXTS, TEXTS)
def test_any_text_that_fills_a_shape_comes_back_as_it_was_also_with_braces_and_quotes(text, value):
    (found,) = parsed(filled('<p title="{value}">{text}</p>', value=value, text=text)).all()
    assert (found.name, "".join(found.inside), found.attributes) == ("p", text, {"title": value})


def test_markup_fills_a_shape_as_it_stands():
    assert filled("<p>{inside}</p>", inside=element("b", "a & {b}")) == "<p><b>a &amp; {b}</b></p>"


def test_markup_is_not_escaped_twice():
    assert element("p", element("b", "a & b")) == "<p><b>a &amp; b</b></p>"


def test_absent_parts_and_attributes_leave_nothing_behind():
    assert element("p", None, class_=None, hidden=False) == "<p></p>"


def test_a_yes_attribute_stands_without_a_value():
    assert element("details", open=True) == "<details open></details>"


def test_joining_nothing_is_empty_markup():
    assert join() == Markup("")
