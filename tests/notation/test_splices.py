"""An XML text is changed in the places asked for, and nowhere else."""

import pytest

from ketenreis.notation.splices import NewTag, Splices
from ketenreis.notation.xml_tree import XmlText, read_xml

TEXT = "<?xml version='1.0'?>\r\n<!-- first -->\r\n<a x='1'\t y = \"2\">\r\n  <b/>\r\n  <c z='&lt;&#10;>'>één</c>\r\n</a>\r\n"


def splices(text: str = TEXT) -> Splices:
    read = read_xml(text.encode(), "a.xml")
    assert isinstance(read, XmlText)
    return Splices(read)


def after(change, text: str = TEXT) -> str:
    cut = splices(text)
    root = cut.text.root
    change(cut, root, *root.children)
    return cut.result().decode()


def test_without_changes_every_byte_stays():
    assert after(lambda *_: None) == TEXT


def test_an_attribute_changes_where_it_stands_is_added_and_goes():
    assert after(lambda cut, a, *_: cut.set(a, "y", 'q"&')) == TEXT.replace('y = "2"', 'y="q&quot;&amp;"')
    assert after(lambda cut, a, b, c: cut.set(b, "n", "1")) == TEXT.replace("<b/>", '<b n="1"/>')
    assert after(lambda cut, a, *_: cut.set(a, "y", None)) == TEXT.replace('\t y = "2"', "")
    assert after(lambda cut, a, *_: cut.set(a, "x", "1")) == TEXT


def test_an_element_goes_with_the_line_it_stands_on():
    assert after(lambda cut, a, b, c: cut.remove(b)) == TEXT.replace("\r\n  <b/>", "")


def test_a_new_element_takes_the_indentation_and_line_ends_of_its_place():
    new = NewTag("d", {"e": "f"}, [NewTag("g")])
    added = '\r\n  <d e="f">\r\n    <g/>\r\n  </d>'
    assert after(lambda cut, a, b, c: cut.add(a, new, b)) == TEXT.replace("<b/>", f"<b/>{added}")
    assert after(lambda cut, a, b, c: cut.add(a, new)) == TEXT.replace('"2">', f'"2">{added}')


def test_an_element_that_closed_itself_opens_for_what_is_added():
    def change(cut, a, b, c):
        cut.add(b, NewTag("d"))
        cut.add(b, NewTag("e"))

    assert after(change) == TEXT.replace("<b/>", "<b>\r\n    <d/>\r\n    <e/>\r\n  </b>")


def test_text_and_names_change():
    assert after(lambda cut, a, b, c: cut.write(c, "<twee>")) == TEXT.replace("één", "&lt;twee&gt;")
    assert after(lambda cut, a, b, c: cut.rename(c, "d")) == TEXT.replace("<c", "<d").replace("</c>", "</d>")
    assert (
        after(lambda cut, a, b: cut.rename(b, "d"), "<p:a xmlns:p='u'><p:b/></p:a>")
        == "<p:a xmlns:p='u'><p:d/></p:a>"
    )


def test_changes_in_something_that_goes_are_gone_with_it():
    def change(cut, a, b, c):
        cut.set(c, "z", "9")
        cut.add(c, NewTag("d"))
        cut.remove(c)
        cut.add(a, NewTag("e"), c)

    assert after(change) == TEXT[: TEXT.index("\r\n  <c")] + "\r\n  <e/>\r\n</a>\r\n"


def test_a_text_on_one_line_stays_on_one_line():
    assert (
        after(lambda cut, a, b: cut.add(a, NewTag("c", text="d"), b), "<a><b/></a>") == "<a><b/><c>d</c></a>"
    )


@pytest.mark.parametrize(
    "text", ["<a b='>'/>", '<a b="\'>"></a>', "<a\n\tb = '1'\n/>", "<a><![CDATA[<b>]]></a>"]
)
def test_brackets_and_quotes_in_odd_places_do_no_harm(text):
    assert after(lambda cut, a: cut.set(a, "n", "1"), text) == text.replace("<a", '<a n="1"', 1)
