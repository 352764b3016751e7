"""The matrix Semula–Menjadi on paper, as a workbook and as lines. Always Indonesian."""
