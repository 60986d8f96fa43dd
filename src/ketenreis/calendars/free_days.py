"""Which days are public holidays, and which are school holidays: what the `holidays` package knows, by year.

The package is imported when the first holiday is asked for, so that a calendar without holidays costs nothing.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

SCHOOL_REGIONS = ("Noord", "Midden", "Zuid")
LIBERATION_DAY = ("every five years", "every year")
"""When 5 May is a day off in the Netherlands: in lustrum years, as in most collective agreements, or each year."""

_AUTUMN = "Herfstvakantie"


@lru_cache(maxsize=4096)
def public_holidays(country: str, year: int, *, liberation_day: str) -> Mapping[date, tuple[str, ...]]:
    """The public holidays of a country in a year, each with its names; none without a country."""
    if not country:
        return {}
    yearly = country == "NL" and liberation_day == LIBERATION_DAY[1]
    categories = ("public", "optional") if yearly else ("public",)  # the one optional holiday there is 5 May
    found = _asked(country, year, categories)
    return {day: tuple(found.get_list(day)) for day in found}


@lru_cache(maxsize=4096)
def school_holidays(region: str, year: int) -> Mapping[date, str]:
    """The Dutch school holidays of a region in a year; none without a region.

    Source: the Ministry of Education's rules per period ("Regeling vaststelling schoolvakanties"), as held by the
    `holidays` package. Autumn and spring breaks are advice: a school may depart from them.
    """
    if not region:
        return {}
    found = _asked("NL", year, ("school",), region)
    return {day: found[day] for day in found}


def school_year_known(region: str, year: int) -> bool:
    """Whether every school holiday of a calendar year is known; the autumn break is settled last."""
    return _AUTUMN in school_holidays(region, year).values()


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """The countries whose holidays are known, as codes of two letters."""
    return tuple(_holidays().list_supported_countries(include_aliases=False))


@lru_cache(maxsize=64)
def holiday_names(country: str) -> tuple[str, ...]:
    """The names that the public holidays of a country bear in this century."""
    years = (public_holidays(country, year, liberation_day=LIBERATION_DAY[1]) for year in range(2000, 2036))
    return tuple(dict.fromkeys(name for year in years for names in year.values() for name in names))


def _asked(country: str, year: int, categories: tuple[str, ...], region: str | None = None) -> Any:
    """Asks the package, in the country's own language: left alone it answers in that of the machine."""
    language = _holidays().country_holidays(country).default_language
    return _holidays().country_holidays(
        country, subdiv=region, years=year, categories=categories, language=language, expand=False
    )


def _holidays() -> Any:
    import holidays

    return holidays
