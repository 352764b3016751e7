"""Lists of the treasury beside the ledger: pure comparisons, values in and values out."""
