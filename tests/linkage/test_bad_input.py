"""Bad input gets a clear word, in bounded time, and never a giant cluster in silence."""

import random
from importlib.util import find_spec

import polars as pl
import pytest

from pulih.linkage.command import main, prepare_index
from tests.linkage.small import SITI, linked, pairs_of, record, told, write

OTHER = {"owner_name": "Ujang Permana", "nik": "3204121507700003", "phone": None,
         "business_name": "Las Karya Besi", "product": "pagar", "kbli": "25111"}  # fmt: skip


def run(capsys, path, tmp_path):
    code = main([str(path), "--out", str(tmp_path / "out.parquet"), "--json"])
    return code, told(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("text", "column", "row"),
    [
        ("owner_name\nSiti\n", "record_id", 1),
        ("record_id,owner_name\n1,Siti\n1,Tuti\n", "record_id", 2),
        ("record_id,owner_name\n1,Siti\n,Tuti\n", "record_id", 3),
        ("record_id,nik,nik\n1,2,3\n", "nik", 1),
        ("record_id,owner_name\n1,Siti,more\n", None, 2),
        ("", None, None),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(tmp_path, capsys, text, column, row):
    path = tmp_path / "records.csv"
    path.write_text(text, "utf-8")
    code, answer = run(capsys, path, tmp_path)
    assert code == 2
    fault = answer["faults"][0]
    assert (fault["table"], fault["column"], fault["row"]) == ("records", column, row)
    assert fault["message_id"]
    assert not (tmp_path / "out.parquet").exists()


def test_other_encodings_and_missing_files_are_told(tmp_path, capsys):
    path = tmp_path / "records.csv"
    path.write_bytes("record_id,owner_name\n1,Café\n".encode("cp1252"))
    assert run(capsys, path, tmp_path)[0] == 2
    assert run(capsys, tmp_path / "none.csv", tmp_path)[0] == 2
    assert run(capsys, tmp_path, tmp_path)[0] == 2


def test_nothing_in_gives_nothing_out(tmp_path, capsys):
    path = tmp_path / "records.csv"
    path.write_text("record_id,owner_name\n", "utf-8")
    code, answer = run(capsys, path, tmp_path)
    assert (code, answer["records"], answer["enterprises"]) == (0, 0, 0)
    assert pl.read_parquet(tmp_path / "out.parquet").columns == ["record_id", "enterprise_id"]


def test_a_byte_order_mark_blanks_and_unknown_columns_do_no_harm(tmp_path, capsys):
    path = tmp_path / "records.csv"
    text = "\ufeffrecord_id , owner_name,colour\n 7 , Siti Aminah ,red\n"
    path.write_text(text, "utf-8")
    assert main([str(path), "--out", str(tmp_path / "out.csv")]) == 0
    assert "colour" in capsys.readouterr().err
    assert (tmp_path / "out.csv").read_text() == "record_id,enterprise_id\n7,7\n"


def test_records_that_say_nothing_stay_alone(tmp_path):
    rows = [{"record_id": str(number), "owner_name": None, "product": None} for number in range(50)]
    rows += [{"record_id": f"n{number}", "owner_name": "Siti", "product": None}
             for number in range(50)]  # fmt: skip
    assert len(set(linked(tmp_path, rows).values())) == 100


def kinds(answer):
    return [finding["kind"] for finding in answer["findings"]]


def test_many_copies_of_one_row_are_one_firm_and_named(tmp_path, capsys):
    path = tmp_path / "records.csv"
    rows = pl.DataFrame([record(0)]).drop("record_id")
    pl.concat([rows] * 30_000).with_row_index("record_id").write_csv(path)
    code, answer = run(capsys, path, tmp_path)
    assert (code, kinds(answer)) == (1, ["copies"])
    assert (answer["records"], answer["enterprises"], answer["matches"]) == (30_000, 1, 29_999)
    assert answer["pairs_compared"] == 0


def test_copies_follow_the_row_they_copy(tmp_path):
    rows = [record("c1"), record("x"), record(2), record(10), record(1, business_name="Mekarsari")]
    rows += [record("o", **OTHER), record("p", **OTHER)]
    found = linked(tmp_path, rows)
    assert {one: found[one] for one in ["1", "2", "10", "c1", "x"]} == dict.fromkeys(
        ["1", "2", "10", "c1", "x"], "1"
    )
    assert found["o"] == found["p"] == "o"
    assert list(found) == ["1", "2", "10", "c1", "o", "p", "x"]
    assert pairs_of(tmp_path)["2", "10"][0] == "match"
    assert list(pairs_of(tmp_path)) == [
        ("1", "2"), ("2", "10"), ("2", "c1"), ("2", "x"), ("o", "p"),
    ]  # fmt: skip


def test_rows_beyond_a_cluster_are_cut_and_named(tmp_path, capsys):
    path = write(tmp_path, [record(number, source=f"s{number}") for number in range(150)])
    code, answer = run(capsys, path, tmp_path)
    assert (code, kinds(answer)) == (1, ["cluster"])


def test_a_telephone_of_very_many_is_named_and_joins_nobody(tmp_path, capsys):
    chance = random.Random(4)
    words = ["".join(chance.choices("bdgklmnrsaiu", k=9)) for _ in range(2_000)]
    rows = [
        {"record_id": at, "owner_name": word, "phone": "081298765432", "village": word}
        for at, word in enumerate(words)
    ]
    path = tmp_path / "records.csv"
    pl.DataFrame(rows).write_csv(path)
    code, answer = run(capsys, path, tmp_path)
    assert (code, kinds(answer)) == (1, ["shared: phone"])
    assert answer["enterprises"] == 2_000
    assert "0812" not in answer["findings"][0]["message_en"]


def test_an_empty_column_of_names_and_columns_poured_into_one_are_named(tmp_path, capsys):
    rows = [record(number, owner_name=None, nik=None) for number in range(3)]
    assert kinds(run(capsys, write(tmp_path, rows), tmp_path)[1]) == ["empty: owner_name"]
    poured = " ".join(str(value) for value in SITI.values())
    rows = [{"record_id": str(at), "owner_name": f"{poured} {at}"} for at in range(3)]
    assert kinds(run(capsys, write(tmp_path, rows), tmp_path)[1]) == ["crowded: owner_name"]


@pytest.mark.parametrize("value", ["1.000", "2011-2012", "5 orang", "1e3", "--1", "２"])
def test_numbers_that_cannot_be_read_are_faults(tmp_path, capsys, value):
    rows = [record(1), record(2, year_established=value)]
    code, answer = run(capsys, write(tmp_path, rows), tmp_path)
    fault = answer["faults"][0]
    assert (code, fault["row"], fault["column"]) == (2, 3, "year_established")


def test_whole_numbers_that_parquet_holds_as_floats_are_whole(tmp_path, capsys):
    path = tmp_path / "records.parquet"
    years = [2011.0, None, float("nan")]
    names = ["Siti", "Ujang", "Tuti"]
    rows = {"record_id": [1, 2, 3], "owner_name": names, "year_established": years}
    pl.DataFrame(rows).write_parquet(path)
    assert run(capsys, path, tmp_path)[0] == 0


def test_rows_are_counted_with_the_blank_ones(tmp_path, capsys):
    path = tmp_path / "records.csv"
    path.write_text('record_id,address\n\n1,"a\n\nb"\n\n\n1,c\n', "utf-8")
    code, answer = run(capsys, path, tmp_path)
    assert (code, [fault["row"] for fault in answer["faults"]]) == (2, [3, 6])


def test_a_table_in_both_forms_is_a_fault(tmp_path, capsys):
    path = write(tmp_path, [record(1)])
    pl.DataFrame([record(2)]).write_parquet(tmp_path / "records.parquet")
    assert run(capsys, path, tmp_path)[0] == 2


def test_a_record_of_the_register_without_an_enterprise_is_a_fault(tmp_path, capsys):
    known = write(tmp_path, [record(1), record(2)], "known")
    held = write(tmp_path, [{"record_id": "1", "enterprise_id": "1"}], "held")
    arrivals, out = write(tmp_path, [record(3)], "new"), tmp_path / "out.csv"
    code = main([str(arrivals), "--out", str(out), "--against", str(known),
                 "--against-clusters", str(held), "--json"])  # fmt: skip
    (fault,) = told(capsys.readouterr().out)["faults"]
    assert (code, fault["table"], fault["row"], fault["value"]) == (2, "known", 3, "2")


def test_records_of_enterprises_that_the_register_lacks_are_left_out_and_told(tmp_path, capsys):
    known = write(tmp_path, [record(1)], "known")
    members = [{"record_id": str(at), "enterprise_id": "1"} for at in (1, 2)]
    clusters = write(tmp_path, members, "held")
    made = tmp_path / "made"
    assert prepare_index([str(known), "--clusters", str(clusters), "--out", str(made)]) == 0
    assert "held: ignored 1 records not in known.csv, the first 2." in capsys.readouterr().err


def test_a_command_that_cannot_be_read_answers_as_asked(tmp_path, capsys):
    path = write(tmp_path, [record(1)])
    for words in ([], [str(path)], [str(path), "--out", str(path)], [str(path), "--colour"],
                  [str(path), "--out", "/nowhere/x.csv"]):  # fmt: skip
        assert main([*words, "--json"]) == 2
        assert told(capsys.readouterr().out)["faults"][0]["message_id"]


@pytest.mark.parametrize(
    ("option", "word"),
    [("--out", "folder"), ("--pairs", "folder"), ("--against-clusters", "--against:")],
)
def test_an_output_that_is_a_folder_and_clusters_of_no_register_are_refused(
    tmp_path, capsys, option, word
):
    """Before anything is linked: a folder was seen when the clusters had been written already."""
    path, out = write(tmp_path, [record(1)]), tmp_path / "out.csv"
    (tmp_path / "folder.csv").mkdir()
    words = [str(path), "--out", str(out), option, str(tmp_path / "folder.csv"), "--json"]
    assert main(words) == 2
    assert word in told(capsys.readouterr().out)["faults"][0]["message_en"]
    assert not out.exists()


def test_a_middlemans_telephone_joins_nobody(tmp_path):
    names = ["Ujang", "Asep Sunandar", "Dedi Mulyana", "Euis Komala", "Tatang", "Wawan Gunawan"]
    rows = [
        record(at, owner_name=name, nik=None, business_name=None, product=None, kbli=None,
               address=None, year_established=None)
        for at, name in enumerate(names)
    ]  # fmt: skip
    assert len(set(linked(tmp_path, rows).values())) == len(names)


def test_weak_pairs_are_left_to_a_person(tmp_path):
    bare = {"nik": None, "phone": None, "address": None, "business_name": None,
            "product": None, "kbli": None, "year_established": None}  # fmt: skip
    linked(tmp_path, [record(1, **bare), record(2, **{**bare, "owner_name": "Siti Aminatun"})])
    assert {decision for decision, _ in pairs_of(tmp_path).values()} <= {"review"}


def test_spark_without_its_packages_says_what_to_install(tmp_path, capsys):
    if find_spec("pyspark"):
        pytest.skip("PySpark is installed here")
    path = write(tmp_path, [record(1)])
    code = main([str(path), "--out", str(tmp_path / "o.csv"), "--engine", "spark", "--json"])
    assert code == 2
    assert "pip install" in told(capsys.readouterr().out)["faults"][0]["message_en"]
