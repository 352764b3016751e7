"""Options of columns that a newer server dumps are left out; rows that look like them are kept."""

from pulih.config.dumps import known_lines

OPTION = b"ALTER TABLE ONLY public.areas ALTER COLUMN id SET (pg_attver=18270144);\n"


def test_only_statements_are_left_out_and_no_row() -> None:
    lines = [OPTION, b"COPY public.areas (id) FROM stdin;\n", OPTION, b"\\.\n", OPTION, b"SET x;\n"]
    assert list(known_lines(lines)) == [*lines[1:4], lines[5]]
