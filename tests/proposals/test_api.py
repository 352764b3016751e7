"""Proposals for programs: the same walls, forms, actions and sentences as the pages."""

import json
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from pulih.proposals.models import Proposal
from pulih.proposals.rules.reviewing import criteria_on, items
from pulih.workflow import clock
from tests.make import areas
from tests.make import budget as make_budget
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/proposals"
NOW = datetime(2020, 6, 2, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_2020(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def ask(client):
    def send(path, body=None, by=None, language="en", root=ROOT):
        client.force_login(by or cast.provincial_officer())
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        if body is None:
            return client.get(f"{root}{path}")
        return client.post(f"{root}{path}", json.dumps(body), content_type="application/json")

    return send


def drop(client, path, content, name="rab.csv", **data):
    client.force_login(cast.provincial_officer())
    file = SimpleUploadedFile(name, content)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.post(f"{ROOT}{path}", {"file": file, **data})


SECTIONS = {
    "legal_basis": "PP 7/2008", "background": "Pesanan hilang.", "beneficiaries": "IKM konveksi",
    "method": "Daring", "stages": "Tiga tahap", "mode": "home_video", "starts_on": "2020-06-22",
    "ends_on": "2020-06-25", "days": 4, "lesson_hours": "32", "classes": 1, "class_size": 20,
    "profiles": ["tools_and_skill"],
}  # fmt: skip
ROW = {"text": "Honor narasumber", "account": 522151, "factors": "32 OJ", "unit_cost": "950.000"}


def test_a_proposal_goes_its_whole_way_through_the_api(ask):
    planner, decider = cast.planner(), make.second_planner()
    round_ = make.round_()
    asked = {"round": round_.pk, "measure": make.draft().measure_id, "title": "Bimtek masker"}
    made = ask("/", asked)
    assert made.status_code == 201, made.content
    at = f"/{made.json()['id']}"
    assert ask(f"{at}/sections", {**SECTIONS, "seen": made.json()["seen"]}).status_code == 200
    place = {"regency": areas.regency("Kab. Indramayu").pk, "people": 20}
    assert ask(f"{at}/places", place).status_code == 201
    checked = ask(f"{at}/check-row", ROW).json()
    assert checked["rupiah"] == 30_400_000
    assert "above the ceiling" in checked["findings"][0]["message"]
    row = ask(f"{at}/rows", ROW).json()["rows"][0]
    assert [one["key"] for one in row["findings"]] == ["over_standard"]
    lower = {"unit_cost": 900_000, "seen": row["seen"]}
    whole = ask(f"{at}/rows/{row['id']}", lower).json()
    assert (whole["rows"][0]["text"], whole["asked_rupiah"]) == ("Honor narasumber", 28_800_000)
    assert whole["may_be_sent"], whole["findings"]
    sent = ask(f"{at}/steps/submit", {"seen": whole["last_step"]}).json()
    assert (sent["state"], [one["number"] for one in sent["versions"]]) == ("submitted", [1])
    answers = {item.key: {"answer": "yes"} for item in items()}
    back = {"answers": answers, "reason": "Perbaiki metode.", "working_days": 3}
    assert ask(f"{at}/return", back, by=planner).json()["state"] == "returned"
    assert ask(f"{at}/steps/submit", {}).json()["state"] == "submitted"
    assert ask(f"{at}/verify", {"answers": answers}, by=planner).json()["state"] == "verified"
    reviewers = [make.reviewer(1), make.reviewer(2)]
    named = {"reviewers": [one.pk for one in reviewers]}
    assert ask(f"{at}/reviewers", named, by=planner).json()["state"] == "under_review"
    points = {one.key: one.weight for one in criteria_on(date.today()).criteria}
    for one in reviewers:
        assert ask(f"{at}/declare", {"has_conflict": False}, by=one).status_code == 204
        assert ask(f"{at}/score", {"points": points}, by=one).status_code == 200
    assert [one["total"] for one in ask(at).json()["scores"]] == [100, 100]
    cut = {"outcome": "partly_approved", "reason": "SBM.", "rows": {"1": {"unit_cost": 800_000}}}
    assert "without a reason" in ask(f"{at}/decide", cut, by=decider).json()["refused"]
    cut["rows"]["1"]["reason"] = "Tarif internal."
    answered = ask(f"{at}/decide", cut, by=decider).json()
    assert answered["decision"]["approved_rupiah"] == 25_600_000
    line = make_budget.line(key="3038.001.051.A.522151", ceiling=90_000_000)
    money = {"number": "KEP-1", "effective_on": "2020-06-12", "amounts": {line.pk: 25_600_000}}
    assert (
        ask(f"/proposals{at}/reserve", money, by=decider, root="/api/v1/budget").status_code == 200
    )
    assert ask(at).json()["state"] == "reserved"
    assert ask(f"{at}/steps/schedule", {}).json()["state"] == "scheduled"


SAID = [
    ({"unit_cost": "900"}, "written in thousands", "ditulis dalam ribuan"),
    ({"unit_cost": 1_000_000}, "which is exactly Rp1,000,000", "tepat Rp1.000.000"),
    ({"account": "532111", "factors": "5 unit"}, "non-physical activity", "kegiatan nonfisik"),
    ({"account": "524119"}, "may not be used by the measure", "tidak boleh dipakai langkah"),
]
REFUSED = [
    ({"factors": "0 orang"}, "must be 1 to 1,000,000, not 0", "harus 1 sampai 1.000.000, bukan 0"),
    ({"factors": "1,5 orang"}, "1,5 is not whole", "1,5 bukan bilangan bulat"),
    ({"unit_cost": 1.5}, "Write whole rupiah in figures", "Tulis rupiah bulat dengan angka"),
    ({"unit_cost": -1}, "Write whole rupiah in figures", "Tulis rupiah bulat dengan angka"),
]


@pytest.mark.parametrize(("change", "english", "indonesian"), SAID)
def test_what_will_not_pass_of_a_row_is_said_and_the_row_is_kept(ask, change, english, indonesian):
    draft = make.draft()
    for language, words in (("en", english), ("id", indonesian)):
        found = ask(f"/{draft.pk}/rows", {**ROW, **change}, language=language)
        assert found.status_code == 201, found.content
        said = " ".join(one["message"] for one in found.json()["rows"][-1]["findings"])
        assert words in said, said


@pytest.mark.parametrize(("change", "english", "indonesian"), REFUSED)
def test_what_is_no_row_is_refused_with_one_sentence(ask, change, english, indonesian):
    draft = make.draft()
    for language, words in (("en", english), ("id", indonesian)):
        refused = ask(f"/{draft.pk}/rows", {**ROW, **change}, language=language)
        assert refused.status_code == 422, refused.content
        assert words in refused.json()["detail"]
    assert not draft.rows.exists()


def test_a_regency_of_another_province_and_a_closed_year_are_refused(ask, monkeypatch):
    draft = make.complete()
    elsewhere = {"regency": areas.regency("Kota Denpasar").pk, "people": 20}
    refused = ask(f"/{draft.pk}/places", elsewhere)
    assert "is not in Jawa Barat" in refused.json()["detail"]
    monkeypatch.setattr(clock, "now", lambda: datetime(2021, 1, 4, 3, tzinfo=UTC))
    refused = ask(f"/{draft.pk}/steps/submit", {})
    assert refused.status_code == 409
    assert "2020" in refused.json()["refused"]


def test_who_saw_an_older_version_gets_both_and_overwrites_nothing(ask):
    draft = make.draft()
    row = make.row(draft)
    first = {"unit_cost": 800_000, "seen": row.version}
    assert ask(f"/{draft.pk}/rows/{row.pk}", first).status_code == 200
    late = ask(f"/{draft.pk}/rows/{row.pk}", {"unit_cost": 700_000, "seen": row.version})
    assert late.status_code == 409
    said = late.json()
    assert said["differing"][0] == {"field": "unit_cost", "theirs": "800000", "mine": "700000"}
    again = {"unit_cost": 700_000, "seen": said["now"]}
    assert ask(f"/{draft.pk}/rows/{row.pk}", again).status_code == 200
    gone = ask(f"/{draft.pk}/rows/{row.pk}/delete", {"seen": said["now"] + 1})
    assert gone.json()["rows"] == []
    assert ask(f"/{draft.pk}/rows/{row.pk}", again).json()["is_gone"]
    old = ask(f"/{draft.pk}/sections", {"method": "Lain", "seen": 1})
    assert old.json()["differing"][0]["field"] == "method"
    assert ask(f"/{draft.pk}/sections", {"method": "Lain"}).status_code == 422


def test_a_sheet_replaces_the_rows_that_were_read_or_names_its_wrong_cell(ask, client):
    draft = make.draft()
    row = make.row(draft)
    heads = "Uraian,Akun,Perhitungan,Harga Satuan,Jumlah\n"
    wrong = drop(client, f"/{draft.pk}/sheet", f"{heads}Honor,522151,0 OJ,900000,0\n".encode())
    assert wrong.status_code == 422
    assert [one["cell"] for one in wrong.json()["cells"]] == ["C2"]
    right = f"{heads}Honor narasumber,522151,30 OJ,900000,27000000\n".encode()
    assert drop(client, f"/{draft.pk}/sheet", right).status_code == 409
    assert draft.rows.get().pk == row.pk
    taken = drop(client, f"/{draft.pk}/sheet", right, row=[f"{row.pk}:{row.version}"])
    assert taken.json()["asked_rupiah"] == 27_000_000, taken.content


def test_a_file_with_a_macro_is_refused_and_another_is_attached(client, settings, tmp_path):
    settings.MEDIA_ROOT, draft = str(tmp_path), make.draft()
    refused = drop(client, f"/{draft.pk}/files", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" +
                   "_VBA_PROJECT".encode("utf-16-le"), "rab.xls")  # fmt: skip
    assert "holds a macro" in refused.json()["refused"]
    large = drop(client, f"/{draft.pk}/files", b"%PDF-" + b"0" * (21 * 2**20), "besar.pdf")
    assert "at most 20 MB" in large.json()["refused"]
    kept = drop(client, f"/{draft.pk}/files", b"%PDF-1.4 survei", "survei.pdf")
    assert [one["name"] for one in kept.json()["attachments"]] == ["survei.pdf"]


def test_a_year_without_standards_blocks_the_step(ask):
    draft = make.complete(round_of=make.round_(fiscal_year=2030, opens_on=date(2020, 5, 1),
                                               closes_on=date(2020, 12, 31)))  # fmt: skip
    refused = ask(f"/{draft.pk}/steps/submit", {})
    assert "There are no standard unit costs of 2030" in refused.json()["refused"]
    assert make.again(draft).state == "draft"


def test_a_reviewer_from_the_proposing_office_is_refused(ask):
    proposal = make.verified()
    inside = make.reviewer(1)
    inside.reaches.create(area=areas.province(), valid_from=date(2019, 1, 1))
    named = {"reviewers": [inside.pk, make.reviewer(2).pk]}
    refused = ask(f"/{proposal.pk}/reviewers", named, by=cast.planner(), language="id")
    assert "bekerja atau pernah bekerja di Jawa Barat" in refused.json()["refused"]
    assert make.again(proposal).state == "verified"


def test_two_windows_decide_once_and_never_more_than_was_asked(ask):
    proposal, by = make.scored(), make.second_planner()
    more = {"outcome": "partly_approved", "reason": "X",
            "rows": {"1": {"unit_cost": 950_000, "reason": "naik"}}}  # fmt: skip
    refused = ask(f"/{proposal.pk}/decide", more, by=by)
    assert "never more is approved than was asked for" in refused.json()["refused"]
    seen = ask(f"/{proposal.pk}", by=by).json()["last_step"]
    answer = {"outcome": "approved", "reason": "Sesuai.", "seen": seen}
    assert ask(f"/{proposal.pk}/decide", answer, by=by).status_code == 200
    assert ask(f"/{proposal.pk}/decide", answer, by=by).status_code == 409
    unknown = {**answer, "rows": {"9": {"unit_cost": 1}}}
    assert ask(f"/{proposal.pk}/decide", unknown, by=by).status_code == 422


def test_money_is_reserved_on_the_accounts_and_lines_of_the_own_unit_alone(ask):
    proposal, by = make.decided(), make.second_planner()
    other = make_budget.unit("Bali", code="019999")
    foreign = make_budget.line(other, "3038.001.051.A.522151", ceiling=90_000_000)
    goods = make_budget.line(key="3038.001.051.A.521211", ceiling=90_000_000)
    for line, words in ((foreign, "not of Jawa Barat, 2020"), (goods, "Account 521211: Rp0")):
        money = {"number": "KEP-1", "effective_on": "2020-06-12", "amounts": {line.pk: 28_800_000}}
        refused = ask(f"/proposals/{proposal.pk}/reserve", money, by=by, root="/api/v1/budget")
        assert refused.status_code == 409, refused.content
        assert words in refused.json()["refused"]
    assert make.again(proposal).state == "approved"


def test_an_idea_and_an_amendment_go_their_way(ask):
    regency, planner = cast.regency_officer(), cast.planner()
    round_ = make.round_()
    told = {"round": round_.pk, "title": "Bimtek", "need": "Penjahit menganggur.", "people": 12}
    idea = ask("/ideas", told, by=regency)
    assert idea.status_code == 201, idea.content
    into = make.draft(round_of=round_)
    more = {"people": 13, "into": into.pk}
    assert "not 13" in ask(f"/ideas/{idea.json()['id']}/take-up", more).json()["refused"]
    taken = ask(f"/ideas/{idea.json()['id']}/take-up", {"into": into.pk}).json()
    assert (taken["state"], taken["proposal"]) == ("taken", into.pk)
    approved = make.decided(make.complete(people=1))
    fields = ask(f"/{approved.pk}/amend").json()
    assert (fields["factors_0"], fields["cost_0"]) == ("32 OJ", 900_000)
    changed = {"why": "Banjir.", "fields": {"method": "Tatap muka.", "nothing": 1}}
    assert "nothing" in ask(f"/{approved.pk}/amend", changed).json()["detail"]
    del changed["fields"]["nothing"]
    amendment = ask(f"/{approved.pk}/amend", changed).json()
    assert amendment["topics"] == ["words"]
    move = {"move": "accept", "seen": amendment["last_step"]}
    moved = ask(f"/amendments/{amendment['id']}/move", move, by=planner)
    assert moved.json()["state"] == "granted"


def test_a_form_of_a_page_sent_to_a_program_address_is_told_what_is_wanted(client):
    client.force_login(cast.planner())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = client.post(f"{ROOT}/rounds", {"title": "Putaran"})
    assert (answer.status_code, answer.json()) == (
        400, {"detail": "What was sent cannot be read as JSON."},
    )  # fmt: skip


def test_strangers_and_other_roles_read_and_write_nothing(ask):
    draft = make.complete()
    bali, auditor = cast.provincial_officer("Bali"), cast.auditor()
    assert ask(f"/{draft.pk}", by=bali).status_code == 404
    assert ask(f"/{draft.pk}", by=auditor).json()["number"] == draft.number
    for by, status in ((bali, 404), (auditor, 403)):
        for path, body in (("/rows", ROW), ("/steps/submit", {}), ("/sections", {"seen": 1})):
            assert ask(f"/{draft.pk}{path}", body, by=by).status_code == status
    refused = ask(f"/{draft.pk}/decide", {}, by=cast.provincial_officer(), language="id")
    assert refused.json() == {"detail": "Peran Anda tidak berwenang untuk ini."}
    denied = ask("/", {}, by=cast.administrator(), language="id")
    assert denied.json()["detail"].startswith("Peran Anda")
    assert Proposal.objects.get().state == "draft"
