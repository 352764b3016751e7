"""The public account of a protection: what was hidden, what it costs, what could not be helped."""

from collections.abc import Sequence
from typing import Any

from pulih.casefiles.answers import program
from pulih.common.errors import Message
from pulih.disclosure.case import Key
from pulih.disclosure.outcome import Finding, Protected

Json = dict[str, Any]


def explanation(done: Protected) -> Json:
    """The object of `explanation.json`. It counts hidden cells and so is not for publication."""
    keys = [cell.key for cell in done.case.cells]
    message = _sentence(done)
    return {
        "status": "findings" if done.findings else "protected",
        "program": program(),
        "earlier": [release.name for release in done.case.earlier],
        **_counts(done, keys),
        "measures": {
            measure: _counts(done, [key for key in keys if key.measure == measure])
            for measure in sorted(done.case.rules)
        },
        "refuted": done.refuted,
        "findings": [_finding(each, bool(done.case.earlier)) for each in done.findings],
        "message_id": message.id,
        "message_en": message.en,
        "seconds": {
            **{name: round(seconds, 3) for name, seconds in done.seconds.items()},
            "total": round(sum(done.seconds.values()), 3),
        },
    }


def _counts(done: Protected, keys: Sequence[Key]) -> Json:
    audits = [done.audits[key] for key in keys if key in done.audits]
    small = sum(audit.is_small for audit in audits)
    return {
        "cells": len(keys),
        "small": small,
        "company": len(audits) - small,
        "hidden": len(audits),
        "withheld": sum(key in done.withheld for key in keys),
        "loss": {
            "hidden_share": round(len(audits) / len(keys), 6) if keys else 0.0,
            "hidden_for_a_small_one": round(len(audits) / small, 6) if small else None,
        },
    }


def _finding(finding: Finding, after_others: bool) -> Json:
    message = _told(finding, after_others)
    return {
        **finding.key._asdict(),
        "release": finding.release or None,
        "low": str(finding.low),
        "high": str(finding.high),
        "message_id": message.id,
        "message_en": message.en,
    }


def _told(finding: Finding, after_others: bool) -> Message:
    name = " / ".join(part for part in finding.key if part)
    if finding.release:
        return Message(
            f"Rilis baru mempersempit sel yang disembunyikan rilis {finding.release}: {name}. "
            "Tarik salah satu rilis atau jangan terbitkan tabel ini.",
            f"The new release narrows a cell that release {finding.release} hides: {name}. "
            "Withdraw one of them, or do not publish this table.",
        )
    if not after_others:
        return Message(
            f"Tidak ada cara melindungi sel {name}: tidak ada sel lain yang dapat ikut "
            f"menyembunyikannya, dan setiap orang tahu bahwa isinya {finding.low} sampai "
            f"{finding.high}. Jangan terbitkan tabel ini.",
            f"Nothing protects cell {name}: no other cell can help to hide it, and everybody "
            f"knows that it holds {finding.low} to {finding.high}. Do not publish this table.",
        )
    return Message(
        f"Tidak ada cara melindungi sel {name}; kategorinya ditahan untuk wilayah itu, tetapi "
        "rilis sebelumnya masih membukanya. Tarik rilis itu atau jangan terbitkan tabel ini.",
        f"Nothing protects cell {name}; its category is withheld for the area, yet an earlier "
        "release still tells it. Withdraw that release, or do not publish this table.",
    )


def _sentence(done: Protected) -> Message:
    audits = done.audits.values()
    small = sum(audit.is_small for audit in audits)
    company = len(audits) - small
    told = Message(
        f"{len(audits)} dari {len(done.case.cells)} sel disembunyikan: {small} karena kelompok "
        f"kecil, {company} sebagai teman.",
        f"{len(audits)} of {len(done.case.cells)} cells are hidden: {small} for a small group, "
        f"{company} as company.",
    )
    if not done.findings:
        return Message(
            f"{told.id} Setiap sel kecil terbukti tidak dapat dipersempit.",
            f"{told.en} Every small cell is proven wide.",
        )
    return Message(
        f"{told.id} {len(done.findings)} sel tidak dapat dilindungi.",
        f"{told.en} {len(done.findings)} cell(s) cannot be protected.",
    )
