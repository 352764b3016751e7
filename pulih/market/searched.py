"""The lists of this room that the search over all rooms looks through."""

from pulih.lists import finding

from .order_lists import BUYERS, ORDERS

finding.register(BUYERS, "market:buyers")
finding.register(ORDERS, "market:orders")
