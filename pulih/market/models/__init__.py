"""What the market keeps: products, who makes them, with which certificates, in which groups."""

from .capacities import Capacity, Certificate, Origin, UnreadCapacity
from .groups import Group, GroupKind, Member
from .products import Product, Standard

__all__ = [
    "Capacity",
    "Certificate",
    "Group",
    "GroupKind",
    "Member",
    "Origin",
    "Product",
    "Standard",
    "UnreadCapacity",
]
