"""How is the XML of others parsed? In pieces, and never with entities that it declares itself."""

from xml.parsers import expat

from ketenreis.errors import UnreadableFileError


def xml_parser() -> expat.XMLParserType:
    """A parser that gives each text in one piece, and raises UnreadableFileError at the first entity."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise UnreadableFileError(
        "The log declares entities of its own, which can make a small file grow without end; they are not read."
    )
