"""The chain of help: rupiah asked, promised, funded, committed, paid, delivered; firms at work."""

from collections import Counter
from collections.abc import Iterator, Mapping

from django.db.models import Sum

from pulih.budget.models import DocumentKind, Entry
from pulih.common.errors import Message
from pulih.market.production_reads import producing_again
from pulih.proposals.models import Amendment, Proposal

from ..standards.giving import body_named
from .base import ALL, Dataset, Measure, Moment, Raw, not_recorded, summed
from .goods import answered
from .people import counted
from .proposals import (
    PROPOSAL,
    decided_by,
    each_once,
    proposals_of_year,
    provinces,
    sent_by,
)
from .reach import helped

RUPIAH = Message("rupiah", "rupiah")
Sums = Counter[tuple[str, str, str]]


def _money(
    key: str, label: Message, definition: Message, differs: Message | None = None
) -> Measure:
    return Measure(f"help_{key}", label, definition, RUPIAH, "money", differs=differs)


ASKED = _money(
    "asked",
    Message("Diminta", "Asked"),
    Message(
        "Biaya usulan kegiatan yang diajukan dinas, menurut rencana anggaran biayanya.",
        "Cost of the proposals that offices sent, by their cost plans.",
    ),
)
PROMISED = _money(
    "promised",
    Message("Dijanjikan", "Promised"),
    Message(
        "Nilai usulan yang disetujui tertulis, seluruhnya atau sebagian, menurut perubahan yang "
        "berlaku.",
        "Amount of proposals approved in writing, in full or in part, as amendments in force say.",
    ),
)
FUNDED = _money(
    "funded",
    Message("Didanai", "Funded"),
    Message(
        "Uang yang dicadangkan pada baris anggaran untuk usulan yang disetujui; tidak dapat "
        "dijanjikan dua kali.",
        "Money set aside on budget lines for approved proposals; it cannot be promised twice.",
    ),
)
COMMITTED = _money(
    "committed",
    Message("Terikat", "Committed"),
    Message(
        "Kontrak dan keputusan atas uang yang dicadangkan itu.",
        "Contracts and decisions that draw on the money set aside.",
    ),
)
PAID = _money(
    "paid",
    Message("Dibayar", "Paid out"),
    Message(
        "Yang sudah dibayar kas negara (SP2D) atas kontrak dan keputusan itu.",
        "What the treasury has paid (SP2D) for those contracts and decisions.",
    ),
)
DELIVERED = _money(
    "delivered",
    Message("Diterima", "Delivered"),
    Message(
        "Nilai barang yang dihitung dan ditandatangani penerimanya, sebuah lembaga atau badan "
        "(BAST).",
        "Value of goods that their receivers, offices or bodies, counted and signed for (BAST).",
    ),
    Message(
        "Barang untuk perorangan dan usaha perorangan tidak termasuk, agar tidak ada yang "
        "dikenali. Pelatihan yang selesai tidak bernilai rupiah di sini.",
        "Goods for persons and sole traders are left out, so that nobody is found. Training that "
        "was held has no value in rupiah here.",
    ),
)
PRODUCING = Measure(
    "producing_again",
    Message("Berproduksi lagi", "Producing again"),
    Message(
        "Usaha yang ditolong dan pada tanggal data berproduksi lagi, menurut pernyataan terbaru "
        "usaha itu atau dinasnya, kecuali laporan bulan sesudahnya menyebutnya berhenti.",
        "Firms that were helped and produce again on the day, by the newest statement of the firm "
        "or its office, unless a report of a later month says that it stands still.",
    ),
    Message("usaha", "firms"),
    "count",
    within=("helped_firms",),
    differs=Message(
        "Yang belum menyatakannya tidak terhitung: ini bilangan paling sedikit. Bukan bukti bahwa "
        "bantuanlah sebabnya.",
        "Who has not stated it is not counted: this is the least there can be. It does not prove "
        "that the help is the reason.",
    ),
)
CHAIN = (ASKED, PROMISED, FUNDED, COMMITTED, PAID, DELIVERED, PRODUCING)


def collect(moment: Moment) -> Iterator[Raw]:
    everywhere = provinces(moment)
    measure_of = dict(Proposal.objects.values_list("number", "measure__code"))
    of_year = proposals_of_year(moment)
    sums = {
        ASKED: _asked(moment),
        PROMISED: _promised(moment),
        FUNDED: _of_promises(moment, measure_of, "reservation"),
        COMMITTED: _of_promises(moment, measure_of, "commitment"),
        PAID: _of_promises(moment, measure_of, "realisation"),
        DELIVERED: _delivered(moment),
    }
    asked_for = [key for key in sums[ASKED] if key[1] != ALL]
    for measure, values in sums.items():
        if values or (measure in CHAIN[1:5] and sums[ASKED]):
            # What was asked for and got nothing is 0, not unrecorded.
            known = {**dict.fromkeys(asked_for, 0), **values}
            yield from each_once(summed(measure.key, moment.areas, known, everywhere), of_year)
        else:
            yield from not_recorded([measure], everywhere)
    again = producing_again(moment.as_of, moment.end)
    whole = {(ALL, "")}
    firms = [(area, whole) for firm, area in helped(moment).items() if firm in again]
    yield from counted(PRODUCING, moment, firms)


def _asked(moment: Moment) -> Sums:
    found: Sums = Counter()
    for one in sent_by(moment):
        _add(found, moment, one.province_id, one.measure.code, one.asked_rupiah, one.number)
    return found


def _promised(moment: Moment) -> Sums:
    """What was decided, or what the newest amendment in force by then made of it."""
    amendments = Amendment.objects.filter(version__at__lt=moment.end).order_by("number")
    amended = dict(amendments.values_list("proposal_id", "rupiah_after"))
    found: Sums = Counter()
    for each in decided_by(moment):
        of = each.proposal
        rupiah = amended.get(of.pk, each.approved_rupiah)
        _add(found, moment, of.province_id, of.measure.code, rupiah, of.number)
    return found


def _of_promises(moment: Moment, measure_of: Mapping[str, str], kind: str) -> Sums:
    """What documents that name a promise did to lines. A draw lessens no promise's funding."""
    entries = Entry.objects.known_by(moment.known).filter(
        effective_on__lte=moment.as_of,
        line__fiscal_year=moment.as_of.year,
        amount_kind=kind,
        posting__promise__room="proposals",
        province_id__in=moment.areas.code_of,
    )
    if kind == "reservation":
        entries = entries.filter(
            posting__document_kind__in=(DocumentKind.RESERVATION, DocumentKind.UNRESERVE)
        )
    found: Sums = Counter()
    by = entries.order_by().values_list("province_id", "posting__promise__number")
    for province, number, total in by.annotate(total=Sum("rupiah")):
        _add(found, moment, province, measure_of.get(number, "none"), int(total), number)
    return found


def _delivered(moment: Moment) -> Sums:
    """The part of a hand-over's value that arrived, rounded down to the rupiah.

    Where one person alone received something in a province, the sum would be that person's.
    """
    found: Sums = Counter()
    joined = answered(moment).filter(sent__gt=0).select_related("activity__measure", "receiver")
    for one in joined:
        if body_named(one.receiver.kind, one.receiver_name) is None:
            continue
        value = one.value * (one.received or 0) // one.sent
        _add(found, moment, one.province_id, one.activity.measure.code, value)
    return found


def _add(
    found: Sums, moment: Moment, province: int, measure: str, rupiah: int, proposal: str = ""
) -> None:
    area = moment.areas.code_of[province]
    found[area, ALL, ""] += rupiah
    found[area, "programme", measure] += rupiah
    if proposal:
        found[area, PROPOSAL, proposal] += rupiah


DATASET = Dataset(
    "help",
    Message("Bantuan", "Help"),
    Message(
        "Usulan, surat jawaban, buku besar, BAST, pernyataan usaha dan dinas",
        "Proposals, answers, ledger, signed hand-overs, statements of firms and offices",
    ),
    Message("semua provinsi", "all provinces"),
    CHAIN,
    collect,
)
