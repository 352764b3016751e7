"""A small room, built by `docs/how_to/build_a_room.md` and by nothing else: stalls of a market.

`tests/architecture/test_small_room.py` takes it in as an installation would and asks its page,
list, files, API, step and paper.
"""
