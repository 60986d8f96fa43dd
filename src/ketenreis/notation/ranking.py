"""How far along its process does each element stand, when work may also flow back?"""

from collections.abc import Iterable, Sequence


def ranked(nodes: Iterable[str], ways: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The column of each node: one further than the furthest node before it; ways back do not count.

    Args:
        nodes: In the order they are written, which settles everything that the ways leave open.
        ways: From node to node; those to nodes that are not given are left out.

    Returns:
        The longest path from a start to each node, in ways. A way back is one that closes a circle when the nodes are
        walked through depth first from the starts, in order.

    Source:
        Eades, P. and Sugiyama, K. (1990), How to draw a directed graph: the layers of a hierarchical drawing.

    Example:
        >>> ranked("abcd", [("a", "b"), ("b", "c"), ("c", "b"), ("a", "d")])
        {'a': 0, 'b': 1, 'c': 2, 'd': 1}
    """
    order = list(dict.fromkeys(nodes))
    after: dict[str, list[str]] = {node: [] for node in order}
    entered = set[str]()
    for source, target in ways:
        if source in after and target in after and source != target:
            after[source].append(target)
            entered.add(target)
    finished: list[str] = []
    state: dict[str, int] = {}
    onward: dict[str, list[str]] = {node: [] for node in order}
    for start in [*(node for node in order if node not in entered), *order]:
        if start in state:
            continue
        state[start] = 1
        path = [(start, iter(after[start]))]
        while path:
            node, ways_on = path[-1]
            target = next(ways_on, "")
            if not target:
                state[node] = 2
                finished.append(node)
                path.pop()
            elif state.get(target) != 1:
                onward[node].append(target)
                if target not in state:
                    state[target] = 1
                    path.append((target, iter(after[target])))
    rank = dict.fromkeys(order, 0)
    for node in reversed(finished):
        for target in onward[node]:
            rank[target] = max(rank[target], rank[node] + 1)
    return rank
