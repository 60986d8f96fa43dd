"""Which workspace says the same of the same organisation in another language?"""

from ketenreis.model import Model
from ketenreis.reports.words import own_language
from ketenreis.web.changes import keeping
from ketenreis.web.shelf import Workspace, all_workspaces


def twin(here: Workspace, model: Model, language: str) -> Workspace | None:
    """The workspace of the same organisation that is written in a language; None where there is none but this one.

    Args:
        here: A workspace.
        model: As it stands there.
        language: "nl" or "en".
    """
    organisation = model.organisation
    if organisation is None or own_language(model) == language:
        return None
    for other in all_workspaces():
        said = keeping.now(other).model if other.id != here.id else Model.of(())
        if said.organisation and said.organisation.id == organisation.id and own_language(said) == language:
            return other
    return None
