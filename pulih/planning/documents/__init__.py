"""The matrix Semula–Menjadi as a workbook, on paper and as lines. Always Indonesian."""
