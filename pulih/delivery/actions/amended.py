"""What amendments of a proposal may not do to the lists that pay by its rows."""

from pulih.common.errors import Message, Refusal
from pulih.proposals.models import Proposal

from ..models import PaymentList


def refuse_listed(proposal: Proposal) -> None:
    """Refuse other rows while a list stands: by them its people would be owed once more."""
    lists = PaymentList.objects.in_force().filter(row__proposal=proposal)
    found = lists.order_by("pk").first()
    if found is not None:
        raise Refusal(
            Message(
                f"Daftar pembayaran {found.number} membayar menurut rencana biaya usulan "
                f"{proposal.number}; tarik daftar itu sebelum dananya diubah, atau ubah kata-kata, "
                "waktu, atau tempat saja.",
                f"Payment list {found.number} pays by the cost plan of proposal {proposal.number}; "
                "withdraw it before the money is amended, or amend words, dates or places alone.",
            )
        )
