"""How is a folder served? The tables are made ready, the folder's text is taken in, and a browser may open it."""

import atexit
import gc
import os
import socket
import threading
import time
import webbrowser
from pathlib import Path


def prepare(folder: Path) -> None:
    """Makes everything ready to serve a folder: settings, tables, and the model of each workspace.

    Args:
        folder: A workspace, or a folder of workspaces.
    """
    os.environ["KETENREIS_FOLDER"] = str(folder.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketenreis.web.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from ketenreis.web import shelf
    from ketenreis.web.changes import keeping

    call_command("migrate", verbosity=0, interactive=False)
    for workspace in shelf.all_workspaces():
        keeping.now(workspace)
    # Models stay for as long as we serve: looking through a large one for what can go takes a third of a page's time.
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # what is not let go at the end is told as a leak


def serve(folder: Path, host: str = "127.0.0.1", port: int = 8765, *, opened: str | None = None) -> None:
    """Serves a folder until it is stopped.

    Args:
        folder: A workspace, or a folder of workspaces.
        host: Where it listens: this machine only, unless told otherwise.
        port: Where it listens.
        opened: An address to open in the visitor's browser once it answers; None opens nothing.
    """
    prepare(folder)
    import uvicorn

    from ketenreis.web.evidence import importing  # noqa: F401  # its work can be asked for from now on
    from ketenreis.web.jobs import working

    working.start()

    if opened:
        threading.Thread(target=_open_when_ready, args=(opened, port), daemon=True).start()
    uvicorn.run("ketenreis.web.asgi:application", host=host, port=port, log_level="warning", lifespan="off")


def _open_when_ready(address: str, port: int) -> None:
    """Opens the browser as soon as the server answers."""
    for _ in range(100):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                webbrowser.open(address)
                return
        time.sleep(0.1)
