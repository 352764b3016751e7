"""Attendance is taken on a phone whose network is cut in the middle, and nothing is lost."""

import base64
import io
import re

from PIL import Image
from playwright.sync_api import expect

from pulih.documents.seals import drawn
from tests.browser.trainings import new_training, post

PHONE = {"viewport": {"width": 360, "height": 740}}
PEOPLE = "\n".join(f"Peserta {n}\t321215510187{n:04}\tP\tEretan" for n in range(1, 4))

KEEPS_THE_PAGE = """async () => {
    while (!(await caches.match(location.href))) await new Promise((on) => setTimeout(on, 50));
}"""


def new_class(page):
    """Make a training of three days that holds the scenario's day, with one class and a session."""
    activity = new_training(page, "Bimtek uji jaringan")
    regency = page.locator("#SiteForm_regency option", has_text="Kab. Indramayu")
    post(page, f"{activity}sites/", name="Balai", regency=regency.get_attribute("value"))
    page.goto(activity)
    site = page.locator("#CohortForm_site option", has_text="Balai").get_attribute("value")
    cohort = post(page, f"{activity}cohorts/", site=site, name="Angkatan 1", places="5")
    lesson = {"day": "2020-11-02", "starts_at": "08:00", "lesson_hours": "8", "subject": "Pola"}
    post(page, f"{cohort}sessions/", **lesson)
    post(page, f"{cohort}roster/", people=PEOPLE)
    return cohort


def keep_nonsense(page):
    """Leave on the phone what no server reads, as an older program might have."""
    page.evaluate(
        """async () => {
            const addresses = JSON.parse(document.getElementById("addresses").textContent);
            const store = await import(addresses.store);
            await store.keepAct(addresses.list, { session: "?", participant: 0 });
        }"""
    )


def picture():
    """A photo as a phone takes it."""
    kept = io.BytesIO()
    Image.effect_noise((1200, 900), 60).convert("RGB").save(kept, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def hold_before_the_camera(page, card):
    """Let the phone's camera see a card: a stream of a canvas with its square code."""
    page.evaluate(
        """async (drawing) => {
            const card = new Image();
            card.src = drawing;
            await card.decode();
            const seen = document.createElement("canvas");
            Object.assign(seen, { width: 400, height: 300 });
            const paper = seen.getContext("2d");
            const draw = () => {
                paper.fillStyle = "#fff";
                paper.fillRect(0, 0, 400, 300);
                paper.drawImage(card, 90, 40, 220, 220);
            };
            setInterval(draw, 50);
            navigator.mediaDevices.getUserMedia = async () => seen.captureStream();
        }""",
        "data:image/svg+xml;base64," + base64.b64encode(drawn(card).encode()).decode(),
    )


def test_a_hall_without_network_loses_no_mark(visit):
    cohort = new_class(visit("jabar"))
    page = visit("jabar", **PHONE)
    key = cohort.rstrip("/").rpartition("/")[2]
    page.goto(f"/delivery/field/class/{key}/")
    card = page.request.get(f"/delivery/field/class/{key}/list/").json()["people"][2]["card"]
    rows = page.locator("#people li")
    expect(rows).to_have_count(3)
    expect(page.locator("#n-unrecorded")).to_have_text("3")
    page.evaluate(KEEPS_THE_PAGE)  # It was opened once.

    page.context.set_offline(True)
    rows.nth(0).get_by_role("button", name="Peserta 1: Hadir").click()
    expect(page.locator("#queue")).to_contain_text("Tanpa jaringan")
    expect(page.locator("#waiting")).to_have_text("1")
    page.reload()
    expect(rows.nth(0)).to_contain_text("menunggu jaringan")
    rows.nth(1).get_by_role("button", name="Peserta 2: Tidak hadir").click()
    rows.nth(1).get_by_role("button", name="Sakit").click()
    expect(page.locator("#waiting")).to_have_text("3")
    hold_before_the_camera(page, card)
    page.get_by_role("button", name="Pindai kartu").click()
    expect(page.locator("#scanned")).to_have_text("Peserta 3: Hadir")
    expect(page.locator("#waiting")).to_have_text("4")
    page.get_by_role("button", name="Berhenti memindai").click()
    expect(page.locator("#video")).to_be_hidden()
    page.get_by_label("Yang tampak di foto").select_option("Daftar hadir bertanda tangan")
    page.get_by_label("Foto", exact=True).set_input_files(picture())
    expect(page.locator("#photo-count")).to_have_text("0 di server, 1 menunggu di ponsel ini")
    expect(page.locator("#waiting")).to_have_text("5")

    keep_nonsense(page)
    page.context.set_offline(False)  # Nothing is pressed and nothing is loaded again.
    expect(page.locator("#queue")).to_contain_text("Semua sudah di server")
    expect(rows.nth(0)).to_contain_text("diterima server")
    rows.nth(1).get_by_role("button", name="Peserta 2: Hadir").click()
    rows.nth(1).get_by_role("button", name="Datang terlambat").click()
    expect(page.locator("#n-present")).to_have_text("3")
    expect(page.locator("#queue")).to_contain_text("Semua sudah di server")
    expect(page.locator("#photo-count")).to_have_text("1 di server, 0 menunggu di ponsel ini")

    page.goto(f"{cohort}attendance/")
    expect(page.locator("tbody tr").nth(1)).to_contain_text("✓")
    expect(page.locator("tbody tr").nth(2)).to_contain_text("✓")
    expect(page.get_by_text("Daftar hadir bertanda tangan").first).to_be_visible()
    page.goto(f"/delivery/attendance/?cohort={key}")
    expect(page.locator("#rows")).to_contain_text("5 baris")


SIGNER = {"name": "Nur", "post": "Penelaah", "place": "Gudang"}


def sent_goods(page, signer=SIGNER):
    """Send ten masks of a new training to a receiver; return the key of the hand-over."""
    goods = f"{new_training(page, 'Bimtek uji serah terima')}goods/"
    page.goto("/delivery/receivers/new/")
    area = page.locator("select[name=area] option", has_text="Jawa Barat").first
    named = {"kind": "health", "name": "Puskesmas Uji", "valid_from": "2020-01-01"}
    post(page, page.url, area=area.get_attribute("value"), **named)
    post(page, f"{goods}items/", name="Masker", unit="potong")
    page.goto(goods)
    item = page.locator("select[name=item] option", has_text="Masker").first.get_attribute("value")
    bought = {"kind": "bought", "quantity": "10", "payment": "2011021", "value": "50.000"}
    post(page, f"{goods}moves/", item=item, day="2020-11-02", **bought)
    page.goto(goods)
    to = page.locator("select[name=receiver] option", has_text="Puskesmas Uji").last
    post(
        page, f"{goods}send/", item=item, number=f"BAST-UJI-{item}", quantity="10",
        receiver=to.get_attribute("value"), sent_on="2020-11-02", **signer,
    )  # fmt: skip
    page.goto("/delivery/handovers/?q=" + f"BAST-UJI-{item}")
    page.get_by_role("link", name=f"BAST-UJI-{item}", exact=True).click()
    page.wait_for_url(re.compile(r"/handovers/\d+/$"))
    return page.url.rstrip("/").rpartition("/")[2]


SHOWN_ANEW = """() => new Promise((shown) => {
  new MutationObserver(shown).observe(document.getElementById("title"), { childList: true });
  dispatchEvent(new Event("online"));
})"""


def name_the_receiver(page):
    page.get_by_label("Nama Anda").fill("Siti")
    page.get_by_label("Jabatan Anda").fill("Kepala gudang")
    page.get_by_label("Tempat penandatanganan").fill("Indramayu")


def draw_signature(page, pad="#pad"):
    box = page.locator(pad)
    box.scroll_into_view_if_needed()
    at = box.bounding_box()
    page.mouse.move(at["x"] + 20, at["y"] + 40)
    page.mouse.down()
    for step in range(1, 14):
        page.mouse.move(at["x"] + 20 + 15 * step, at["y"] + 40 + (25 if step % 2 else -20))
    page.mouse.up()


def test_a_receiver_counts_and_signs_where_there_is_no_network(visit):
    key = sent_goods(visit("jabar"))
    page = visit("jabar", **PHONE)
    page.goto(f"/delivery/field/handover/{key}/")
    expect(page.locator("#title")).to_have_text("10 potong Masker")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(page.locator("#title")).to_have_text("10 potong Masker")

    page.context.set_offline(True)
    page.get_by_label("Berapa yang Anda hitung?").fill("10.000")  # Ten thousand, not ten.
    page.get_by_role("button", name="Tanda tangani dan kirim").click()
    expect(page.locator("#wrong")).to_contain_text("Lebih banyak")
    page.get_by_label("Berapa yang Anda hitung?").fill("9")
    page.get_by_role("button", name="Tanda tangani dan kirim").click()
    expect(page.locator("#wrong")).to_have_text(
        "Belum lengkap: Nama Anda · Jabatan Anda · Tempat penandatanganan · Sebab selisih"
        " · Tanda tangan di dalam kotak"
    )
    page.evaluate(SHOWN_ANEW)  # As when a sending ends; what is missing is still said.
    expect(page.locator("#wrong")).to_contain_text("Tanda tangan di dalam kotak")
    page.get_by_label("Sebab selisih").fill("satu robek")
    name_the_receiver(page)
    draw_signature(page)
    page.get_by_role("button", name="Tanda tangani dan kirim").click()
    expect(page.locator("#state")).to_contain_text("menunggu jaringan")
    page.reload()
    expect(page.locator("#state")).to_contain_text("menunggu jaringan")

    page.context.set_offline(False)
    expect(page.locator("#state")).to_contain_text("diterima server")
    page.goto(f"/delivery/handovers/{key}/")
    expect(page.locator("svg.ink")).to_be_visible()
    expect(page.get_by_text("satu robek")).to_be_visible()


def test_both_sides_sign_on_one_phone(visit):
    page = visit("jabar", **PHONE)
    key = sent_goods(page, signer={})
    page.goto(f"/delivery/field/handover/{key}/")
    page.get_by_label("Berapa yang Anda hitung?").fill("10")
    page.get_by_label("Nama yang menyerahkan").fill("Nur")
    name_the_receiver(page)
    draw_signature(page)
    page.get_by_role("button", name="Tanda tangani dan kirim").click()
    expect(page.locator("#wrong")).to_have_text(
        "Belum lengkap: Jabatan yang menyerahkan · Tanda tangan yang menyerahkan di dalam kotak"
    )
    page.get_by_label("Jabatan yang menyerahkan").fill("Penelaah")
    draw_signature(page, "#giver_pad")
    page.get_by_role("button", name="Tanda tangani dan kirim").click()
    expect(page.locator("#state")).to_contain_text("diterima server")
    page.goto(f"/delivery/handovers/{key}/")
    expect(page.locator("svg.ink")).to_have_count(2)


def test_a_receiver_reads_what_was_refused_beside_what_is_left_out(visit):
    key = sent_goods(visit("jabar"))
    page = visit("jabar", **PHONE)
    page.goto(f"/delivery/field/handover/{key}/")
    page.get_by_label("Berapa yang Anda hitung?").fill("9")
    page.get_by_label("Sebab selisih").fill("satu robek")
    page.get_by_label("Dari selisih, kembali").fill("5")  # Of one that is missing.
    name_the_receiver(page)
    draw_signature(page)
    page.get_by_role("button", name="Tanda tangani dan kirim").click()
    refused, wrong = page.locator("#refused"), page.locator("#wrong")
    expect(refused).to_contain_text("kembali")
    page.get_by_label("Nama Anda").fill("")
    page.get_by_role("button", name="Tanda tangani dan kirim").click()
    for _shown in range(2):
        expect(wrong).to_have_text("Belum lengkap: Nama Anda")
        expect(refused).to_contain_text("kembali")
        page.evaluate(SHOWN_ANEW)
    page.get_by_label("Nama Anda").fill("Siti")
    page.get_by_label("Dari selisih, kembali").fill("1")
    page.get_by_role("button", name="Tanda tangani dan kirim").click()
    expect(page.locator("#state")).to_contain_text("diterima server")
    expect(refused).to_be_hidden()


def test_who_gives_goods_signs_where_there_is_no_network(visit):
    key = sent_goods(visit("jabar"), signer={})
    page = visit("jabar", **PHONE)
    page.goto(f"/delivery/field/handover/{key}/give/")
    expect(page.locator("#title")).to_have_text("10 potong Masker")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(page.locator("#title")).to_have_text("10 potong Masker")

    page.context.set_offline(True)
    page.get_by_role("button", name="Tanda tangani dan kirim").click()
    expect(page.locator("#wrong")).to_contain_text("Nama Anda · Jabatan Anda")
    name_the_receiver(page)
    draw_signature(page)
    page.get_by_role("button", name="Tanda tangani dan kirim").click()
    expect(page.locator("#state")).to_contain_text("menunggu jaringan")

    page.context.set_offline(False)
    expect(page.locator("#state")).to_contain_text("diterima server")
    page.goto(f"/delivery/handovers/{key}/")
    expect(page.locator("svg.ink")).to_be_visible()
