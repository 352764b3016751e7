"""How large a delivered file may be; larger ones are refused before they are read."""

FILE_BYTES = 100 * 1024**2  # Of a packed file (XLSX, ODS) or XLS; plain CSV has no packing.
UNPACKED_BYTES = 1024**3
RATIO = 100
ROWS = 2_000_000
COLUMNS = 200
SHEETS = 100
