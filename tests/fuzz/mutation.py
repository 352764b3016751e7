"""Changes files as damage, strange programs and ill will do: in their bytes, and in their XML."""

import io
import random
import re
import zipfile
import zlib

from tests.fuzz.seeds import is_archive

NUMBER = re.compile(rb"\d+")
ATTRIBUTE = re.compile(rb"=([\"'])([^\"']*)\1")
ELEMENT = re.compile(rb"<[A-Za-z][^<>]*>(?:[^<>]*</[^<>]*>)?")
REFERENCE = re.compile(rb"\b[A-Z]{1,3}\d{1,7}\b")
TEXT = re.compile(rb">([^<>]+)<")
NUMBERS = (
    *(b"0", b"-1", b"1", b"255", b"16384", b"1048576", b"65536", b"2147483647", b"4294967295"),
    *(b"9223372036854775807", b"1e308", b"1E-400", b"NaN", b"29999999999999999999999999999.5"),
    *(b"99999999999999999999999999999999999999", b"3.2E+15", b"-2.5", b"2958466", b"1e21"),
)
REFERENCES = (b"XFD1048576", b"CV1048576", b"A1", b"A0", b"XFE1", b"ZZZZ9", b"GZ40000", b"B1000000")
TEXTS = (
    *(b"", b" ", b"Nama", b"NIK", b"Pagu", b"JUMLAH", b"&amp;#0;", b"&lol;", b"\xff\xfe", b"idem"),
    *(b"Nama Usaha", b"Akun", b"Rp 2,5 jt", b"31/02/2020", b"#REF!", b"x" * 40_000, b'"', b"="),
    *(b"29.999.999.999.999.999.999.999.999.999", b"\xf0\x9f\x98\x80", b"0220-06-01", b"(Rp.000)"),
)
ATTRIBUTES = (b"", b"1048576", b"16384", b"s", b"str", b"inlineStr", b"e", b"d", b"b", b"n", b"A1")


def mutated(content: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Return a file with one to five changes."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        if is_archive(content) and chance.random() < 0.75:
            content = in_archive(content, chance)
        else:
            content = in_bytes(content, chance, others)
    return content


def in_archive(content: bytes, chance: random.Random) -> bytes:
    """Change one part of an archive and pack it again."""
    parts = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist()[:60]:
                if entry.file_size < 4_000_000:
                    parts[entry.filename] = archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        return content
    if not parts:
        return content
    likely = [name for name in parts if "sheet" in name or "content" in name] or list(parts)
    name = chance.choice(likely if chance.random() < 0.7 else list(parts))
    parts[name] = in_xml(parts[name], chance)
    if chance.random() < 0.05:
        del parts[chance.choice(list(parts))]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, part in parts.items():
            archive.writestr(each, part)
    return packed.getvalue()


def in_xml(part: bytes, chance: random.Random) -> bytes:
    """Change a number, a reference, an attribute, a text or a whole element of an XML part."""
    how = chance.randrange(7)
    if how == 0:
        return _replaced(part, NUMBER, chance.choice(NUMBERS), chance)
    if how == 1:
        return _replaced(part, REFERENCE, chance.choice(REFERENCES), chance)
    if how == 2:
        return _replaced(part, ATTRIBUTE, b'="' + chance.choice(ATTRIBUTES) + b'"', chance)
    if how == 3:
        return _replaced(part, TEXT, b">" + chance.choice(TEXTS) + b"<", chance)
    if how == 4:
        return _replaced(part, ELEMENT, b"", chance)
    if how == 5:
        return _repeated(part, chance)
    return in_bytes(part, chance, [part])


def _replaced(part: bytes, pattern: re.Pattern[bytes], by: bytes, chance: random.Random) -> bytes:
    found = list(pattern.finditer(part))
    if not found:
        return part
    one = chance.choice(found)
    return part[: one.start()] + by + part[one.end() :]


def _repeated(part: bytes, chance: random.Random) -> bytes:
    found = list(ELEMENT.finditer(part))
    if not found:
        return part
    one = chance.choice(found)
    times = chance.choice((2, 2, 3, 100, 20_000 if len(one[0]) < 200 else 10))
    return part[: one.start()] + one[0] * times + part[one.end() :]


def in_bytes(content: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """Flip, insert, cut, repeat or overwrite some bytes, or join the halves of two files."""
    if not content:
        return chance.choice(others)
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.choice((1, 1, 2, 4, 16, 64, 1_000)))
    how = chance.randrange(6)
    if how == 0:
        flipped = content[start] ^ (1 << chance.randrange(8))
        return content[:start] + bytes((flipped,)) + content[start + 1 :]
    if how == 1:
        return content[:start] + chance.choice((*NUMBERS, *TEXTS)) + content[start:]
    if how == 2:
        return content[:start] + content[end:]
    if how == 3:
        return content[:end] + content[start:end] * chance.choice((1, 2, 50)) + content[end:]
    if how == 4:
        filler = chance.choice((b"\0", b"\xff", b"\x7f", bytes((chance.randrange(256),))))
        return content[:start] + filler * (end - start) + content[end:]
    other = chance.choice(others)
    return content[:start] + other[chance.randrange(len(other) + 1) :]
