"""What does the environment say? Every sentence, by language and "feature.key"; each feature keeps its own."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ketenreis.findings.counted import in_number
from ketenreis.web.features import FEATURES

LANGUAGES = ("nl", "en")


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Every sentence in one language, by "feature.key"."""
    return {
        f"{feature.name}.{key}": said
        for feature in FEATURES
        for key, said in tomllib.loads(
            files(f"ketenreis.web.{feature.name}").joinpath(f"{language}.toml").read_text(encoding="utf-8")
        ).items()
    }


def say(language: str, key: str, **holes: object) -> str:
    """The sentence of that key, its holes filled; counts are written in the language's way.

    Example:
        >>> say("nl", "frame.close")
        'Sluiten'
    """
    shown = {
        name: _whole(value, language) if isinstance(value, int) else value for name, value in holes.items()
    }
    return in_number(sentences(language)[key], shown).format_map(shown)


def _whole(number: int, language: str) -> str:
    said = f"{number:,}"
    return said.replace(",", ".") if language == "nl" else said
