"""Receives a file piece by piece onto the volume where it will stay, counting its SHA-256 on the way."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from accounts.sure import sure


class ReceivedFile(UploadedFile):
    """A file as it came: on disk, with its SHA-256; one over the limit is marked and holds nothing."""

    def __init__(self, file, name: str, size: int, sha256: str, *, too_large: bool) -> None:
        super().__init__(file=file, name=name, size=size)
        self.sha256 = sha256
        self.too_large = too_large

    @property
    def path(self) -> Path:
        """Where it lies until it is kept or forgotten."""
        return Path(sure(self.file).name)

    def flush_to_disk(self) -> None:
        """Make sure that the bytes are on the disk before anything says so."""
        file = sure(self.file)
        file.flush()
        os.fsync(file.fileno())


class HashingHandler(FileUploadHandler):
    """Streams each file of a request to a temporary file; what is over the limit is counted and thrown away."""

    def new_file(self, *args, **kwargs) -> None:
        """Open the temporary file; it disappears when it is closed."""
        super().new_file(*args, **kwargs)
        self.file = tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR, prefix="masuk-")  # noqa: SIM115
        self.digest = hashlib.sha256()
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, unless the file is over the limit already."""
        self.received += len(raw_data)
        if self.received <= settings.MAX_UPLOAD_BYTES:
            self.digest.update(raw_data)
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> ReceivedFile:
        """Hand the file over, at its beginning."""
        self.file.seek(0)
        too_large = self.received > settings.MAX_UPLOAD_BYTES
        name, digest = sure(self.file_name), self.digest.hexdigest()
        return ReceivedFile(self.file, name, self.received, digest, too_large=too_large)

    def upload_interrupted(self) -> None:
        """A broken line leaves nothing behind."""
        if hasattr(self, "file"):
            self.file.close()
