"""The ledger and the hand-overs in the words of open standards: plain rows in, plain values out."""
