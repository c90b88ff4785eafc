"""What can stop a package from being built; each with a stable code."""

from __future__ import annotations

from collections.abc import Sequence

from complaints.errors import ComplaintError


class FontsMissingError(ComplaintError):
    """No folder holds a Chinese serif and sans font: nothing can be printed."""

    code = "fonts_missing"


class UnprintableError(ComplaintError):
    """A name or an own sentence has a character that no font has; only message text may show codes.

    `fields` are paths into the content (`respondents.0.name`), `characters` are `U+XXXX`.
    """

    code = "package_unprintable"

    def __init__(self, fields: Sequence[str], characters: Sequence[str]) -> None:
        super().__init__(f"{', '.join(fields)}: no font has {', '.join(characters)}")
        self.fields = tuple(fields)
        self.characters = tuple(characters)


class ContentError(ComplaintError):
    """The content contradicts itself or has a value that no package may have."""

    code = "package_content_invalid"

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field


class ExhibitChangedError(ComplaintError):
    """The bytes of an exhibit are not those that its digest names. No package is built."""

    code = "exhibit_changed"

    def __init__(self, *, number: str, stated: str, computed: str) -> None:
        super().__init__(f"exhibit {number}: stated SHA-256 {stated}, computed {computed}")
        self.number = number
        self.stated = stated
        self.computed = computed


class WithheldShownError(ComplaintError):
    """Something withheld stands in a file that would leave the house.

    `path` leads through what it is wrapped in, `what` is the kind (digest, salt, name, text, id):
    never the thing itself.
    """

    code = "withheld_shown"

    def __init__(self, *, path: str, what: str = "digest") -> None:
        super().__init__(f"{path} shows the {what} of something withheld")
        self.path = path
        self.what = what


class LookFailedError(ComplaintError):
    """The process that looks for what is withheld did not come to an end; nothing leaves."""

    code = "package_look_failed"


class PageSettingError(ComplaintError):
    """The typesetter refused the document; its message names template lines, never content."""

    code = "package_pages_failed"


class StampRefusedError(ComplaintError):
    """A TSA did not give a token that verifies over this digest."""

    code = "package_stamp_refused"

    def __init__(self, *, source: str, why: str = "") -> None:
        super().__init__(f"no usable token from {source}: {why or self.code}")
        self.source = source
        self.why = why or self.code  # a code


class LanguageMissingError(ComplaintError):
    """The catalogue has no such language or no such key."""

    code = "language_missing"
