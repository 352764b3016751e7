"""Columns that hold numbers of persons: encrypted on the way in, opened on the way out.

Every such column is one of these fields, so that what is kept can be walked: `holders`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models.lookups import Exact, In
from django.db.models.query_utils import DeferredAttribute

from pulih.common.identity_numbers import PERSONAL, IdentityNumber

from . import number_cipher as cipher

# What would tell a number piece by piece. A constraint may state its form; a test forbids else.
OF_PARTS = (
    *("startswith", "istartswith", "endswith", "iendswith", "contains", "icontains", "iregex"),
    *("gt", "gte", "lt", "lte", "range"),
)
HASH_OF = "split_part({}, ':', 2)"  # The hash within a stored number; "" of "".

if TYPE_CHECKING:
    TextColumn = models.CharField[Any, Any]
    LongColumn = models.TextField[Any, Any]
    RowColumn = models.JSONField[Any, Any]
else:
    TextColumn, LongColumn, RowColumn = models.CharField, models.TextField, models.JSONField


class NumberAttribute(DeferredAttribute):
    """Whatever is assigned becomes an IdentityNumber at once."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class NumberField(TextColumn):
    """A column of such numbers. It is compared whole, by hash; nobody asks how one begins."""

    descriptor_class = NumberAttribute

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **{"max_length": cipher.STORED_LENGTH, **named})

    def from_db_value(self, value: Any, *_context: Any) -> Any:
        return self.to_python(value)

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        is_stored = cipher.is_encrypted(value)
        return cipher.EncryptedNumber(value) if is_stored else IdentityNumber(value)

    def get_prep_value(self, value: Any) -> Any:
        plain = models.Field.get_prep_value(self, value)
        if isinstance(plain, cipher.EncryptedNumber):
            return plain.stored
        whole = plain.whole if isinstance(plain, IdentityNumber) else plain
        return cipher.encrypt(whole) if isinstance(whole, str) else whole

    def get_lookup(self, lookup_name: str) -> Any:
        return None if lookup_name in OF_PARTS else super().get_lookup(lookup_name)


class _ByHash:
    """A comparison of the hashes within, as plain text."""

    def get_prep_lookup(self) -> Any:
        rhs: Any = self.rhs  # type: ignore[attr-defined]
        if hasattr(rhs, "resolve_expression"):
            raise TypeError("Compare numbers of persons with numbers, or by their hash column.")
        if isinstance(rhs, list | tuple | set | frozenset):
            return [cipher.search_hash(one) for one in rhs]
        return None if rhs is None else cipher.search_hash(rhs)  # Django asks for NULL then.

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [value] if isinstance(value, str) else list(value)

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> Any:
        sql, parameters = super().process_lhs(compiler, connection, lhs)  # type: ignore[misc]
        return HASH_OF.format(sql), parameters


@NumberField.register_lookup
class ExactNumber(_ByHash, Exact):
    pass


@NumberField.register_lookup
class NumberAmong(_ByHash, In):
    pass


class TextWithNumbers(LongColumn):
    """A text in which the numbers of persons are encrypted; read, it is as it was written."""

    def from_db_value(self, value: Any, *_context: Any) -> Any:
        return cipher.decrypt_within(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return cipher.encrypt_within(text) if isinstance(text, str) else text


class RowWithNumbers(RowColumn):
    """A delivered row, cell by column, whose numbers of persons are encrypted.

    Of the columns that are for such numbers the whole cell is, whatever somebody typed there.
    """

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return _opened(super().from_db_value(value, expression, connection))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        row = encrypt_row(value) if isinstance(value, dict) else value
        return super().get_db_prep_save(row, connection)


def encrypt_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _encrypted(name, value) for name, value in row.items()}


def _encrypted(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return cipher.encrypt(value) if name in PERSONAL else cipher.encrypt_within(value)


def _opened(value: Any) -> Any:
    if isinstance(value, str):
        return cipher.decrypt_within(value)
    if isinstance(value, dict):
        return {name: _opened(each) for name, each in value.items()}
    return [_opened(each) for each in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class Holder:
    """A column in which numbers are kept. key: the column that its rows are walked by."""

    table: str
    column: str
    key: str
    is_row: bool

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


def holders() -> Iterator[Holder]:
    """Yield every column that keeps numbers, those of the history too."""
    for model in apps.get_models():
        for field in _number_fields(model):
            key = model._meta.pk
            assert key is not None
            is_row = isinstance(field, RowWithNumbers)
            yield Holder(model._meta.db_table, str(field.column), str(key.column), is_row)


def _number_fields(model: type[models.Model]) -> Iterable[models.Field[Any, Any]]:
    kinds = (NumberField, TextWithNumbers, RowWithNumbers)
    return (one for one in model._meta.concrete_fields if isinstance(one, kinds))
