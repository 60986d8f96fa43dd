"""A process that nobody drew: nothing stands on anything else, lines join what they should, and it is always the same."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ketenreis.notation.layout import Piece, placed
from ketenreis.notation.ranking import ranked

SIZES = ((100, 80), (50, 50), (36, 36), (300, 200))


@st.composite
def graphs(draw):
    """Draws pieces in lanes with any ways between them, circles and loops too."""
    lanes = draw(st.integers(1, 3))
    count = draw(st.integers(1, 9))
    pieces = [
        Piece(str(n), *draw(st.sampled_from(SIZES)), draw(st.integers(0, lanes - 1))) for n in range(count)
    ]
    ends = st.integers(0, count - 1).map(str)
    return pieces, draw(st.lists(st.tuples(ends, ends), max_size=16, unique=True)), lanes


@given(graphs())
@settings(deadline=None, max_examples=200)
def test_no_two_pieces_touch_and_each_stands_in_its_lane(graph):
    pieces, ways, lanes = graph
    drawn = placed(pieces, ways, lanes)
    for one, other in combinations(drawn.boxes.values(), 2):
        assert not one.touches(other, 5)
    for piece in pieces:
        top, height = drawn.lanes[piece.lane]
        box = drawn.boxes[piece.id]
        assert top <= box.y
        assert box.bottom <= top + height
        assert box.x >= 0
        assert box.right <= drawn.width


@given(graphs())
@settings(deadline=None, max_examples=200)
def test_lines_run_square_from_the_edge_of_one_piece_to_the_edge_of_another(graph):
    pieces, ways, lanes = graph
    drawn = placed(pieces, ways, lanes)
    assert set(drawn.lines) == set(ways)
    for (source, target), points in drawn.lines.items():
        one, other = drawn.boxes[source], drawn.boxes[target]
        assert points[0] == (one.right, one.middle[1])
        assert points[-1] == (other.x, other.middle[1])
        for (x1, y1), (x2, y2) in pairwise(points):
            assert x1 == x2 or abs(y1 - y2) < 1e-6


@given(graphs())
@settings(deadline=None, max_examples=100)
def test_no_line_runs_through_a_piece(graph):
    pieces, ways, lanes = graph
    drawn = placed(pieces, ways, lanes)
    for points in drawn.lines.values():
        for (x1, y1), (x2, y2) in pairwise(points):
            left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
            for box in drawn.boxes.values():
                inside = (
                    left < box.right - 1 and right > box.x + 1 and top < box.bottom - 1 and bottom > box.y + 1
                )
                assert not inside


@given(graphs())
@settings(deadline=None, max_examples=50)
def test_the_same_process_is_always_drawn_the_same(graph):
    assert placed(*graph) == placed(*graph)


@given(graphs())
@settings(deadline=None, max_examples=100)
def test_a_way_leads_to_a_later_column_unless_it_closes_a_circle(graph):
    pieces, ways, _ = graph
    rank = ranked([piece.id for piece in pieces], ways)
    after: dict[str, set[str]] = {}
    for source, target in ways:
        after.setdefault(source, set()).add(target)

    def leads(start: str, end: str) -> bool:
        seen, waiting = set(), [start]
        while waiting:
            at = waiting.pop()
            if at == end:
                return True
            if at not in seen:
                seen.add(at)
                waiting += after.get(at, ())
        return False

    for source, target in ways:
        assert rank[target] > rank[source] or leads(target, source)
