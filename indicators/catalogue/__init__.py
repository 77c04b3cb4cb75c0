"""An instrument's file: reading it, checking it, comparing it, loading it."""

from indicators.catalogue.checking import Fault, check
from indicators.catalogue.differences import Change, difference
from indicators.catalogue.loading import Loaded, content_hash, load
from indicators.catalogue.reading import UnreadableError, read

__all__ = ["Change", "Fault", "Loaded", "UnreadableError", "check", "content_hash", "difference", "load", "read"]
