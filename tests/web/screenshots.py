"""How does every page look? `python -m tests.web.screenshots FOLDER [WORD…]`: each on a desktop and a phone, in Dutch and English.

The pages are those of `addresses`; with words, only those whose address holds one of them. An `index.html` beside the
pictures shows them all.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from html import escape
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tests.web.addresses import FILLED, GONE, OWN, READY, fill
from tests.web.chain_text import CHAIN
from tests.web.conftest import MODEL, SIZES

ONLY_OWN = ("processes/aannemen/?order=noteren", GONE, "evidence/")
"""What the filled example does not show already."""


def shelves(folder: Path) -> None:
    """The filled example in both languages, and the organisation of the tests."""
    for language in ("nl", "en"):
        fill(folder / f"belmij-{language}", language=language)
    (folder / "bos" / "model").mkdir(parents=True)
    (folder / "bos" / "model" / "bos.yaml").write_text(MODEL, encoding="utf-8")
    (folder / "bos" / "model" / "keten.yaml").write_text(CHAIN, encoding="utf-8")


@contextmanager
def served(folder: Path):
    """Where a folder is served while somebody looks."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ketenreis", "serve", str(folder), "--no-browser", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        for _ in range(600):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def settled(page: Page, path: str) -> None:
    """Waits until a page shows what it came to show."""
    for ending, sign in READY.items():
        if path.endswith(ending):
            page.locator(sign).wait_for()
    page.locator(".notice.working").wait_for(state="detached", timeout=60_000)


def main(target: Path, words: list[str]) -> None:
    """Takes the pictures."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    browser_path = os.environ.get("KETENREIS_CHROMIUM") or found
    target.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="ketenreis-pictures-"))
    shelves(work)
    wanted = [
        ("", ""),
        *(("belmij", path) for path in FILLED),
        *(("bos", path) for path in ONLY_OWN if path in OWN),
    ]
    wanted = [one for one in wanted if not words or any(word in "/".join(one) for word in words)]
    with served(work) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for language in ("nl", "en"):
            context = browser.new_context(locale=language, base_url=address, reduced_motion="reduce")
            page = context.new_page()
            for workspace, path in wanted:
                name = f"belmij-{language}" if workspace == "belmij" else workspace
                page.set_viewport_size(dict(zip(("width", "height"), SIZES["desktop"], strict=True)))
                page.goto(f"/{name}/{path}" if name else "/")
                settled(page, path)
                for size, (width, height) in SIZES.items():
                    page.set_viewport_size({"width": width, "height": height})
                    stem = re.sub(r"[^a-z0-9]+", "-", f"{workspace}-{path}".lower()).strip("-") or "shelf"
                    page.screenshot(path=target / f"{stem}.{language}.{size}.png", full_page=True)
        browser.close()
    shutil.rmtree(work, ignore_errors=True)
    index(target)


def index(target: Path) -> None:
    """One page with every picture."""
    pictures = "".join(
        f'<figure><a href="{escape(one.name)}"><img src="{escape(one.name)}" alt="" loading="lazy" width="320"></a>'
        f"<figcaption>{escape(one.stem)}</figcaption></figure>"
        for one in sorted(target.glob("*.png"))
    )
    look = "body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:16px}img{border:1px solid #ccc}figure{margin:0;width:320px}"
    (target / "index.html").write_text(
        f'<!doctype html><meta charset="utf-8"><title>Every page</title><style>{look}</style>{pictures}',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
