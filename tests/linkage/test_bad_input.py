"""Bad input gets a clear word, in bounded time, and never a giant cluster in silence."""

from importlib.util import find_spec

import polars as pl
import pytest

from pulih.linkage.command import main
from tests.linkage.small import linked, pairs_of, record, told, write


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


def test_many_identical_rows_are_cut_and_named(tmp_path, capsys):
    path = tmp_path / "records.csv"
    rows = pl.DataFrame([record(0)]).drop("record_id")
    many = pl.concat([rows] * 30_000).with_row_index("record_id")
    many.write_csv(path)
    code, answer = run(capsys, path, tmp_path)
    assert code == 1
    assert any(finding["kind"].startswith("block") for finding in answer["findings"])
    sizes = pl.read_parquet(tmp_path / "out.parquet").group_by("enterprise_id").len()["len"]
    assert sizes.max() <= 100


def test_identical_rows_beyond_a_cluster_are_cut_and_named(tmp_path, capsys):
    path = write(tmp_path, [record(number) for number in range(150)])
    code, answer = run(capsys, path, tmp_path)
    assert code == 1
    assert [finding["kind"] for finding in answer["findings"]] == ["cluster"]


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
