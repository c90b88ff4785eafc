"""The closed lists of this room: which facts there are, which of them are texts, which notes."""

from __future__ import annotations

from typing import Final

# What the phone, the name and the house say.
CLAIMS: Final = (
    "name_kind",
    "name_time",
    "phone_modified",
    "phone_captured",
    "phone_digest",
    "received",
)
# What the file itself carries.
CARRIED: Final = (
    "exif_taken",
    "exif_digitized",
    "exif_changed",
    "camera_make",
    "camera_model",
    "software",
    "creator_tool",
    "xmp_created",
    "xmp_modified",
    "png_created",
    "png_time",
    "has_place",
    "picture_size",
    "jfif",
    "container_created",
    "container_modified",
    "apple_created",
    "media_created",
    "android_version",
    "encoder",
    "broadcast_created",
    "pdf_created",
    "pdf_modified",
    "pdf_creator",
    "pdf_producer",
    "zip_first",
    "zip_last",
    "export_date",
    "export_set",
    "application_id",
    "c2pa_state",
    "c2pa_maker",
    "c2pa_signer",
    "c2pa_signed",
    "c2pa_actions",
    "c2pa_source",
    "c2pa_part_source",
    "c2pa_failures",
    "unreadable",
)
FACTS: Final = (*CLAIMS, *CARRIED)
OBSERVATIONS: Final = (
    "agree",
    "differ",
    "differ_by_hours",
    "later_on_phone",
    "changed_later",
    "after_received",
    "never_set",
    "edited_by_software",
    "looks_forwarded",
    "looks_stripped",
    "screenshot_plain",
    "screen_size",
    "holds_no_dates",
    "c2pa_valid",
    "c2pa_changed",
    "c2pa_invalid",
    "c2pa_elsewhere",
    "c2pa_unread",
    "c2pa_generated",
    "c2pa_edited",
    "unreadable",
    "nothing_to_say",
)

TEXT_FACTS: Final = frozenset(
    ["name_kind", "phone_digest", "camera_make", "camera_model", "software", "creator_tool",
     "has_place", "picture_size", "jfif", "android_version", "encoder", "pdf_creator",
     "pdf_producer", "export_set", "application_id", "unreadable", "c2pa_state", "c2pa_maker",
     "c2pa_signer", "c2pa_actions", "c2pa_source", "c2pa_part_source", "c2pa_failures"]
)  # fmt: skip

# Facts whose text is words of a closed list, with ", " between them.
_SOURCES: Final = frozenset(
    ["ai", "part_ai", "computed", "enhanced", "camera", "phone_camera", "screen", "scan",
     "composed", "hand", "blank", "other"]
)  # fmt: skip
WORDS: Final = {
    "c2pa_state": frozenset(["valid", "changed", "invalid", "elsewhere", "unread"]),
    "c2pa_actions": frozenset(
        ["created", "opened", "edited", "coloured", "cropped", "resized", "turned", "placed",
         "removed", "drawn", "converted", "published", "marked", "translated", "noted", "other"]
    ),
    "c2pa_source": _SOURCES,
    "c2pa_part_source": _SOURCES,
}  # fmt: skip
EDITS: Final = WORDS["c2pa_actions"] - {"created", "opened", "converted", "published", "marked"}
GENERATED: Final = frozenset(["ai", "part_ai"])
