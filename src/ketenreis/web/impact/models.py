"""A change that somebody thinks about: its edits, and what was typed, so that it can be saved, or gone back to, as it was."""

from django.db import models


class Proposal(models.Model):
    """One bundle of edits that is not part of the model; thrown away after a while."""

    workspace = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)
    edits = models.JSONField()
    address = models.CharField(max_length=500)
    posted = models.JSONField(default=dict)
    again = models.JSONField(default=dict)
    back = models.CharField(max_length=500, default="/")

    def __str__(self) -> str:
        return f"{self.workspace} {self.pk}"
