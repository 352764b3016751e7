"""Large blocks are made smaller by what their records must share as well."""

import duckdb

from pulih.linkage import pairs
from pulih.linkage.clean import clean
from pulih.linkage.command import prepare_index
from pulih.linkage.model import BLOCKING
from pulih.linkage.read import read_table
from tests.linkage.small import linked, record, write

CROWD = BLOCKING[0].crowd
BARE = {"nik": None, "phone": None, "address": None, "kbli": None}
TRADES = ("Keripik singkong", "Las besi")


def village(many, products):
    """Return so many namesakes of one village, of several trades in turn."""
    sounds = "bdgklmnrt"
    names = [f"Siti {one}o{other}ar" for one in sounds for other in sounds]
    return [
        record(at, **BARE, owner_name=names[at], business_name=f"UD {names[at][5:]}",
               product=products[at % len(products)])
        for at in range(many)
    ]  # fmt: skip


def paired(tmp_path, rows):
    connection = duckdb.connect(config={"threads": 2})
    assert read_table(connection, write(tmp_path, rows), into="given") == []
    clean(connection)
    pairs.add_keys(connection)
    found = connection.execute(f"""
        SELECT one.trade_group, other.trade_group FROM ({pairs.pairs_sql()})
        JOIN cleaned AS one ON one.rec = a JOIN cleaned AS other ON other.rec = b""").fetchall()
    return found, connection.execute("SELECT count(*) FROM all_crowded").fetchall()[0][0]


def test_a_block_that_is_no_crowd_is_looked_at_whole(tmp_path):
    found, crowded = paired(tmp_path, village(CROWD, TRADES))
    assert crowded == 0
    assert len(found) == CROWD * (CROWD - 1) // 2


def test_in_a_crowd_only_those_of_one_trade_are_looked_at(tmp_path):
    found, crowded = paired(tmp_path, village(2 * CROWD, TRADES))
    assert crowded > 0
    assert found
    assert all(one == other for one, other in found)


def test_an_arrival_meets_its_like_in_a_crowd_of_the_register(tmp_path):
    known = village(2 * CROWD, TRADES)
    held = linked(tmp_path, known)
    table = write(tmp_path, known, "known")
    clusters = write(tmp_path, [{"record_id": k, "enterprise_id": v} for k, v in held.items()],
                     "held")  # fmt: skip
    index = tmp_path / "index"
    assert prepare_index([str(table), "--clusters", str(clusters), "--out", str(index)]) == 0
    again = {**known[1], "record_id": "again", "source": "another office"}
    assert linked(tmp_path, [again], "--against", str(index))["again"] == held["1"]


def test_what_is_crowded_among_arrivals_alone_keeps_the_keys_of_the_register(tmp_path):
    """Both sides must tell alike, or nobody of a full list would meet a register that is not."""
    connection = duckdb.connect(config={"threads": 2})
    rows = village(2 * CROWD, TRADES)
    assert read_table(connection, write(tmp_path, rows), into="given") == []
    clean(connection)
    pairs.add_keys(connection)
    (narrowed,) = connection.execute("SELECT count(DISTINCT k0) FROM keys").fetchall()[0]
    pairs.add_keys(connection, arriving=True)
    (as_known,) = connection.execute("SELECT count(DISTINCT k0) FROM keys").fetchall()[0]
    assert as_known < narrowed
    assert connection.execute("FROM all_crowded").fetchall() == []


def test_an_owner_in_the_column_of_the_firm_is_looked_at(tmp_path):
    """An export names only the owner, as the firm; no other key brings the two together."""
    place = {"village": None, "village_code": None}
    rows = [
        record(1, **BARE, **place, owner_name=None, business_name="RATNA PERTIWI"),
        record(2, **BARE, **place, owner_name="Bu Ratna Pertiwi", business_name=None),
    ]
    assert len(paired(tmp_path, rows)[0]) == 1
