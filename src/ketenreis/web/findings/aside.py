"""What did somebody put aside, and is it still so? By fingerprint, and only while the facts are what they were then."""

from collections.abc import Mapping
from dataclasses import dataclass

from ketenreis.web.findings.models import Dismissal

LONGEST = 2_000
"""So many characters of a reason are kept."""


@dataclass(frozen=True, slots=True)
class Aside:
    """All that was put aside in a workspace, by fingerprint."""

    by_mark: Mapping[str, Dismissal]

    @classmethod
    def of(cls, workspace_id: str) -> "Aside":
        """What was put aside in a workspace, whether or not its facts still hold."""
        return cls({one.fingerprint: one for one in Dismissal.objects.filter(workspace=workspace_id)})

    def still(self, fingerprint: str, facts: str) -> Dismissal | None:
        """Why something was put aside; None when it was not, or when its facts have changed since."""
        found = self.by_mark.get(fingerprint)
        return found if found is not None and found.facts == facts else None

    @property
    def facts(self) -> Mapping[str, str]:
        """The facts as they were then."""
        return {mark: one.facts for mark, one in self.by_mark.items()}


def put_aside(workspace_id: str, fingerprint: str, facts: str, reason: str) -> None:
    """Puts something aside, or gives it another reason."""
    Dismissal.objects.update_or_create(
        workspace=workspace_id,
        fingerprint=fingerprint,
        defaults={"facts": facts, "reason": reason[:LONGEST]},
    )


def bring_back(workspace_id: str, fingerprint: str) -> None:
    """Takes it back that something was put aside."""
    Dismissal.objects.filter(workspace=workspace_id, fingerprint=fingerprint).delete()
