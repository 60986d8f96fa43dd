"""What a workspace keeps of its model: every change, and what people agreed to, looked at and want to be."""

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


class Confirmed(models.Model):
    """What was agreed of one relation, never changed: the newest of a relation is in force, so taking back is adding what was before.

    Without a day nobody confirmed it: it is how the relation stood when somebody first changed one of its ends. An empty
    stamp says that nothing is agreed any more. What both ends said that matters is empty where only the stamp is known.
    """

    workspace = models.CharField(max_length=100)
    relation = models.CharField(max_length=50)
    source = models.CharField(max_length=250)
    target = models.CharField(max_length=250)
    stamp = models.CharField(max_length=16, blank=True)
    who = models.CharField(max_length=200, blank=True)
    day = models.DateField(null=True)
    said = models.JSONField(null=True)

    class Meta:
        """Read in order, per workspace."""

        indexes = (models.Index(fields=["workspace", "id"], name="confirmed_in_order"),)

    def __str__(self) -> str:
        return f"{self.workspace} {self.source}:{self.relation}:{self.target}"


class Variant(models.Model):
    """A wanted situation beside today's: a history of its own, begun as the model stood after a change of its workspace.

    What it wants is what it says otherwise than that moment; whenever it is merged, the moment moves up. A blind one begins
    without anybody's labels, for a second rater.
    """

    workspace = models.CharField(max_length=100)
    own = models.CharField(max_length=160, unique=True)
    name = models.CharField(max_length=200)
    base = models.ForeignKey(Change, on_delete=models.PROTECT)
    blind = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.own
