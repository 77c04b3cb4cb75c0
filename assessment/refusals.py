"""Why something is not done now: exceptions whose text is the Indonesian sentence for the person."""


class RefusedError(Exception):
    """A verb did not do it. `part` names the field that the sentence is about; "" where it is about no single one."""

    part = ""


class TransitionRefusedError(RefusedError):
    """The step may not be taken now."""
