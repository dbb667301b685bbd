"""What can go wrong, as a tree that a caller can act on.

VoorlezerError
 ├── InputError         the source can't be used (also a ValueError)
 ├── VoiceError         speech could not be made
 │    ├── VoiceMissing  the voice can't be used on this machine, or can't be reached
 │    ├── VoiceBusy     the voice may answer later: worth trying again
 │    └── VoiceRefused  the voice will not speak this text, or answered with something that is not speech
 ├── CodecError         audio could not be read or written
 └── ShowError          the show folder can't be read or written

A foreign library's errors are translated once, at the door where that library is used, with `from`.
The message is one line, and says what to do.
"""


class VoorlezerError(Exception):
    """Anything that the person at the keyboard should be told in one line."""


class InputError(VoorlezerError, ValueError):
    """The source can't be used: absent, unreadable, or without an article in it."""


class VoiceError(VoorlezerError):
    """Speech could not be made."""


class VoiceMissing(VoiceError):
    """The voice can't be used on this machine now; the message says what is missing."""


class VoiceBusy(VoiceError):
    """The voice may answer later.

    retry_after_s : the pause that the voice asked for, None when it named none.
    """

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class VoiceRefused(VoiceError):
    """The voice will not speak this text, or its answer is not speech."""


class CodecError(VoorlezerError):
    """Audio could not be read or written."""


class ShowError(VoorlezerError):
    """The show folder can't be read or written."""
