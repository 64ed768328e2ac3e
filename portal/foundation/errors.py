"""What goes wrong by a rule. Messages are Vietnamese, marked for translation; the door translates and shows them."""

from collections.abc import Mapping


class PortalError(Exception):
    """Anything the portal refuses. `message` is shown to the person, `values` fill its %(names)s."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class FieldErrors(PortalError):
    """Answers that do not pass: field name → what is wrong with it."""

    def __init__(self, message: str, fields: Mapping[str, PortalError]) -> None:
        super().__init__(message)
        self.fields = dict(fields)


class NotAllowed(PortalError):
    """This person may not do this."""


class NotFound(PortalError):
    """It is not there, or not for this person; nobody can tell the two apart."""


class Conflict(PortalError):
    """Somebody else was first."""
