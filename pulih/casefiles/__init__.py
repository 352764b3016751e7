"""Reading and writing the folders of tables that the cores share (`docs/reference/`).

A case is `case.toml` beside some tables, each `.csv` or `.parquet`. A core declares its tables
(`tables.Table`), and `reading.read_tables` gives each row's values by column, or every fault in
them. `settings` reads the entries of `case.toml`, `writing` replaces files whole, `command` says
faults to a person or as JSON.
"""
