"""How does the profile of an event store read in a terminal?"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ketenreis.cli.terminal import sentences
from ketenreis.findings.counted import in_number
from ketenreis.render.terminal import fitting
from ketenreis.reports.words import Words

MOST = 8
"""So many rows of each list; the rest stands in --json."""
QUANTILES = ("min", "p05", "median", "p90", "p95", "p99", "max")


def profile_lines(described: Mapping[str, Any], language: str, zone: str) -> list[str]:
    """The profile as text.

    Args:
        described: What `Profile.to_dict` gives.
        language: "nl" or "en".
        zone: The time zone in which days are written.
    """
    words = Words(language, ZoneInfo(zone))
    said = sentences(language)
    counted = {name: words.whole(described[name]) for name in ("cases", "events", "activities", "variants")}
    repeated = {
        "n": words.whole(described["cases_with_repeated_activity"]),
        "share": words.percent(described["cases_with_repeated_activity"] / max(described["cases"], 1)),
        "ties": words.whole(described["same_timestamp_pairs"]),
    }
    lines = [
        in_number(said["profile.counted"], counted).format_map(counted),
    ]
    if described["first"] and described["last"]:
        first, last = (datetime.fromisoformat(described[name]) for name in ("first", "last"))
        lines.append(f"{words.moment(first)} – {words.moment(last)} ({zone})")
    lines += ["", *_spread(described["case_duration_s"], said["profile.duration"], words.duration, words)]
    per_case = described["events_per_case"]
    lines += ["", *_spread(per_case, said["profile.events_per_case"], lambda n: words.number(n, 1), words)]
    lines += ["", said["profile.activities"]]
    lines += _counted(described["activity_counts"], described["events"], words)
    lines += ["", said["profile.start"], *_counted(described["start"], described["cases"], words)]
    lines += ["", said["profile.end"], *_counted(described["end"], described["cases"], words)]
    lines += ["", said["profile.follows"]]
    for edge in described["dfg_top"][:MOST]:
        took = words.duration(edge["median_s"])
        lines.append(
            f"  {words.whole(edge['n']):>9}  {fitting(edge['a'])} → {fitting(edge['b'])}  ({said['profile.median']} {took})"
        )
    lines += [
        "",
        in_number(said["profile.repeated"], repeated).format_map(repeated),
    ]
    return lines


def _spread(spread: Mapping[str, Any], title: str, write: Callable[[float], str], words: Words) -> list[str]:
    """Quantiles of something, on one line; an average alone would hide what is skewed."""
    if not spread["n"]:
        return [title, "  –"]
    named = {"median": sentences(words.language)["profile.median"]}
    shown = [f"{named.get(name, name)} {write(spread[name])}" for name in QUANTILES]
    return [f"{title} (n = {words.whole(spread['n'])})", f"  {' · '.join(shown)}"]


def _counted(counts: Mapping[str, int], whole: int, words: Words) -> list[str]:
    """The most frequent, with their share."""
    rows = sorted(counts.items(), key=lambda item: -item[1])
    lines = [
        f"  {words.whole(n):>9}  {words.percent(n / max(whole, 1)):>6}  {fitting(name)}"
        for name, n in rows[:MOST]
    ]
    if len(rows) > MOST:
        lines.append(f"  {'…':>9}  {sentences(words.language)['profile.others'].format(n=len(rows) - MOST)}")
    return lines
