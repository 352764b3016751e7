"""The ministry's refocusing of April 2020 as a ledger story: nine sources, many uses, two days.

Public figures are quoted with their source; how they fall on units and uses where no public page
says so is assumed, and labelled. Sums are exact to the rupiah.
"""
