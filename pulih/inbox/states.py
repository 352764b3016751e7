"""The way of a delivered file: it waits, is read and stored, and may be withdrawn and restored."""

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow.columns import states_of
from pulih.workflow.states import Machine, Move

from .models import UNFINISHED
from .models import State as S

TONES: dict[str, str] = {
    **dict.fromkeys(UNFINISHED, "info"), S.DONE: "good", S.REFUSED: "bad", S.FAILED: "bad",
}  # fmt: skip
DELIVER = Permission.DELIVER_FILES.value


def _by_reader(key: str, label: Message, sources: tuple[str, ...], target: str) -> Move:
    return Move(key, label, sources, target, DELIVER, follows=True)


FILE = Machine(
    "delivered_file",
    Message("berkas", "file"),
    states=states_of(S, final=(S.REFUSED, S.FAILED), tones=TONES),
    moves=(
        # A reader that was killed leaves a file that is read from its first row again.
        _by_reader("read", Message("Baca", "Read"), UNFINISHED, S.READING),
        _by_reader("store", Message("Simpan", "Store"), (S.READING,), S.STORING),
        _by_reader("finish", Message("Selesaikan", "Finish"), (S.STORING,), S.DONE),
        _by_reader("refuse", Message("Tolak", "Refuse"), UNFINISHED, S.REFUSED),
        _by_reader("fail", Message("Gagal", "Fail"), UNFINISHED, S.FAILED),
        Move("stop", Message("Hentikan", "Stop"), UNFINISHED, S.WITHDRAWN, DELIVER),
        Move("withdraw", Message("Batalkan impor", "Withdraw"), (S.DONE,), S.WITHDRAWN, DELIVER),
        Move("restore", Message("Pulihkan", "Restore"), (S.WITHDRAWN,), S.DONE, DELIVER),
    ),
    start=S.RECEIVED,
)
