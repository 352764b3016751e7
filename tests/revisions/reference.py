"""Who decides a revision and what is forbidden in it, slow, obvious, and without the rules.

Written from notes on the law alone: what may be quoted is one answer, and where they are silent
every office that they leave open is right.
"""

from dataclasses import dataclass
from datetime import date

PANDEMIC, ASSISTANT, REDESIGN, LATEST = (
    date(2020, 4, 27), date(2020, 9, 1), date(2021, 1, 1), date(2023, 6, 20),
)  # fmt: skip
COVID = {"521131", "521241", "522192", "524115", "521841", "526132", "532119"}
OPERATION = {"5111", "5211"}  # What the office itself runs on: salaries, operational goods.
DIRECTORATES = {"DJA", "DPR"}


@dataclass(frozen=True)
class Part:
    """One line of a revision. key: as in a POK; at: the unit and its province."""

    key: str
    programme: str
    before: int
    change: int
    paid: int = 0
    contracted: int = 0
    blocked: int = 0
    fund: str = "RM"
    words: str = ""
    is_protected: bool = False
    at: tuple[str, int] = ("Jawa_Barat", 1)

    @property
    def levels(self):
        return self.key.split(".")

    @property
    def output(self):
        """Activity and output of 2020; activity, KRO and RO afterwards."""
        return tuple(self.levels[:-3])

    @property
    def kro(self):
        return tuple(self.levels[:2])

    @property
    def account(self):
        return self.levels[-1]

    @property
    def spending_type(self):
        return self.account[:2]


def moved(parts, what):
    """Tell whether money may have left one value of a property for another.

    Whoever adds lines that settle among themselves does not get an easier office by them, so sums
    that happen to come out even prove nothing (docs/explanation/authority.md).
    """
    losing = {what(part) for part in parts if part.change < 0}
    gaining = {what(part) for part in parts if part.change > 0}
    return len(losing | gaining) > 1


def offices(parts, on, volume_falls):
    """Return every office that the notes allow as the highest one of a revision."""
    parts = [part for part in parts if part.change]
    if sum(part.change for part in parts) or moved(parts, lambda part: part.programme):
        return DIRECTORATES  # "Between programmes, ceiling change … DJA (some with DPR)".
    if volume_falls or moved(parts, lambda part: part.fund):
        return DIRECTORATES
    if any(part.blocked and eaten(part) for part in parts):
        return DIRECTORATES  # "Unblocking -> DJA".
    open_ones = [within(parts, on)]
    if leaves_operation(parts):  # "Operational to non-operational -> DJA", said of 2021 alone.
        open_ones.append({"DJA"} if REDESIGN <= on < LATEST else set(LADDER))
    if any(is_new_output(part, parts) for part in parts):
        open_ones.append({"KANWIL", "DJA"})  # DJA where the references lack it; nobody can tell.
    if moved(parts, lambda part: part.spending_type):
        open_ones.append(between_types(parts, on))
    if moved(parts, lambda part: part.at):
        open_ones.append(between_units(parts, on))
    return highest(open_ones)


def leaves_operation(parts):
    is_left = any(part.change < 0 and part.account[:4] in OPERATION for part in parts)
    return is_left and any(part.change > 0 and part.account[:4] not in OPERATION for part in parts)


def is_new_output(part, parts):
    return not any(one.before for one in parts if one.output == part.output)


LADDER = ("KPA", "PPA", "KANWIL", "DIT_PA", "DJA", "DPR")


def highest(open_ones):
    """All of them must approve, and the highest is named: of every choice of one of each."""
    floor = max(min(LADDER.index(name) for name in names) for names in open_ones)
    return {name for names in open_ones for name in names if LADDER.index(name) >= floor}


def within(parts, on):
    """Judge what moves within one programme, one fund, one spending type and one unit."""
    if on < REDESIGN:  # Page II of the DIPA names outputs; below them the POK alone changes.
        return {"KANWIL"} if moved(parts, lambda part: part.output) else {"KPA"}
    if moved(parts, lambda part: part.levels[0]):
        return {"KANWIL"}
    if moved(parts, lambda part: part.kro):
        return {"KANWIL"}  # "Between KRO in one activity -> DJPb".
    if moved(parts, lambda part: part.output) and on < LATEST:
        return {"KPA", "KANWIL"}  # Nothing quoted between the RO of one KRO.
    return {"KPA"}  # PMK 62/2023: between RO in one KRO and one satker, within one RO.


def between_types(parts, on):
    if PANDEMIC <= on < REDESIGN:
        # DJPb: "no change of spending type (except operational, Covid handling, BLU)".
        rising = [part for part in parts if part.change > 0]
        is_exempt = all(part.account in COVID or part.account[:4] in OPERATION for part in rising)
        return {"KANWIL"} if is_exempt else {"DJA"}
    return {"KANWIL", "DJA"} if on < LATEST else {"KPA", "KANWIL", "DJA"}


def between_units(parts, on):
    """Kanwil for one region, the directorate for several; the assistant from September 2020."""
    regions = {part.at[0] for part in parts}
    treasury = {"KANWIL"} if len(regions) == 1 else {"DIT_PA"}
    return treasury | ({"PPA"} if on >= ASSISTANT else set())


def sources(on, office):
    """Return which acts may be named for a decision of a day."""
    if on < PANDEMIC:
        return {"REV-01", "REV-07"}
    if on < ASSISTANT:
        return {"REV-02", "REV-07"}
    if on < REDESIGN:
        return {"REV-03"} if office == "PPA" else {"REV-02", "REV-03", "REV-07"}
    return {"REV-04", "REV-07"} if on < LATEST else {"REV-05", "REV-07"}


def forbidden(parts, on, volume_falls):
    """Return the kinds of what is forbidden: but for protection, all of it takes money away."""
    found = {"protected" for part in parts if part.change and part.is_protected}
    for part in parts:
        if part.change >= 0:
            continue
        left = part.before + part.change
        if left < part.paid:
            found.add("realised")
        elif left < part.paid + part.contracted:
            found.add("contracted")
        if part.blocked and eaten(part):
            found.add("blocked")
        if part.spending_type == "51" and salaries(parts, part) < 0:
            found.add("account")
        if part.fund == "RMP":
            found.add("fund")
        if "tunggakan" in part.words:
            found.add("words")
        if volume_falls and paid_for(parts, part) and not PANDEMIC <= on < REDESIGN:
            found.add("volume")
    return found


def eaten(part):
    """Tell whether a cut goes into what is blocked."""
    left = part.before + part.change
    return part.change < 0 and left < part.paid + part.contracted + part.blocked


def salaries(parts, of):
    """Return what a salary component gains or loses: within it money may move."""
    alike = [one for one in parts if one.key[:-6] == of.key[:-6] and one.spending_type == "51"]
    return sum(one.change for one in alike if (one.at, one.fund) == (of.at, of.fund))


def paid_for(parts, part):
    """Tell whether anything is paid for the output of a part: then it is reached in part."""
    return any(one.paid for one in parts if (one.output, one.at) == (part.output, part.at))
