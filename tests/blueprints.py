"""Models to draw blueprints of: a strategy, one with everything in it, and one as large as a wall."""

from hypothesis import strategies as st

from ketenreis.model import Edge, Element, Model

HOSTILE = "<script>alert('x')</script> & \"Zn\" =1+1 ]]>"
"""A name that tries to break out of every format."""


@st.composite
def models(draw):
    """A journey with steps, contacts, wishes, requirements and work, related at random."""
    names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40)
    elements = [
        Element("org", "organisation", None, {"name": draw(names), "language": "nl"}),
        Element("j", "journey"),
    ]
    edges = []

    def add(element_id, kind, parent, **fields):
        elements.append(Element(element_id, kind, parent, fields))
        return element_id

    def relate(relation, sources, targets, most=2):
        for source in sources:
            chosen = draw(st.lists(st.sampled_from(targets), max_size=most, unique=True)) if targets else []
            edges.extend(Edge(relation, source, target) for target in chosen)

    steps, touchpoints, wishes = [], [], []
    for p in range(draw(st.integers(0, 2))):
        phase = add(f"p{p}", "phase", "j", name=draw(names))
        for s in range(draw(st.integers(0, 3))):
            step = add(f"p{p}s{s}", "step", phase, name=draw(names), action=draw(names))
            steps.append(step)
            touchpoints += [
                add(f"{step}t{n}", "touchpoint", step, name=draw(names))
                for n in range(draw(st.integers(0, 2)))
            ]
            wishes += [
                add(f"{step}w{n}", "wish", step, text=draw(names), rank=draw(st.integers(1, 5)))
                for n in range(draw(st.integers(0, 2)))
            ]
            if draw(st.booleans()):
                add(f"{step}pain", "pain_point", step, text=draw(names), basis="observed")
    artefacts = [add(f"v{n}", "artefact", "org", name=draw(names)) for n in range(draw(st.integers(0, 2)))]
    ctqs = [add(f"c{n}", "ctq", "org", name=draw(names)) for n in range(draw(st.integers(0, 3)))]
    processes = [add(f"q{n}", "process", "org", name=draw(names)) for n in range(draw(st.integers(0, 2)))]
    activities, outputs = [], []
    for process in processes:
        for n in range(draw(st.integers(0, 3))):
            stage = draw(st.sampled_from([None, "onstage", "backstage", "support"]))
            activity = add(
                f"{process}a{n}", "activity", process, name=draw(names), **({"stage": stage} if stage else {})
            )
            activities.append(activity)
            if draw(st.booleans()):
                outputs.append(add(f"{activity}o", "output", activity, name=draw(names)))
    relate("shows", [*steps, *touchpoints], artefacts)
    relate("leads_to", wishes, ctqs)
    relate("realised_by", steps, [*activities, *processes])
    relate("realised_by", touchpoints, activities)
    relate("serves", [*activities, *outputs], ctqs)
    relate("realised_by", [f"p{p}" for p in range(2) if any(e.id == f"p{p}" for e in elements)], processes)
    relate("measured_at", ctqs, [*touchpoints, *activities])
    return Model.of(elements, edges)


def wall(steps=60, elements=2_000):
    """A journey as large as a wall: so many steps, and so many elements that have a place."""
    each = elements // steps
    found = [
        Element("org", "organisation", None, {"name": "Groot", "language": "nl"}),
        Element("j", "journey", "org", {"name": "Wand"}),
    ]
    edges = []
    found += [Element(f"p{p}", "phase", "j", {"name": f"Fase {p}"}) for p in range(steps // 6)]
    found += [
        Element("q", "process", "org", {"name": "Werk"}),
        Element("r", "role", "org", {"name": "Operations"}),
    ]
    for s in range(steps):
        step = f"s{s}"
        feelings = ({"score": s % 5 - 2, "basis": "observed", "source": "Interview"},)
        fields = {"name": f"Stap {s}", "action": "Wacht, en kijkt of er nieuws is", "feelings": feelings}
        found.append(Element(step, "step", f"p{min(s // 6, steps // 6 - 1)}", fields))
        found.append(
            Element(f"{step}pijn", "pain_point", step, {"text": "Het duurde te lang", "basis": "observed"})
        )
        found.append(Element(f"{step}ziet", "artefact", "org", {"name": "Bevestigingsmail", "version": "3"}))
        edges.append(Edge("shows", step, f"{step}ziet"))
        left = each - 3
        for n in range(left // 4):
            touchpoint, wish, ctq, activity = (f"{step}{kind}{n}" for kind in "twca")
            found.append(
                Element(
                    touchpoint, "touchpoint", step, {"name": "Bericht hoe het ervoor staat", "channel": "app"}
                )
            )
            found.append(
                Element(wish, "wish", step, {"text": "Ik wil weten dat het gelukt is", "rank": n + 1})
            )
            found.append(Element(ctq, "ctq", "org", {"name": "Bevestiging op tijd"}))
            found.append(
                Element(
                    activity,
                    "activity",
                    "q",
                    {"name": "Stuurt bevestiging", "stage": ("onstage", "backstage", "support")[n % 3]},
                )
            )
            edges += [
                Edge("leads_to", wish, ctq), Edge("realised_by", touchpoint, activity),
                Edge("serves", activity, ctq), Edge("performed_by", activity, "r"), Edge("measured_at", ctq, touchpoint),
            ]  # fmt: skip
        found += [
            Element(f"{step}x{n}", "touchpoint", step, {"name": "Vraag", "channel": "chat"})
            for n in range(left % 4)
        ]
    return Model.of(found, edges)
