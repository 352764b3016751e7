"""Reports as a workbook and on paper, of the same values that the page shows. Always Indonesian."""
