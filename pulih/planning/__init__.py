"""Refocusing scenarios: rows become a case, a plan becomes rows, one plan is adopted."""
