"""What the market keeps: products and makers, buyers and needs, matches."""

from .capacities import Capacity, Certificate, Origin, UnreadCapacity
from .exporting import ExportSale, ReadinessAnswer, ReadinessAsk
from .groups import Group, GroupKind, Member
from .needs import Buyer, BuyerContact, BuyerKind, BuyerName, Need, NeedSource, NeedTerms
from .orders import AT_WORK, LIVE, Order, OrderPart, OrderStep, Receipt
from .production import ProductionStatement
from .products import Product, Standard
from .runs import RUNNING, Consignment, Gate, Part, Run, RunCase, RunProgress, RunState

__all__ = [
    "AT_WORK",
    "LIVE",
    "RUNNING",
    "Buyer",
    "BuyerContact",
    "BuyerKind",
    "BuyerName",
    "Capacity",
    "Certificate",
    "Consignment",
    "ExportSale",
    "Gate",
    "Group",
    "GroupKind",
    "Member",
    "Need",
    "NeedSource",
    "NeedTerms",
    "Order",
    "OrderPart",
    "OrderStep",
    "Origin",
    "Part",
    "Product",
    "ProductionStatement",
    "ReadinessAnswer",
    "ReadinessAsk",
    "Receipt",
    "Run",
    "RunCase",
    "RunProgress",
    "RunState",
    "Standard",
    "UnreadCapacity",
]
