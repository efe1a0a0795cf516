"""What can go wrong with a store, each with a way out in its message."""

from __future__ import annotations

from errors import ClaimAtlasError


class StoreError(ClaimAtlasError):
    """The store cannot do what was asked; the message says which file, why, and what to do."""


class StoreLockedError(StoreError):
    """Another process holds the store: DuckDB lets one process at a time write a file."""


class StoreDamagedError(StoreError):
    """The file is no DuckDB database, or parts of it cannot be read back."""


class ForeignStoreError(StoreError):
    """The file is a sound DuckDB database, but not one of Claim Atlas."""


class NewerStoreError(StoreError):
    """The store was written by a later version, with steps this one does not know."""


class OutdatedStoreError(StoreError):
    """The store needs a migration, which a read-only opening may not make."""


class MigrationError(StoreError):
    """The store could not be brought up to date; it is as it was, and a back-up lies beside it."""


class MissingStoreError(StoreError, FileNotFoundError):
    """There is no store at that path, and a read-only opening may not make one."""


class UnstorableError(StoreError, ValueError):
    """A row holds something that no store can hold, such as half of a surrogate pair."""


class ReviewError(StoreError, ValueError):
    """A review cannot be made, undone or taken in as it was asked for."""
