"""Who answers for an element: its own owner, or that of what it stands in?"""

from ketenreis.model.graph import Element, Model


def owner(model: Model, element_id: str) -> Element | None:
    """The role that owns an element.

    Args:
        model: The model.
        element_id: Which element; one the model does not hold has no owner.

    Returns:
        The role it is owned by, else that of the nearest element around it that has one, else the first role that
        performs the work. None when nobody does.

    Example:
        >>> from ketenreis.model.graph import Edge
        >>> model = Model.of(
        ...     [Element("cx", "role"), Element("j", "journey"), Element("s", "step", "j")], [Edge("owned_by", "j", "cx")]
        ... )
        >>> owner(model, "s").id
        'cx'
    """
    above: str | None = element_id
    performs: Element | None = None
    while above is not None and above in model:
        if role := model.target(above, "owned_by"):
            return role
        performs = performs or model.target(above, "performed_by")
        above = model[above].parent
    return performs
