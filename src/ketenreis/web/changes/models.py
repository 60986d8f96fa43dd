"""The one table of a model: what was changed, by whom, when. What the model is now follows from it."""

from django.db import models


class Change(models.Model):
    """One bundle of edits that was made at once; never changed, never deleted. Its id is its place in the live feed."""

    workspace = models.CharField(max_length=100)
    at = models.DateTimeField()
    who = models.CharField(max_length=200, blank=True)
    edits = models.JSONField()
    origin = models.CharField(max_length=20, default="edit")
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        """Read in order, per workspace."""

        indexes = (models.Index(fields=["workspace", "id"]),)

    def __str__(self) -> str:
        return f"{self.workspace} {self.pk}"


class Snapshot(models.Model):
    """The edits that make the whole model after a change, so that a start need not replay all; may be thrown away."""

    workspace = models.CharField(max_length=100)
    change = models.ForeignKey(Change, on_delete=models.CASCADE)
    edits = models.JSONField()

    def __str__(self) -> str:
        return f"{self.workspace} {self.change_id}"
