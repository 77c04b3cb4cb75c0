"""A file that is not accepted."""


class RefusedFileError(Exception):
    """Its text is the Indonesian sentence: what is wrong with the file and what to do."""
