"""Which facts lie behind a finding? When they change, a finding that was dismissed comes back."""

import hashlib

from ketenreis.findings import Finding
from ketenreis.model import RELATION, Model


def facts(finding: Finding, model: Model) -> str:
    """A fingerprint of what a finding is about.

    Args:
        finding: What was found.
        model: The model it was found in.

    Returns:
        Changes when a field of one of its elements changes, or the relations of the first; never with a measured decimal,
        and never with anything that stands elsewhere.
    """
    said = [finding.id, finding.level, finding.field or ""]
    for name in finding.elements:
        if name in model:
            element = model[name]
            said.append(
                f"{name}:{element.parent}:{sorted((key, repr(value)) for key, value in element.fields.items())}"
            )
    if finding.elements:
        first = finding.elements[0]
        around = (*model.by_source.get(first, ()), *model.into(first, *RELATION))
        said += sorted(f"{edge.relation}:{edge.source}:{edge.target}" for edge in around)
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()
