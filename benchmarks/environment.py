"""The peers' environment: a venv outside the project, made when it is not there; without it their parts are skipped."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.stores import CACHE

WANTED = Path(__file__).with_name("peers.txt")


def python() -> Path | None:
    """The interpreter that knows the peers (or the one BENCH_PEERS names); null, with a sentence, when it cannot be made."""
    if given := os.environ.get("BENCH_PEERS"):
        return Path(given)
    key = hashlib.sha256(WANTED.read_bytes()).hexdigest()[:12]
    folder = CACHE / f"peers-{key}"
    ready, interpreter = folder / "ready", folder / "bin" / "python"
    if ready.exists():
        return interpreter
    print(f"Making an environment for the peers in {folder}.", flush=True)
    install = [interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", WANTED]
    try:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run(list(map(str, install)), check=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        print(f"The peers cannot be installed here ({problem}); what needs them is skipped.", flush=True)
        return None
    ready.touch()
    return interpreter


def versions(interpreter: Path) -> str:
    """The versions of the peers, as one line."""
    asked = (
        "import importlib.metadata as m; print(', '.join(f'{n} {m.version(n)}' for n in "
        "('pm4py', 'Declare4Py', 'numba', 'pyarrow', 'pandas')))"
    )
    done = subprocess.run([str(interpreter), "-c", asked], check=True, capture_output=True, text=True)
    return done.stdout.strip()
