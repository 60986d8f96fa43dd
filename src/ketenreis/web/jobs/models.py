"""One piece of long work: what is to be done, how far it is, and what came of it."""

from django.db import models


class Job(models.Model):
    """A piece of work; its row is the only truth about it, so that a restart can take it up again."""

    WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"

    workspace = models.CharField(max_length=100)
    work = models.CharField(max_length=50)
    given = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=WAITING)
    share = models.FloatField(default=0)
    what = models.CharField(max_length=100, blank=True)
    result = models.JSONField(default=dict)
    asked = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.workspace} {self.work} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self.state in (self.WAITING, self.RUNNING)

    @property
    def percent(self) -> int:
        """How far it is."""
        return round(100 * self.share)
