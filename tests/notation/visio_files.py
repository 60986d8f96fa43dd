"""Writes Visio drawings as Visio does: a package of parts, masters with their shapes, pages with glued connectors."""

import io
import zipfile

SPACE = "http://schemas.microsoft.com/office/visio/2012/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MASTERS = {
    "1": "Process",
    "2": "Decision",
    "3": "Start/End",
    "4": "Dynamic connector",
    "5": "Swimlane",
    "6": "CFF Container",
    "7": "Document",
}


def cell(name, value) -> str:
    return f'<Cell N="{name}" V="{value}"/>'


def shape(number, master, text="", x=1.0, y=1.0, inner="", **cells) -> str:
    """A shape on a page; its size comes from its master unless it says otherwise."""
    said = "".join(cell(name, value) for name, value in {"PinX": x, "PinY": y, **cells}.items())
    written = f"<Text><cp IX='0'/>{text}</Text>" if text else ""
    nested = f"<Shapes>{inner}</Shapes>" if inner else ""
    of = f' Master="{master}"' if master else ""
    return f'<Shape ID="{number}" Type="Shape"{of}>{said}{written}{nested}</Shape>'


def connector(number, text="") -> str:
    return shape(number, "4", text, BeginX=0, BeginY=0, EndX=1, EndY=1)


def glue(line, source, target) -> str:
    ends = (("BeginX", source), ("EndX", target))
    return "".join(
        f'<Connect FromSheet="{line}" FromCell="{end}" ToSheet="{to}" ToCell="PinX"/>'
        for end, to in ends
        if to
    )


def page(shapes, connects="") -> str:
    return f"<PageContents xmlns='{SPACE}'><Shapes>{''.join(shapes)}</Shapes><Connects>{connects}</Connects></PageContents>"


def drawing(pages: dict[str, str], masters: dict[str, str] | None = None) -> bytes:
    """A whole file with these pages by name."""
    names = MASTERS if masters is None else masters
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = "".join(
            f'<Master ID="{n}" NameU="{name}"><Rel r:id="rId{n}"/></Master>' for n, name in names.items()
        )
        archive.writestr(
            "visio/masters/masters.xml", f"<Masters xmlns='{SPACE}' xmlns:r='{REL}'>{rows}</Masters>"
        )
        rels = "".join(f'<Relationship Id="rId{n}" Target="master{n}.xml"/>' for n in names)
        archive.writestr(
            "visio/masters/_rels/masters.xml.rels", f"<Relationships xmlns='{PACKAGE}'>{rels}</Relationships>"
        )
        for n in names:
            own = shape("5", "", Width=1, Height=0.75, LocPinX=0.5, LocPinY=0.375)
            archive.writestr(
                f"visio/masters/master{n}.xml",
                f"<MasterContents xmlns='{SPACE}'><Shapes>{own}</Shapes></MasterContents>",
            )
        rows = "".join(
            f'<Page ID="{n}" Name="{name}"><Rel r:id="rId{n}"/></Page>' for n, name in enumerate(pages)
        )
        archive.writestr("visio/pages/pages.xml", f"<Pages xmlns='{SPACE}' xmlns:r='{REL}'>{rows}</Pages>")
        rels = "".join(f'<Relationship Id="rId{n}" Target="page{n}.xml"/>' for n, _ in enumerate(pages))
        archive.writestr(
            "visio/pages/_rels/pages.xml.rels", f"<Relationships xmlns='{PACKAGE}'>{rels}</Relationships>"
        )
        for n, text in enumerate(pages.values()):
            archive.writestr(f"visio/pages/page{n}.xml", text)
    return held.getvalue()


def cross_functional() -> bytes:
    """A cross-functional flowchart: two lanes, a start, two tasks, a decision with words on its ways, and an end."""
    header = shape("21", "", "Balie", 0.2, 1.5, Width=0.4, Height=3)
    lanes = [
        shape("20", "5", "", 5, 6.5, header, Width=10, Height=3, LocPinX=5, LocPinY=1.5),
        shape("30", "5", "Toetser", 5, 3.5, Width=10, Height=3, LocPinX=5, LocPinY=1.5),
    ]
    nodes = [
        shape("1", "3", "Aanvraag", 1.5, 6.5), shape("2", "1", "Registreren", 3, 6.5),
        shape("4", "1", "Toetsen", 5, 3.5), shape("5", "2", "Akkoord?", 7, 3.5), shape("6", "3", "Klaar", 9, 3.5),
        shape("7", "7", "Dossier", 5, 6.5),
    ]  # fmt: skip
    lines = [
        connector("11"),
        connector("12"),
        connector("13"),
        connector("14", "ja"),
        connector("15", "nee"),
        connector("16", "los"),
    ]
    glued = (
        glue("11", "1", "2")
        + glue("12", "2", "4")
        + glue("13", "4", "5")
        + glue("14", "5", "6")
        + glue("15", "5", "2")
        + glue("16", "5", "")
    )
    return drawing(
        {
            "Vergunning": page([shape("40", "6", "Vergunning", 5, 5), *lanes, *nodes, *lines], glued),
            "Leeg": page([]),
        }
    )
