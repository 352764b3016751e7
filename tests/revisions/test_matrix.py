"""The matrix adds up at every level, whatever its lines."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.budget.rules.costs import Cost
from pulih.revisions.documents.books import fund_words, remark
from pulih.revisions.rules.matrix import LEVELS, MatrixLine, details_between, matrix_of

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
codes = st.sampled_from(["A", "B", "C"])
rupiah = st.integers(0, 10**12)
rows = st.lists(st.tuples(codes, st.builds(Cost, rupiah)), max_size=4)


def with_details(line, before, after):
    found = details_between(before, after, (line.before, line.after))
    return MatrixLine(**{**line.__dict__, "details": found})


lines = st.lists(
    st.builds(
        with_details,
        st.builds(
            MatrixLine,
            programme=codes,
            activity=codes,
            output=codes,
            suboutput=st.sampled_from(["", "001"]),
            component=codes,
            account=codes,
            words=codes,
            before=rupiah,
            after=rupiah,
        ),
        rows,
        rows | st.none(),
    ),
    max_size=15,
)


@patient
@given(lines)
def test_each_level_adds_up_to_the_whole(found):
    matrix = matrix_of(found)
    for level in ("programme", "activity", "output", "component", "line"):
        rows = [row for row in matrix.rows if row.level == level]
        assert sum(row.before for row in rows) == matrix.before
        assert sum(row.after for row in rows) == matrix.after
        assert sum(row.change for row in rows) == matrix.change


@patient
@given(rows, rows | st.none(), rupiah, rupiah)
def test_the_rows_of_a_line_add_up_to_its_ceilings(before, after, was, becomes):
    found = details_between(before, after, (was, becomes))
    if not found:
        assert not before
        return
    assert sum(d.before.amount for d in found if d.before) == was
    assert sum(d.after.amount for d in found if d.after) == becomes


@patient
@given(lines)
def test_every_line_is_printed_once(found):
    matrix = matrix_of(found)
    assert sum(row.level == "line" for row in matrix.rows) == len(found)
    assert sum(row.level == "detail" for row in matrix.rows) == sum(len(o.details) for o in found)


@patient
@given(lines, st.randoms())
def test_the_order_of_the_lines_changes_nothing(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    rows = [row for row in matrix_of(found).rows if row.level in LEVELS]
    assert [row for row in matrix_of(shuffled).rows if row.level in LEVELS] == rows


def test_a_heading_stands_before_what_hangs_on_it_and_empty_levels_have_none():
    line = MatrixLine("3038", "3038.001", "051", "521211", "ATK", 5, 7)
    levels = [row.level for row in matrix_of([line]).rows]
    assert levels == ["activity", "output", "component", "line"]


def test_what_nobody_has_said_is_one_row_and_said_so():
    (kept, moved) = details_between([("Narasumber", Cost(900))], None, (900, 600))
    assert (kept.before.amount, kept.after.amount) == (900, 900)
    assert (moved.before, moved.after.amount) == (None, -300)
    assert "belum dirinci" in moved.text


def test_headings_have_their_names_and_blocked_lines_their_star():
    line = MatrixLine(
        "3038", "3038.001", "051", "521211", "ATK", 5, 7, programme="P1", fund_source="PNP",
        blocked=2,
    )  # fmt: skip
    matrix = matrix_of([line], {"P1": "Program IKM", "3038.001": "Bimtek"})
    assert [row.words for row in matrix.rows] == ["Program IKM", "", "Bimtek", "", "ATK"]
    assert fund_words(matrix.rows[-1]) == "PNP *"
    assert remark(matrix.rows[-1]) == "berubah · diblokir Rp2"
