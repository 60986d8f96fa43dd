"""What was dismissed, by whom and why: kept by the finding's fingerprint, so it stays dismissed until the facts change."""

from django.db import models


class Dismissal(models.Model):
    """One finding that somebody put aside."""

    workspace = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=32)
    facts = models.CharField(max_length=64)
    reason = models.TextField()
    who = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One per finding."""

        constraints = (
            models.UniqueConstraint(fields=["workspace", "fingerprint"], name="one_dismissal_per_finding"),
        )

    def __str__(self) -> str:
        return f"{self.workspace} {self.fingerprint}"
