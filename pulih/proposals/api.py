"""Proposals and rounds for programs: the lists, forms and actions of the pages, same walls."""

from pulih.lists.programs import serve

from . import answer_api, draft_api
from .lists import EARLIER, EARLIER_ROWS, IDEAS, PROPOSALS, RANKING, ROUNDS
from .shown_api import router

__all__ = ["answer_api", "draft_api", "router"]  # Those add the addresses that write.

serve(router, "/", PROPOSALS)
serve(router, "/rounds", ROUNDS)
serve(router, "/ranking", RANKING)
serve(router, "/ideas", IDEAS)
serve(router, "/earlier", EARLIER)
serve(router, "/earlier/rows", EARLIER_ROWS)
