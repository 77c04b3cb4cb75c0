"""An instrument's file: reading it, checking it, comparing it, loading it."""

from indicators.catalogue.canonical import content_hash, content_of_manuscript, content_of_revision
from indicators.catalogue.checking import Fault, check
from indicators.catalogue.differences import Change, Difference, difference
from indicators.catalogue.loading import Loaded, identity_faults, known_revision, load
from indicators.catalogue.reading import MAX_BYTES, UnreadableError, read

__all__ = [
    "MAX_BYTES",
    "Change",
    "Difference",
    "Fault",
    "Loaded",
    "UnreadableError",
    "check",
    "content_hash",
    "content_of_manuscript",
    "content_of_revision",
    "difference",
    "identity_faults",
    "known_revision",
    "load",
    "read",
]
