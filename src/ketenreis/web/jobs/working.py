"""Who does the long work? One thread per serving process takes waiting jobs, one at a time, the oldest first.

A job that was running when the process stopped is taken up again from its beginning: everything a job makes becomes visible
at its end, at once, so doing it twice is doing it once.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import close_old_connections, transaction

from ketenreis.errors import KetenreisError
from ketenreis.web import shelf
from ketenreis.web.changes import variants
from ketenreis.web.jobs.models import Job

Progress = Callable[[float, str], None]
Work = Callable[[shelf.Workspace, Mapping[str, Any], Progress], Mapping[str, Any]]

WORKS: dict[str, Work] = {}
"""What can be done, by name; a feature adds its own when it is loaded."""

OFTEN = 0.25
"""Seconds between two writings of how far a job is."""

_wake = threading.Event()
_log = logging.getLogger(__name__)


class CancelledError(Exception):
    """Somebody no longer wants what is being done."""


def ask(workspace: shelf.Workspace, work: str, given: Mapping[str, Any]) -> Job:
    """Puts work in the queue."""
    job = Job.objects.create(workspace=workspace.id, work=work, given=dict(given))
    _wake.set()
    return job


def cancel(job: Job) -> None:
    """Stops work at the next moment it says how far it is; nothing of it becomes visible."""
    Job.objects.filter(pk=job.pk, state__in=(Job.WAITING, Job.RUNNING)).update(
        state=Job.CANCELLED, ended=datetime.now(UTC)
    )


def start() -> None:
    """Takes up what a stopped process left, and works for as long as this process lives."""
    Job.objects.filter(state=Job.RUNNING).update(state=Job.WAITING, share=0)
    threading.Thread(target=_work_on, name="jobs", daemon=True).start()


def do_next() -> bool:
    """Does the oldest waiting job; says whether there was one."""
    with transaction.atomic():
        job = Job.objects.filter(state=Job.WAITING).order_by("id").first()
        if job is None:
            return False
        Job.objects.filter(pk=job.pk).update(state=Job.RUNNING)
    _do(job)
    return True


def _work_on() -> None:
    while True:
        try:
            while do_next():
                pass
        except Exception:  # noqa: BLE001  # the queue must go on, whatever one job or the disk did
            _log.exception("the queue stumbled")
            time.sleep(1)
        finally:
            close_old_connections()
        _wake.wait(1)
        _wake.clear()


def _do(job: Job) -> None:
    workspace = variants.workspace(job.workspace)
    last = 0.0

    def progress(share: float, what: str) -> None:
        nonlocal last
        if time.monotonic() - last < OFTEN:
            return
        last = time.monotonic()
        if not Job.objects.filter(pk=job.pk, state=Job.RUNNING).update(share=share, what=what):
            raise CancelledError

    if workspace is None:
        _end(job, Job.FAILED, {"why": f"There is no workspace {job.workspace} any more."})
        return
    try:
        result = WORKS[job.work](workspace, job.given, progress)
        _end(job, Job.DONE, result)
    except CancelledError:
        pass
    except KetenreisError as refused:
        _end(job, Job.FAILED, {"why": str(refused)})
    except Exception as failure:  # noqa: BLE001  # whatever one job did, its row must say that it ended
        _log.exception("job %s failed", job.pk)
        _end(job, Job.FAILED, {"why": type(failure).__name__})


def _end(job: Job, state: str, result: Mapping[str, Any]) -> None:
    Job.objects.filter(pk=job.pk, state=Job.RUNNING).update(
        state=state, result=dict(result), share=1, ended=datetime.now(UTC)
    )
