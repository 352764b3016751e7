"""The list of all rules of authority and of what may not be touched, for the maintainers.

`python -m tests.rules_document` writes `docs/reference/authority_rules.md` again from the data.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pulih.budget.rules.offices import NAMES
from pulih.revisions.rules.regimes import Rule, regimes
from pulih.revisions.rules.untouchable import Limit, limits

PLACE = Path(__file__).parents[1] / "docs/reference/authority_rules.md"
HEAD = """# Rules of revisions, and where each was read

For the maintainers. A rule that is **open** is from memory or by inference, and the text named
there would settle it: compare the two, fill in `place` for `settle` in
`pulih/revisions/data/authority.toml` or `untouchable.toml`, and run
`python -m tests.rules_document`. The page `/administration/unconfirmed/` lists the same with what
else is open.
"""


def written() -> str:
    """Return the document as it should be."""
    every = [rule for regime in regimes() for rule in regime.rules]
    read = sum(rule.verified for rule in [*every, *limits()])
    total = len(every) + len(limits())
    parts = [HEAD, f"{read} of {total} rules were read in their source; {total - read} are open.\n"]
    for regime in regimes():
        until = f" until before {regime.valid_to}" if regime.valid_to else ""
        parts.append(f"## {regime.name.en}\n\nFrom {regime.valid_from}{until}.\n")
        parts.append(
            "| when | unless | office | source | read in |\n| --- | --- | --- | --- | --- |"
        )
        parts.append("\n".join(_rules(regime.rules)) + "\n")
    parts.append(
        "## What may not be touched\n\n| kind | from | until | forbids | source | read in |"
    )
    parts.append("| --- | --- | --- | --- | --- | --- |\n" + "\n".join(_limits()) + "\n")
    return "\n".join(parts)


def _rules(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        cells = (" and ".join(sorted(rule.when)), " and ".join(sorted(rule.unless)) or "–",
                 NAMES[rule.office].en, rule.source, _read_in(rule))  # fmt: skip
        yield "| " + " | ".join(cells) + " |"


def _limits() -> Iterator[str]:
    for one in limits():
        detail = one.prefix or one.fund or one.words
        cells = (f"{one.kind} {detail}".strip(), str(one.valid_from), str(one.valid_to or "–"),
                 "yes" if one.forbids else "told", one.source, _read_in(one))  # fmt: skip
        yield "| " + " | ".join(cells) + " |"


def _read_in(rule: Rule | Limit) -> str:
    return rule.place or f"**open**: {rule.settle.en if rule.settle else '?'}"


if __name__ == "__main__":
    PLACE.write_text(written(), "utf-8")
