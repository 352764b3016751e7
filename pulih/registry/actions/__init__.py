"""What happens to the register: the only code that writes it."""

from .checking import check
from .exporting import record_export
from .forming import form
from .identities import open_nik
from .standing import refresh

__all__ = ["check", "form", "open_nik", "record_export", "refresh"]
