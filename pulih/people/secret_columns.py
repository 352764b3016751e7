"""Columns of people that PostgreSQL shows to the person alone: the serving role cannot select them.

What is asked for comes through a function that asks for the proof of the person
(`sql/signing_in.sql`). A row of somebody else arrives without it: the field stays deferred, and is
read in the name of that person when the program needs it, one row by one row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.lookups import Exact

if TYPE_CHECKING:
    TextColumn = models.CharField[Any, Any]
    AddressColumn = models.EmailField[Any, Any]
    AnyLookup = models.Lookup[Any]
else:
    TextColumn, AddressColumn = models.CharField, models.EmailField
    AnyLookup = models.Lookup

# A column of the table or its alias, as Django writes it; of all else PostgreSQL refuses it.
COLUMN = re.compile(r'("\w+"|\w+)\."\w+"')
ONE_S_OWN = "{row}.id::text = current_setting('pulih.person', true)"


def _shown(field: models.Field[Any, Any], sql: str, when: str, function: str) -> str:
    """Write what stands in a list of columns instead of a secret one; others' rows cost nothing."""
    if not _is_of_people(field) or (column := COLUMN.fullmatch(sql)) is None:
        return sql
    row = column[1]
    return f"CASE WHEN {when.format(row=row)} THEN {function}({row}.id) END"


def _is_of_people(field: models.Field[Any, Any]) -> bool:
    """Tell the table of people from its history, and from what a migration takes for it."""
    return field.model._meta.label == "people.User" and field.model.__module__ != "__fake__"


class PasswordField(TextColumn):
    """The hash of a password: shown to the person who proves to be it, and to nobody else."""

    def select_format(self, compiler: Any, sql: str, params: Any) -> Any:
        return _shown(self, sql, ONE_S_OWN, "people_password_of"), params


class AddressField(AddressColumn):
    """An address of mail: shown to the person and to administrators, and found whole."""

    def select_format(self, compiler: Any, sql: str, params: Any) -> Any:
        when = f"{ONE_S_OWN} OR (SELECT pulih_administrates())"
        return _shown(self, sql, when, "people_address_of"), params


@AddressField.register_lookup
class IsAddress(AnyLookup):
    """Find who has an address, whole: nobody asks how one begins."""

    lookup_name = "exact"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not _is_of_people(self.lhs.output_field):
            return Exact(self.lhs, self.rhs).as_sql(compiler, connection)
        column, _nothing = self.process_lhs(compiler, connection)
        value, params = self.process_rhs(compiler, connection)
        row = column.rpartition(".")[0]
        return f"{row}.id IN (SELECT people_with_address({value}))", params


@AddressField.register_lookup
class IsAddressInAnyCase(IsAddress):
    """The same: an address is never distinguished by capital letters."""

    lookup_name = "iexact"

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self.rhs]
