"""What an amendment may not do: refused with one sentence, by whoever would let it pass."""

from pulih.classifications.standards import Nature
from pulih.common.errors import Message, Refusal
from pulih.common.money import rupiah

from ..amended import as_amended
from ..models import Amendment, Proposal
from ..reads import basis_of, plan_of
from ..rules.gates import AMENDABLE, is_way
from ..rules.plans import assess
from ..rules.rows import PHYSICAL, check_row


def refuse_unless_amendable(proposal: Proposal, amendment: Amendment | None = None) -> None:
    if proposal.state not in AMENDABLE:
        raise Refusal(
            Message(
                f"Usulan {proposal.number} tidak sedang disetujui; hanya usulan yang disetujui dan "
                "belum dipertanggungjawabkan yang diubah begini.",
                f"Proposal {proposal.number} does not stand approved; only what is approved and "
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
                "Perubahan ini menyentuh hal yang harus diputus pemutus; teruskan."
                if move == "accept"
                else "Perubahan ini tidak perlu diputus; nyatakan berlaku.",
                "This amendment touches what a decider decides; hand it on."
                if move == "accept"
                else "This amendment needs no decider; put it in force.",
            )
        )


def refuse_physical(amendment: Amendment) -> None:
    changed, parts = as_amended(amendment.proposal, amendment.after)
    for row in assess(plan_of(changed, parts), basis_of(changed)).rows:
        for one in row.findings:
            if one.key == PHYSICAL:
                raise Refusal(one.message)


def refuse_above_ceiling(amendment: Amendment) -> None:
    changed, parts = as_amended(amendment.proposal, amendment.after)
    basis = basis_of(changed)
    for row in plan_of(changed, parts).rows:
        item = check_row(row, basis).standard
        if item and item.nature == Nature.CEILING and row.unit_cost > item.amount:
            cost, most = row.unit_cost, item.amount
            raise Refusal(
                Message(
                    f"Baris {row.position} “{row.text}”: {rupiah(cost)} di atas batas tertinggi "
                    f"SBM {rupiah(most)}; tolak atau minta diturunkan.",
                    f"Row {row.position} “{row.text}”: {rupiah(cost, 'en')} is above the ceiling "
                    f"of the standard, {rupiah(most, 'en')}; refuse it or ask for less.",
                )
            )
