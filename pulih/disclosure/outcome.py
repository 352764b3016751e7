"""What came of protecting a case."""

from dataclasses import dataclass, field

from pulih.disclosure.case import Case, Key


@dataclass(frozen=True)
class Audit:
    """A hidden cell: between which values lawful answers are known to exist."""

    key: Key
    low: int
    high: int
    is_small: bool


@dataclass(frozen=True)
class Finding:
    """A small cell that nothing protects. release: blank for the new one."""

    key: Key
    release: str
    low: int
    high: int
    need: int


@dataclass
class Protected:
    """What came of a case. withheld: cells hidden because a category is withheld in an area."""

    case: Case
    audits: dict[Key, Audit] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    withheld: set[Key] = field(default_factory=set)
    refuted: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: {"protect": 0.0, "prove": 0.0})
