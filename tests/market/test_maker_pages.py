"""The pages of makers: what each shows, to whom, and what a form answers."""

from datetime import timedelta

import pytest
from django.contrib.postgres.search import SearchVector
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pulih.market import reconcile
from pulih.market.balance import ProvinceBalance, by_province, capacity_map
from pulih.market.models import Capacity, Certificate, Group, Member
from pulih.registry.models import Enterprise
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db
SEEN = f"?per={market.DAY}"


@pytest.fixture
def visit(client):
    def get(name, *arguments, by=None, query=SEEN, **posted):
        client.force_login(by or cast.regency_officer())
        address = reverse(f"market:{name}", args=arguments) + query
        return client.post(address, posted) if posted else client.get(address)

    return get


def test_jakartas_makers_of_april_2020(visit):
    """1,526 makers, 173,674 masks a day together: the figure of the press, spread evenly."""
    each, rest = divmod(173_674, 1_526)
    from pulih.registry.models import Enterprise

    first = market.firm("Penjahit", "Kota Jakarta Timur", "DKI Jakarta")
    values = {field.attname: getattr(first, field.attname) for field in first._meta.fields}
    del values["id"]
    firms = Enterprise.objects.bulk_create(Enterprise(**values) for _ in range(1_525))
    Capacity.objects.bulk_create(
        Capacity(
            enterprise=firm,
            province_id=firm.province_id,
            regency_id=firm.regency_id,
            product=market.product(),
            per_week=(each + (place < rest)) * 6,
            origin="office",
            confirmed_on=market.DAY,
        )
        for place, firm in enumerate([first, *firms])
    )
    page = visit("product", "cloth_mask", by=cast.planner()).content.decode()
    assert "1.042.044" in page
    assert "2.084.088" in page
    assert "1.526" in page
    assert "style=" not in page


def test_a_products_page_sets_open_needs_beside_capacity_by_province(visit):
    for place in range(5):
        market.capacity(market.firm(f"Konveksi {place}"))
    market.capacity(market.firm("Jahit", "Kota Denpasar", "Bali"))
    hospital = market.buyer("Kota Denpasar", name="RSUD Denpasar")
    market.need(1000, of=hospital, regency="Kota Denpasar", due=market.DAY + timedelta(10))
    market.need(300, of=hospital, regency="Kota Denpasar", due=market.DAY + timedelta(21))
    java, bali = by_province(market.product(), market.DAY)
    assert (java.province.name, java.firms, java.per_week) == ("Jawa Barat", 5, 3000)
    assert (java.needs, java.missing, java.asked) == (0, 0, 0)
    assert (bali.province.name, bali.firms, bali.per_week) == ("Bali", None, None)
    assert (bali.needs, bali.missing, bali.asked) == (2, 1300, 800)  # 1,000 · 7/10 + 300 / 3.
    drawn = capacity_map([java, bali], market.DAY)
    written = {one.province.name: one.province.written for one in drawn.shapes}
    assert (written["Jawa Barat"], written["Bali"], len(written)) == ("3.000", "–", 34)
    page = visit("product", "cloth_mask").content.decode()
    assert f"product=cloth_mask&amp;province={bali.province.pk}" in page
    assert "Jawa Barat: 3.000" in page
    assert capacity_map([bali], market.DAY) is None


@pytest.mark.parametrize(
    ("per_week", "marks"),
    [(3_000, "3.500"), (600_000, "650 rb"), (1_000_000, "1 jt"), (1_042_044, "1,5 jt")],
)
def test_the_bounds_below_a_map_fit_their_colours(per_week, marks):
    java = ProvinceBalance(cast.area("Jawa Barat"), 5, per_week, 0, 0, 0)
    drawn = capacity_map([java], market.DAY)
    assert marks in drawn.marks
    assert all(len(one) <= 6 for one in drawn.marks)


def test_lists_show_ones_own_area_and_words_find_a_product(visit):
    market.capacity(market.firm("Konveksi Satu"), guesses=[["unit_converted", "kodi"]])
    market.capacity(market.firm("Jahit Bali", "Kota Denpasar", "Bali"))
    page = visit("capacities").content.decode()
    assert "Konveksi Satu" in page
    assert "“kodi”" in page
    assert "Jahit Bali" not in page
    found = visit("products", query="?q=3 ply").content.decode()
    assert "Masker kain" in found
    assert "Kopi" not in found
    assert "Konveksi" not in visit("capacities", query=f"{SEEN}&age=grey").content.decode()
    for name in ("unread", "certificates", "groups"):
        assert visit(name).status_code == 200
    assert visit("capacities", query="?format=csv").status_code == 200


def test_a_capacity_and_a_certificate_are_typed_on_the_firms_page(visit):
    firm = market.firm("Konveksi Satu")
    typed = {"product": "cloth_mask", "words": "500 lembar/hari", "lot": 10, "min_order": 1}
    wrong = visit("state-capacity", firm.pk, **{**typed, "words": "cukup banyak"})
    assert "tidak terbaca" in wrong.content.decode()
    assert visit("state-capacity", firm.pk, **typed).status_code == 303
    assert Capacity.objects.get().per_week == 3000
    assert visit("add-certificate", firm.pk, kind="halal", number="ID-1").status_code == 303
    assert Certificate.objects.get().verified_at
    page = visit("of-enterprise", firm.pk).content.decode()
    assert "3.000" in page
    assert "ID-1" in page
    assert "500 lembar/minggu" not in page
    form = visit("state-capacity", firm.pk, query="?product=cloth_mask").content.decode()
    assert "3000 lembar/minggu" in form


def test_the_scan_of_a_certificate_is_kept_and_sent_to_ones_own_area_alone(visit):
    firm = market.firm("Konveksi Satu")
    typed = {"kind": "halal", "number": "H-1"}
    virus = SimpleUploadedFile("x.exe", b"MZ no document")
    said = visit("add-certificate", firm.pk, file=virus, **typed).content.decode()
    assert "bukan PDF" in said
    assert not Certificate.objects.exists()
    scan = SimpleUploadedFile("C:\\scan\\halal.pdf", b"%PDF-1.7 halal")
    assert visit("add-certificate", firm.pk, file=scan, **typed).status_code == 303
    kept = Certificate.objects.get()
    assert kept.file_name == "halal.pdf"
    assert "halal.pdf" in visit("of-enterprise", firm.pk).content.decode()
    answer = visit("certificate-file", kept.pk)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 halal"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    stranger = cast.regency_officer("Kota Denpasar")
    assert visit("certificate-file", kept.pk, by=stranger).status_code == 404
    assert list(reconcile.differences()) == []
    Certificate.objects.update(stored_name="gone")
    assert len(list(reconcile.differences())) == 1


def test_a_firms_page_says_why_it_is_not_asked(visit):
    firm = market.firm("Kecil")
    market.capacity(firm, per_week=10)
    market.need(1000, min_order=100)
    page = visit("of-enterprise", firm.pk).content.decode()
    assert "RSUD Indramayu" in page
    assert "terlalu kecil sendiri" in page


def test_an_old_capacity_is_grey_then_left_out_until_confirmed(visit):
    capacity = market.capacity(market.firm("Konveksi Satu"))
    later = f"?per={market.DAY + timedelta(121)}"
    page = visit("of-enterprise", capacity.enterprise_id, query=later).content.decode()
    assert "120" in page
    assert visit("confirm-capacity", capacity.pk, query=later, yes=1).status_code == 303
    capacity.refresh_from_db()
    assert capacity.confirmed_on == market.DAY + timedelta(121)


def test_a_group_is_made_and_a_stranger_is_no_member(visit, client):
    area = cast.area("Kab. Indramayu")
    typed = {"kind": "joint_group", "regency": area.pk, "fee": "1.500", "min_order": 1}
    client.force_login(cast.regency_officer())
    typed |= {"name": "KUB Sari", "valid_from": market.DAY}
    assert client.post(reverse("market:new-group"), typed).status_code == 303
    group = Group.objects.get()
    far, near = market.firm("Jauh", "Kota Bandung"), market.firm("Dekat")
    market.capacity(near)
    refused = visit("add-member", group.pk, enterprise=far.pk, since=market.DAY,
                    by=cast.provincial_officer())  # fmt: skip
    assert "Kota Bandung" in refused.content.decode()
    assert visit("add-member", group.pk, enterprise=near.pk, since=market.DAY).status_code == 303
    page = visit("group", group.pk).content.decode()
    assert "600" in page
    member = Member.objects.get()
    page = visit("end-membership", member.pk, on=market.DAY).content.decode()
    assert 'name="enterprise"' in page  # A new member can be added as before.
    refused = page.index("harus berakhir setelah hari")
    assert page.index("Anggota") < refused < page.index("</table>")
    assert visit("end-membership", member.pk, on="2020-08-01").status_code == 303


def test_a_member_is_found_by_half_a_name_in_the_regency_of_the_group(client):
    group, near = market.group(), market.firm("Konveksi Melati")
    market.firm("Konveksi Melati Jauh", "Kab. Cirebon")
    Enterprise.objects.update(search=SearchVector("name", config="simple"), village="Sidomulyo")
    client.force_login(cast.regency_officer())
    address = reverse("market:group", args=[group.pk])
    page = client.get(address, {"firm": "mela"})
    assert [one.pk for one in page.context["choice"].rows] == [near.pk]
    assert f'name="enterprise" id="firm-{near.pk}"' in page.content.decode()
    there = client.get(address, {"firm": "sidom"}).context["choice"]
    assert [one.pk for one in there.rows] == [near.pk]
    nobody = client.get(address, {"firm": "zzz"}).content.decode()
    assert "Tidak ada IKM" in nobody
    typed = {"firm": "mela", "enterprise": near.pk, "since": ""}
    refused = client.post(reverse("market:add-member", args=[group.pk]), typed)
    assert [one.pk for one in refused.context["choice"].rows] == [near.pk]


def test_what_is_not_hers_is_not_there(visit):
    capacity = market.capacity(market.firm("Konveksi Satu"))
    stranger = cast.regency_officer("Kota Denpasar")
    assert visit("of-enterprise", capacity.enterprise_id, by=stranger).status_code == 404
    assert visit("confirm-capacity", capacity.pk, by=stranger, yes=1).status_code == 404
    assert visit("product", "cloth_mask", by=cast.administrator()).status_code == 403
