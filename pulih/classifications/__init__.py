"""Dated code lists as data: accounts, KBLI, needs, obstacles, unit costs, holidays and more.

One module a list, e.g. `from pulih.classifications import needs; needs.parse("modal; bahan baku")`.
Every entry says from when until when it holds, where it comes from, and whether it was verified.
"""
