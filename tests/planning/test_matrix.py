from hypothesis import given
from hypothesis import strategies as st

from pulih.planning.rules.matrix import MatrixLine, matrix_of

codes = st.sampled_from(["A", "B", "C"])
rupiah = st.integers(0, 10**12)
lines = st.lists(
    st.builds(
        MatrixLine,
        unit=st.just("019123"), activity=codes, output=codes, component=codes, account=codes,
        detail=codes, measure=codes, before=rupiah, after=rupiah,
    ),
    max_size=30,
)  # fmt: skip


@given(lines)
def test_each_level_adds_up_to_the_whole(found):
    matrix = matrix_of("019123", found)
    for level in ("activity", "output", "component", "line"):
        rows = [row for row in matrix.rows if row.level == level]
        assert sum(row.before for row in rows) == matrix.before
        assert sum(row.after for row in rows) == matrix.after
        assert sum(row.change for row in rows) == matrix.change


@given(lines)
def test_every_line_is_printed_once(found):
    matrix = matrix_of("019123", found)
    assert sum(row.level == "line" for row in matrix.rows) == len(found)


@given(lines, st.randoms())
def test_the_order_of_the_lines_changes_nothing(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    rows = [row for row in matrix_of("x", found).rows if row.level != "line"]
    assert [row for row in matrix_of("x", shuffled).rows if row.level != "line"] == rows


def test_a_heading_stands_before_what_hangs_on_it():
    line = MatrixLine("u", "3038", "3038.001", "051", "521211", "ATK", "WUB", 5, 7)
    levels = [row.level for row in matrix_of("u", [line]).rows]
    assert levels == ["activity", "output", "component", "line"]
