"""What remains of a failure that nobody foresaw: a file that a developer can use, instead of a page of code for the user."""

import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path


def keep(failure: BaseException, words: Sequence[str]) -> Path:
    """Writes what happened to a file.

    Returns:
        Its path, whose name is the reference.
    """
    said = [
        f"ketenreis {version('ketenreis')} · Python {sys.version.split()[0]} · {platform.platform()}",
        f"ketenreis {' '.join(words)}",
        "",
        *traceback.format_exception(failure),
    ]
    with tempfile.NamedTemporaryFile(
        "w", prefix="ketenreis-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write("\n".join(said))
    return Path(file.name)
