"""Whole line codes under the heading of one level: `Kode Kegiatan`, `6029.001.051.A`."""

import polars as pl

from pulih.intake import quick
from pulih.intake.headings import Dictionary
from pulih.intake.readings import keys


def take(body: pl.DataFrame, dictionary: Dictionary, recognised: dict[str, int]) -> None:
    """Take `Kode Kegiatan` for the line code where it holds `6029.001.051.A`, beside accounts."""
    if "line_code" in recognised or "line_code" not in dictionary.names:
        return
    for name in keys.PARTS[:-1] if "account" in recognised else ():
        if name not in recognised:
            continue
        texts = quick.filled(body.to_series(recognised[name])).unique()
        if sum(keys.split_path(text) is not None for text in texts) * 2 > len(texts):
            recognised["line_code"] = recognised.pop(name)
            return
