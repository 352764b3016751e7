"""The market for programs: the same lists as the pages, and the same acts."""

from pulih.lists.programs import serve

from . import lists, order_lists
from .makers_api import router

__all__ = ["router"]

serve(router, "/products", lists.PRODUCTS)
serve(router, "/capacities", lists.CAPACITIES)
serve(router, "/capacities/unread", lists.UNREAD)
serve(router, "/certificates", lists.CERTIFICATES)
serve(router, "/groups", lists.GROUPS)
serve(router, "/needs", order_lists.NEEDS)
serve(router, "/buyers", order_lists.BUYERS)
serve(router, "/runs", order_lists.RUNS)
serve(router, "/orders", order_lists.ORDERS)
