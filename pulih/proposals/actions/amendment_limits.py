"""What an amendment may not do: refused with one sentence, by whoever would let it pass."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah

from ..amended import Content, approved_content, as_amended
from ..clocks import day_in
from ..contents import changes
from ..models import Amendment, Proposal
from ..reads import basis_of, plan_of
from ..rules.findings import Finding, Severity
from ..rules.gates import AMENDABLE, is_way
from ..rules.plans import Assessment, assess
from ..rules.rows import check_row, physical


def refuse_unless_amendable(proposal: Proposal, amendment: Amendment | None = None) -> None:
    if proposal.state not in AMENDABLE:
        raise Refusal(
            Message(
                f"Usulan {proposal.number} tidak berstatus disetujui. Perubahan hanya untuk usulan "
                "yang disetujui dan belum dipertanggungjawabkan.",
                f"Proposal {proposal.number} does not stand approved. Only what is approved and "
                "not accounted for is amended.",
            )
        )
    if amendment is None and proposal.amendments.filter(is_open=True).exists():
        raise Refusal(
            Message(
                f"Satu perubahan {proposal.number} masih menunggu jawaban; tarik dahulu.",
                f"An amendment of {proposal.number} still waits for an answer; withdraw it first.",
            )
        )


def refuse_another_way(amendment: Amendment, move: str) -> None:
    if not is_way(move, amendment.topics):
        raise Refusal(
            Message(
                "Perubahan ini menyentuh hal yang harus diputuskan pejabat pemutus; teruskan."
                if move == "accept"
                else "Perubahan ini tidak perlu diputus; nyatakan berlaku.",
                "This amendment touches what a decider decides; hand it on."
                if move == "accept"
                else "This amendment needs no decider; put it in force.",
            )
        )


def refuse_physical(amendment: Amendment) -> None:
    changed, parts = as_amended(amendment.proposal, amendment.after)
    if found := physical(assess(plan_of(changed, parts), basis_of(changed)).rows):
        raise Refusal(found)


def refuse_above_ceiling(amendment: Amendment) -> None:
    changed, parts = as_amended(amendment.proposal, amendment.after)
    basis = basis_of(changed)
    for row in plan_of(changed, parts).rows:
        item = check_row(row, basis).standard
        if item and item.is_above(row.unit_cost):
            cost, most = row.unit_cost, item.amount
            raise Refusal(
                Message(
                    f"Baris {row.position} “{row.text}”: {rupiah(cost)} di atas batas tertinggi "
                    f"SBM {rupiah(most)}; tolak atau minta diturunkan.",
                    f"Row {row.position} “{row.text}”: {rupiah(cost, 'en')} is above the ceiling "
                    f"of the standard, {rupiah(most, 'en')}; refuse it or ask for less.",
                )
            )


def assessed(proposal: Proposal, content: Content, at: datetime) -> Assessment:
    """Check a proposal as an amendment would make it, as a draft is checked; nothing is stored.

    Words alone are held against what words can break: neither the calendar nor prices nor firms
    that were counted since then stand against them.
    """
    changed, parts = as_amended(proposal, content)
    found = assess(plan_of(changed, parts), basis_of(changed))
    topics = {one.topic for one in changes(approved_content(proposal), content)}
    if topics <= {"words"}:
        return replace(found, findings=tuple(one for one in found.findings if one.is_of_words))
    over = _year_over(proposal, at)
    return replace(found, findings=(*over, *found.findings))


def _year_over(proposal: Proposal, at: datetime) -> Collection[Finding]:
    year = proposal.round.fiscal_year
    if day_in(proposal.province_id, at).year <= year:
        return ()
    message = Message(
        f"Tahun anggaran {year} sudah berakhir; waktu, tempat, orang, barang, dan dananya tidak "
        "diubah lagi. Yang masih dapat diubah hanya redaksinya.",
        f"Fiscal year {year} has ended; its dates, places, people, goods and money are amended no "
        "more. Only its words can still be amended.",
    )
    return [Finding("year", Severity.BLOCKS, "starts_on", message)]
