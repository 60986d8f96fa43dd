"""What a user installs is whole: the wheel builds, holds its data, and runs by itself."""

import os
import re
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest
from tests.conftest import ROOT

SOURCE = ROOT / "src" / "ketenreis"
DATA = {".toml", ".md", ".json", ".yaml", ".css", ".svg"}
PAGES = {".html", ".js", ".woff", ".woff2", ".ttf", ".txt"}
"""Templates, modules and what is vendored for pages and drawings: fonts with their licences."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    code = "import os, sys; os.chdir(sys.argv[1]); from hatchling.build import build_wheel; print(build_wheel(sys.argv[2]))"
    built = subprocess.run(
        [sys.executable, "-c", code, str(ROOT), str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder / built.stdout.split()[-1]


def test_the_wheel_holds_every_module_and_every_piece_of_data(wheel):
    with zipfile.ZipFile(wheel) as packed:
        held = set(packed.namelist())
    files = [path for path in SOURCE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    wanted = {f"ketenreis/{path.relative_to(SOURCE).as_posix()}" for path in files}
    assert wanted <= held
    assert {Path(name).suffix for name in wanted} >= {".py", ".toml", ".md", ".yaml"}
    assert "ketenreis/py.typed" in held
    assert any(name.endswith("licenses/LICENSE") for name in held)


def test_every_data_file_of_the_package_is_of_a_kind_we_know():
    kinds = {path.suffix for path in SOURCE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert kinds <= DATA | PAGES | {".py", ".typed"} | {""}, "say here what the new kind of file is for"


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["check", "-"]])
def test_the_wheel_runs_by_itself(wheel, tmp_path, words):
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path)
    # -P keeps the folder we stand in out of the path; the extracted wheel comes before the installed project.
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import ketenreis; assert ketenreis.__file__.startswith({str(tmp_path)!r}); from ketenreis.cli import main; sys.exit(main({words!r}))"
    ran = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, timeout=60, check=False, input="",
        env={"PATH": "", "LANG": "C.UTF-8"}, cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == (0 if words[-1] == "--help" else ran.returncode), ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.stdout


NO_NETWORK = """
import sys
def refuse(event, given):
    if event == "socket.connect" and isinstance(given[1], tuple) and given[1][0] not in ("127.0.0.1", "::1", "localhost"):
        raise PermissionError(f"the network was asked for {given[1]}")
    if event == "socket.getaddrinfo" and given[0] not in (None, "127.0.0.1", "::1", "localhost"):
        raise PermissionError(f"the network was asked for {given[0]}")
sys.addaudithook(refuse)
"""
"""Refuses every way out of the machine, from the first moment of the interpreter."""


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An empty environment that holds the wheel, and sees what it depends on; nothing of the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    home = next(folder.glob("lib/python*/site-packages"), folder / "Lib" / "site-packages")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(home)
    # A path in a .pth file is searched, but the .pth files in it are not read: so an editable install is not seen.
    (home / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (home / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


def _asked(address):
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.status, answer.read().decode("utf-8", "replace")


def test_the_demo_runs_from_the_wheel_without_a_network_and_every_page_finds_its_files(installed, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["demo", "--no-browser", "--cases", "60", "--port", str(port), "--folder", tmp_path / "demo"]
    said = (tmp_path / "said.txt").open("w", encoding="utf-8")
    environment = {"PATH": "", "LANG": "C.UTF-8", "HOME": str(tmp_path)}
    with (
        said,
        subprocess.Popen(
            [installed, "-m", "ketenreis", *words], stdout=said, stderr=said, cwd=tmp_path, env=environment
        ) as demo,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(1200):
                with socket.socket() as knock:
                    if knock.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert demo.poll() is None, (tmp_path / "said.txt").read_text(encoding="utf-8")
                time.sleep(0.1)
            files = set()
            for page in (
                "tour/",
                "journeys/",
                "measures/",
                "blueprint/",
                "findings/",
                "history/",
                "all/ctq/",
            ):
                status, text = _asked(f"{address}/belmij/{page}")
                assert status == 200
                files |= set(re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js|svg))"', text))
            assert len(files) >= 5
            for name in sorted(files):
                status, text = _asked(address + name)
                assert status == 200
                assert text
        finally:
            demo.terminate()
    told = (tmp_path / "said.txt").read_text(encoding="utf-8")
    assert "Traceback" not in told
    assert "the network was asked" not in told


def test_no_address_of_a_registry_and_no_path_of_a_workshop_is_shipped():
    told = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    if told.returncode:
        pytest.skip("This copy has no version control, so nobody can say what is shipped.")
    forbidden = (
        "pypi" + ".org",
        "files.python" + "hosted",
        "registry.npm" + "js",
        "/work" + "/",
        "proxy.golang" + ".org",
    )
    for name in told.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".png", ".gz", ".parquet", ".woff", ".woff2", ".ttf"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not [word for word in forbidden if word in text], name
