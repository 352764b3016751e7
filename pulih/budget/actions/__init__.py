"""What people do to the budget: the only code that writes it."""

from ..rules.movements import Movement
from .appointments import appoint, end_appointment
from .carrying_over import carry_over
from .cash_plans import set_cash_plan
from .checking import check_balances, check_chains
from .commitments import commit
from .contract_years import commit_part, record_contract_years
from .descriptions import rule_description
from .funds import record_fund_term
from .ledger import Posted, block, post, release
from .lines import protect, tag, tag_many
from .many import Document, PostedOne, post_many
from .opening import take_pok, withdraw_pok
from .parties import rule_party
from .payments import give_back, order_payment, pay, request_payment
from .promises import Subject, reserve, unreserve
from .reversal import reverse
from .sealing import Sealed, seal

__all__ = [
    "Document",
    "Movement",
    "Posted",
    "PostedOne",
    "Sealed",
    "Subject",
    "appoint",
    "block",
    "carry_over",
    "check_balances",
    "check_chains",
    "commit",
    "commit_part",
    "end_appointment",
    "give_back",
    "order_payment",
    "pay",
    "post",
    "post_many",
    "protect",
    "record_contract_years",
    "record_fund_term",
    "release",
    "request_payment",
    "reserve",
    "reverse",
    "rule_description",
    "rule_party",
    "seal",
    "set_cash_plan",
    "tag",
    "tag_many",
    "take_pok",
    "unreserve",
    "withdraw_pok",
]
