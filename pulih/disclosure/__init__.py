"""Disclosure: which cells of published tables are hidden, so that no small group is found again.

    match read_case(cells, rules, earlier=[folder]):   # or case_from_tables(entries, frame)
        case Case() as case: ...
        case faults: ...                                # list[Fault], everything wrong with it

    done = protect(case)                                # done.audits, done.findings
    write_protected(done, folder)                       # protected.csv, audit.csv, explanation.json

The way of a table: `primary` says what is small by the rules, `releases` joins it with what earlier
releases show (`views`, `base`), `company` hides the cheapest company, `prove` finds for each small
cell two lawful answers far enough apart, checked in whole numbers against all that an attacker
knows (`system`, `question`).
"""

from pulih.disclosure.case import Case, Cell, Key, Release, Rule
from pulih.disclosure.explain import explanation
from pulih.disclosure.outcome import Audit, Finding, Protected
from pulih.disclosure.protect import protect
from pulih.disclosure.read import case_from_tables, read_case
from pulih.disclosure.write import write_protected

__all__ = [
    "Audit",
    "Case",
    "Cell",
    "Finding",
    "Key",
    "Protected",
    "Release",
    "Rule",
    "case_from_tables",
    "explanation",
    "protect",
    "read_case",
    "write_protected",
]
