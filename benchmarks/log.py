"""The synthetic log of every benchmark: permit-like cases of about ten events, from a seed, in blocks of whole cases."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ACTIVITIES = (
    "answer", "assess", "call", "close", "complaint", "confirm", "decide",
    "desk_visit", "email", "notify", "pay", "receive_info", "register", "request_info",
)  # fmt: skip
"""In the order of their codes: alphabetical, as an import numbers them."""
CHANNELS = ("desk", "email", "phone", "post", "web")
WEIGHTS = {
    "call": 12, "email": 12, "desk_visit": 5, "assess": 20, "request_info": 8, "receive_info": 8, "decide": 10,
    "notify": 10, "pay": 5, "complaint": 3, "answer": 3,
}  # fmt: skip
"""How often each happens in the middle of a case; register, confirm and close have places of their own."""
SECONDS = {"confirm": 25.0, "notify": 35.0, "call": 3 * 3600.0, "close": 3600.0}
"""Mean time before an event of a kind; 1.2 days for the others."""
EVENTS_A_CASE = 10
CASES_A_BLOCK = 100_000
START, SPAN = 1_672_531_200_000_000, 730 * 86_400_000_000
"""Cases begin evenly over the two years from 1 January 2023, in microseconds."""


@dataclass(frozen=True, slots=True)
class Block:
    """Events of whole cases, by case and then by time: one array per column; `cents` is the amount times 100."""

    case: NDArray[np.int32]
    seq: NDArray[np.int32]
    us: NDArray[np.int64]
    activity: NDArray[np.int16]
    channel: NDArray[np.int32]
    cents: NDArray[np.int64]


def blocks(events: int, seed: int = 1) -> Iterator[Block]:
    """About so many events, block by block; the same for the same seed, whatever is done with a block."""
    cases = events // EVENTS_A_CASE
    for first in range(0, cases, CASES_A_BLOCK):
        yield _block(first, min(CASES_A_BLOCK, cases - first), cases, np.random.default_rng([seed, first]))


def _block(first: int, cases: int, of: int, rng: np.random.Generator) -> Block:
    code = {name: number for number, name in enumerate(ACTIVITIES)}
    lengths = 3 + rng.poisson(EVENTS_A_CASE - 3, cases)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    size = int(lengths.sum())
    case = np.repeat(np.arange(cases, dtype=np.int32), lengths)
    seq = np.arange(size) - starts[case]
    last = seq == lengths[case] - 1

    weights = np.array([WEIGHTS.get(name, 0) for name in ACTIVITIES], float)
    activity = rng.choice(len(ACTIVITIES), size, p=weights / weights.sum()).astype(np.int16)
    activity[(seq == 1) & (rng.random(size) < 0.9)] = code["confirm"]
    activity[last & (rng.random(size) < 0.95)] = code["close"]
    decided = np.flatnonzero((activity == code["decide"]) & (rng.random(size) < 0.6))
    decided = decided[decided + 2 < size]
    activity[decided[~last[decided] & ~last[decided + 1]] + 1] = code["notify"]
    activity[seq == 0] = code["register"]

    means = np.array([SECONDS.get(name, 1.2 * 86_400) for name in ACTIVITIES])
    gaps = (rng.exponential(1, size) * means[activity] * 1e6).astype(np.int64) + 1000
    gaps[starts] = 0
    elapsed = np.cumsum(gaps)
    opened = START + np.sort((first + rng.random(cases) * cases) / of * SPAN).astype(np.int64)
    us = opened[case] + elapsed - elapsed[starts][case]

    channel = rng.integers(0, len(CHANNELS), size, dtype=np.int32)
    kept = np.where((rng.random(size) < 0.4) | (seq == 0), np.arange(size), 0)
    channel = channel[np.maximum.accumulate(kept)]  # most events stay in the channel of the one before
    cents = np.round(rng.gamma(2, 20, size) * 100).astype(np.int64)
    return Block(case + np.int32(first), seq.astype(np.int32), us, activity, channel, cents)
