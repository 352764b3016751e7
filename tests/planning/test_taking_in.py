"""A case folder comes in: it becomes a draft that asks the same, or its faults are listed."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pulih.planning.cases import material_of
from pulih.planning.models import Scenario
from tests.make import planning as make
from tests.people import cast
from tests.planning.asking import page, visitor

pytestmark = pytest.mark.django_db
DAY = make.DAY.isoformat()


def sent(client, files):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    file = SimpleUploadedFile("kasus.zip", memory.getvalue())
    return client.post(page("take-in"), {"file": file, "as_of": DAY})


def handed_out(scenario, by):
    """Return the files that a scenario's case is handed out as."""
    archive = zipfile.ZipFile(io.BytesIO(material_of(scenario, by).archive()))
    return {name: archive.read(name) for name in archive.namelist()}


def ruled(planner):
    make.country()
    scenario = make.scenario(planner, floor_percent=None)
    for given in (
        make.rule(minimum=None, maximum=make.Decimal("110")),
        make.rule(table="shares", basis="percent", measures=["test_masks"], area=None,
                  minimum=make.Decimal("12.5")),
        make.rule(table="limits", basis="units", measures=["test_masks"], minimum=None,
                  maximum=make.Decimal(40)),
    ):  # fmt: skip
        make.actions.add_rule(scenario, given, by=planner)
    return scenario


def test_a_case_that_was_handed_out_comes_back_as_the_same_case():
    planner = cast.planner()
    first = ruled(planner)
    answer = sent(visitor(planner), handed_out(first, planner))
    second = Scenario.objects.exclude(pk=first.pk).get()
    assert answer["Location"] == page("scenario", second.pk)
    cases = [material_of(scenario, planner).case() for scenario in (first, second)]
    for name in ("areas", "lines", "measures", "costs", "needs", "effects", "limits", "shares"):
        assert getattr(cases[0], name) == getattr(cases[1], name), name
    assert cases[0].settings == cases[1].settings
    assert {(a.province, a.measures, a.min_amount, a.max_amount) for a in cases[0].amounts} == {
        (a.province, a.measures, a.min_amount, a.max_amount) for a in cases[1].amounts
    }


def test_rows_that_pulih_holds_otherwise_are_counted():
    planner, client = cast.planner(), visitor(cast.planner())
    files = handed_out(ruled(planner), planner)
    files["needs.csv"] = files["needs.csv"].replace(b",4,", b",5,")
    told = client.get(sent(client, files)["Location"]).content.decode()
    assert "needs 2" in told


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("case.toml", b"2020", b"2031", "tidak punya anggaran untuk tahun ini"),
        ("areas.csv", b"areas", b"areas", ""),
        ("costs.csv", b"test_masks", b"nowhere", "tabel measures"),
        ("lines.csv", b"protected", b"guarded", "Kolom ini tidak ada"),
        ("case.toml", b"0.01", b"0.012345", "angka di belakang koma"),
    ],
)
def test_faults_are_listed_and_nothing_is_saved(name, old, new, said):
    planner = cast.planner()
    files = handed_out(ruled(planner), planner)
    if not said:
        files[name] = files[name] + b"99,,Entah\n99.99,99,Entah juga\n"
        said = "tidak mengenal kode wilayah"
    else:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)
    answer = sent(visitor(planner), files)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Scenario.objects.count() == 1


def test_a_ceiling_below_what_is_bound_is_refused_with_its_reason():
    planner = cast.planner()
    files = handed_out(ruled(planner), planner)
    files["case.toml"] = files["case.toml"].replace(b"400000000", b"4000000")
    told = sent(visitor(planner), files).content.decode()
    assert "Rp4.000.000" in told
    assert Scenario.objects.count() == 1


def test_what_is_no_zip_is_refused_in_both_languages():
    make.country()
    client = visitor(cast.planner())
    file = SimpleUploadedFile("kasus.zip", b"PK nothing")
    told = client.post(page("take-in"), {"file": file, "as_of": DAY}).content.decode()
    assert "bukan zip yang dapat dibaca" in told
    assert "take-in" in client.get(page("list")).content.decode()
