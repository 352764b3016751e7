"""Proposals and rounds for programs: the lists of the pages, with the same walls."""

from ninja import Router

from pulih.lists.programs import serve

from .lists import EARLIER, EARLIER_ROWS, IDEAS, PROPOSALS, RANKING, ROUNDS

router = Router(tags=["proposals"])
serve(router, "/", PROPOSALS)
serve(router, "/rounds", ROUNDS)
serve(router, "/ranking", RANKING)
serve(router, "/ideas", IDEAS)
serve(router, "/earlier", EARLIER)
serve(router, "/earlier/rows", EARLIER_ROWS)
