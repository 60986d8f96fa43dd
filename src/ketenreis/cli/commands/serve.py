"""`ketenreis serve`: how do I work on this in the browser?"""

import socket
from argparse import Namespace
from pathlib import Path

from ketenreis.cli.parser import Parser
from ketenreis.cli.terminal import Terminal
from ketenreis.errors import UsageError

LOCAL = ("127.0.0.1", "localhost", "::1")


def arguments(parser: Parser) -> None:
    """States what the command takes."""
    parser.add_argument("folder", type=Path, nargs="?", default=Path())
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--no-browser", action="store_true")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Serves the folder until it is stopped."""
    from ketenreis.web.serving import serve

    if asked.host not in LOCAL:
        # There are no accounts yet: whoever can reach the address could change everything.
        raise UsageError(terminal.words("serve.public", host=asked.host))
    if not asked.folder.exists():
        asked.folder.mkdir(parents=True)
    elif not asked.folder.is_dir():
        raise UsageError(terminal.words("serve.no_folder", folder=asked.folder))
    port = free_port(asked.port)
    address = f"http://localhost:{port}/"
    terminal.kept = terminal.words("serve.kept", folder=asked.folder)
    terminal.say(terminal.words("serve.where", address=address, folder=asked.folder))
    serve(asked.folder, asked.host, port, opened=None if asked.no_browser else address)
    return 0


def free_port(wanted: int) -> int:
    """The port that was asked for, or the next that nobody uses."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) != 0:
                return port
    return wanted
