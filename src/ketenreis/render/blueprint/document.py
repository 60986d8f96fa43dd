"""How is a blueprint kept as one HTML file? Board, threads and equal table, without a server, a script or a network."""

from ketenreis.render import page
from ketenreis.render.blueprint.board import Board
from ketenreis.render.blueprint.html import blueprint_html, blueprint_table, css, standing_alone
from ketenreis.render.markup import element


def blueprint_document(board: Board, thread: str | None = None) -> str:
    """A blueprint as one file that anyone can open, keep and print.

    Args:
        board: What it shows.
        thread: The element whose thread is lit; without one, every thread can be chosen in the file itself.

    Returns:
        One HTML document that fetches nothing and holds no script.
    """
    if thread is None:
        drawn, rules = standing_alone(board)
    else:
        drawn, rules = blueprint_html(board, thread, link=""), ""
    style = page.css() + css() + rules
    own = board.own_language if board.own_language != board.language else None
    head = page.head_of(f"{board.title} · {board.kicker}", style)
    about = element(
        "header",
        element(
            "div",
            element("p", board.kicker, class_="kicker"),
            element("h1", board.title, lang=own),
            element("p", board.need, class_="need", lang=own) if board.need else None,
            element("p", board.about, class_="on"),
            class_="about",
        ),
        page.tiles_html(board.tiles),
        class_="head",
    )
    main = element(
        "main",
        drawn,
        element("details", element("summary", board.said.table), blueprint_table(board), class_="equal"),
        id="inhoud",
    )
    body = element("body", about, main, class_="wall")
    return f"<!doctype html>\n{element('html', head, body, lang=board.language)}\n"
