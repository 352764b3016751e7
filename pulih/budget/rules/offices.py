"""The offices whose letters move or hold money of a unit, lowest first."""

from enum import IntEnum

from pulih.common.errors import Message


class Office(IntEnum):
    """Who approves, lowest first. Several may have to; the highest is named."""

    KPA = 1
    PPA = 2
    KANWIL = 3
    DIT_PA = 4
    DJA = 5
    DPR = 6


BY_THE_UNIT = ("KPA", "PPA")  # They change the POK and not the DIPA; each has its own numbers.
NAMES = {
    Office.KPA: Message("KPA", "KPA"),
    Office.PPA: Message("PPA (eselon I)", "PPA (directorate general)"),
    Office.KANWIL: Message("Kanwil DJPb", "Kanwil DJPb"),
    Office.DIT_PA: Message("Dit. PA DJPb", "Directorate PA, DJPb"),
    Office.DJA: Message("DJA", "DJA"),
    Office.DPR: Message("DJA dengan DPR", "DJA with parliament"),
}
