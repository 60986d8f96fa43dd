"""What do past cases say of a change, without anybody waiting for it? Judged beside the page, a few requirements at a time."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from ketenreis.analysis.rejudged import Rejudged
from ketenreis.errors import KetenreisError
from ketenreis.events.store import EventStore
from ketenreis.model import Model
from ketenreis.reports.consequences import judged_otherwise, past_cases
from ketenreis.web.figures import stamped
from ketenreis.web.shelf import Workspace

AT_ONCE, TOGETHER, HELD = 0.4, 4, 8
"""Seconds that a page waits; requirements that are judged in one go; changes of which the figures are held."""

State = Literal["none", "working", "ready", "stopped", "failed"]

_workers = ThreadPoolExecutor(1, thread_name_prefix="weighing")
_lock = threading.Lock()
_asked: "OrderedDict[tuple[str, int, Hashable], _Work]" = OrderedDict()


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is known of past cases.

    Attributes:
        state: none: there are no events, or no requirement changes.
        rejudged: By requirement, once ready; of those that were done when it was stopped.
        share: How far it is, from 0 to 1.
        why: What stood in the way.
    """

    state: State
    rejudged: Mapping[str, Rejudged]
    share: float = 0.0
    why: str = ""


class _Work:
    """One change being judged: it says how far it is, and stops between two goes when it is told to."""

    def __init__(self, judge: Callable[["_Work"], None]) -> None:
        self.found: dict[str, Rejudged] = {}
        self.share = 0.0
        self.is_stopped = False
        self.future: Future[None] = _workers.submit(judge, self)


def weigh(workspace: Workspace, name: Hashable, old: Model, new: Model, wait: float = AT_ONCE) -> Weighed:
    """What past cases say of a change of the requirements.

    Args:
        workspace: Where the events are.
        name: What the change is known by; equal names mean equal models.
        old: The model before.
        new: The model after.
        wait: Seconds to wait for what is not known yet.
    """
    stamp = stamped(workspace)
    pairs = judged_otherwise(old, new)
    if stamp is None or not pairs:
        return Weighed("none", {})

    def judge(work: _Work) -> None:
        store = EventStore.open(workspace.events)
        groups = [pairs[at : at + TOGETHER] for at in range(0, len(pairs), TOGETHER)]
        for number, group in enumerate(groups, 1):
            if work.is_stopped:
                return
            work.found.update(past_cases(group, new, store))
            work.share = number / len(groups)

    key = (*stamp, name)
    with _lock:
        work = _asked.get(key)
        if work is None:
            work = _asked[key] = _Work(judge)
            while len(_asked) > HELD:
                _stop(_asked.popitem(last=False)[1])
        _asked.move_to_end(key)
    try:
        work.future.result(wait)
    except TimeoutError:
        return Weighed("working", dict(work.found), work.share)
    except KetenreisError as refused:
        return Weighed("failed", {}, why=str(refused))
    return Weighed("stopped" if work.is_stopped else "ready", dict(work.found), work.share)


def stop(workspace: Workspace, name: Hashable) -> None:
    """Stops judging a change; what was done stays."""
    with _lock:
        for (where, _, what), work in _asked.items():
            if (where, what) == (workspace.id, name):
                _stop(work)


def _stop(work: _Work) -> None:
    work.is_stopped = True
