"""Which wanted situations stand beside today's model, and what would either become with the other's changes?

A variant is a workspace of its own in the same folder: every page works on it, on the same events. Its addresses begin with
those of its workspace and an underscore, which no other workspace's do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from django.db import transaction

from ketenreis.analysis.kappa import filled_in, unlabelled
from ketenreis.model import Model
from ketenreis.model.applying import apply
from ketenreis.model.diff import diff
from ketenreis.model.edits import Edit
from ketenreis.model.merge import Merged, merge
from ketenreis.notation.edits_json import as_data
from ketenreis.notation.slugs import slug
from ketenreis.web import shelf
from ketenreis.web.changes import keeping
from ketenreis.web.changes.models import Change, Variant
from ketenreis.web.shelf import Workspace


def workspace(name: str) -> Workspace | None:
    """The workspace of an address: one of the folder, or a variant of one; None where there is none."""
    if "_" not in name:
        return shelf.workspace(name)
    row = Variant.objects.filter(own=name).first()
    of = shelf.workspace(row.workspace) if row else None
    return beside(of, name) if of else None


def beside(of: Workspace, own: str) -> Workspace:
    """The workspace of a variant, by the id of the variant."""
    return replace(of, variant=own.partition("_")[2])


def variants(of: Workspace) -> tuple[Variant, ...]:
    """The variants of a workspace, the newest first."""
    return tuple(Variant.objects.filter(workspace=of.id).order_by("-id"))


def variant(own: Workspace) -> Variant | None:
    """What a workspace is a variant of; None for one that is none."""
    return Variant.objects.filter(own=own.id).first() if "_" in own.id else None


def begin(of: Workspace, name: str, model: Model | None = None, *, blind: bool = False) -> Workspace:
    """Makes a variant: as the model stands now, or as a text that somebody brings; a blind one without anybody's labels."""
    moment = keeping.now(of)
    short = slug(name)[:40] or "variant"
    with transaction.atomic():
        taken = set(Variant.objects.filter(workspace=of.id).values_list("own", flat=True))
        names = (f"{of.id}_{short}{'' if number == 1 else f'-{number}'}" for number in count(1))
        own = next(one for one in names if one not in taken)
        start = model or moment.model
        edits = diff(keeping.EMPTY, unlabelled(start) if blind else start)
        Change.objects.create(
            workspace=own, at=datetime.now(UTC), edits=[as_data(edit) for edit in edits], origin="variant"
        )
        Variant.objects.create(workspace=of.id, own=own, name=name[:200], base_id=moment.change, blind=blind)
    return beside(of, own)


def merged(of: Workspace, row: Variant) -> Merged:
    """What today's model becomes with what a variant wants, as far as nobody wants something else."""
    base = keeping.at(of, row.base_id).model
    ours = diff(base, keeping.now(of).model)
    wanted = keeping.now(beside(of, row.own)).model
    # Who labels blindly does not want the labels away that were hidden.
    theirs = diff(base, filled_in(wanted, base) if row.blind else wanted)
    return merge(base, ours, theirs)


def settled(found: Merged, chosen: Iterable[Sequence[Edit]]) -> Model:
    """The merged model with what was chosen where both want something different.

    Args:
        found: What both become together.
        chosen: Of each clash the edits of one side. What no longer fits beside the others is left out.
    """
    model = found.model
    for edits in chosen:
        model = apply(model, edits).model
    return model


def take_over(of: Workspace, row: Variant, model: Model, who: str = "") -> keeping.Moment | keeping.Refused:
    """Makes a merged model today's, and the variant the same: from then on it wants what changes after."""
    own = beside(of, row.own)
    with transaction.atomic():
        result = keeping.commit(of, diff(keeping.now(of).model, model), who, origin="merge")
        if isinstance(result, keeping.Moment):
            keeping.commit(own, diff(keeping.now(own).model, model), who, origin="merge")
            Variant.objects.filter(pk=row.pk).update(base=result.change, blind=False)
    return result
