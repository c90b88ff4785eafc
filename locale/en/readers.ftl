# Reading files: reasons, warnings, names.

reading_failed = The reader could not deal with this file
    .detail = The original is unchanged and stays kept as evidence.
reading_differs = Reading it again gave something else than the first time; nothing was changed
reading_damaged = The file is damaged or incomplete
    .detail = The original stays kept as evidence. If you can, export it from the phone once more.
reading_encrypted = The file is locked with a password
    .detail = We will not ask for the password. Please export a file without one.
reading_truncated_picture = The picture is cut off
    .detail = Its data end early. Please pick the original from the phone's gallery again.
reading_unplayable = The recording does not play
    .detail = The recorder may have been stopped half way. The original stays kept as evidence.
reading_unsupported = This kind of archive is not opened
    .detail = Please unpack it and upload the files inside, or use ZIP.
reading_refused = The file was not read, for safety
    .detail = The original is unchanged.
reading_xml_entities = The file holds a declaration that is not allowed (DOCTYPE)
    .detail = Real message backups have none. Please export it from the phone again.
reading_archive_bomb = The archive unpacks to far too much
    .detail = Such archives may be hostile; it was not read.
reading_archive_nested = Too many archives inside each other
    .detail = Two at most. Please unpack it and upload the files inside.
reading_path_traversal = The archive holds names that point outside it
    .detail = Such archives may be hostile; it was not read.
reading_picture_bomb = The picture has too many pixels
    .detail = One hundred million at most.
reading_over_limit = A limit of reading is passed
    .detail = Limit: { $limit }, at most { $allowed }.

# Warnings

warning-file_truncated = The file breaks off; only its complete parts were read
warning-count_differs = The file's own count differs from what is in it
warning-duplicate_record = Backups overlap; the same record counts once
warning-malformed_markup_skipped = Some malformed places were skipped
warning-surrogate_references_joined = Emoji written in two halves were joined
warning-lone_surrogate_replaced = Broken characters were replaced by �
warning-forbidden_characters_removed = Forbidden control characters were left out
warning-invalid_bytes_replaced = Bytes that do not decode were replaced by �
warning-unknown_reference_kept = Unknown character references were kept as written
warning-text_cut = The text is very long; only its beginning is shown
warning-no_text = This record has no text
warning-unknown_type = The file does not say whether it came in or went out
warning-answered_elsewhere = Answered on another device
warning-mms_not_downloaded = The multimedia message was never downloaded; only its notice is here
warning-attachment_damaged = The attachment's data are damaged
warning-time_out_of_range = The time is not believable and was not used
warning-readable_date_differs = Two times in the file disagree
warning-time_from_tag = The time comes from a tag inside the file and may be the phone's local time
warning-tag_time_differs = The time in the name and the tag inside disagree
warning-time_of_separator = The time is that of the line above; the message is not earlier
warning-time_needs_capture_date = The picture shows no date, and when it was taken is not known
warning-side_unknown = Whose words these are cannot be seen
warning-bubble_cut = This message is cut off at the edge of the picture
warning-time_day_not_seen = The message has a clock time; its day is not in the picture
warning-capture_clock_differs = The time in the file name is not that of the status bar; no day was worked out from it
warning-film_not_read = The pictures of this film could not be read; its sound and its file stay what they are
warning-film_damaged_frames = Some pictures of this film are damaged
warning-film_looked_at_thinly = The film is long; from here on fewer of its pictures were looked at
warning-film_read_in_part = The film was read only up to this second; a shorter one shows the rest
warning-message_perhaps_twice = This message may be the same as another one of this film
warning-parts_skipped = The multimedia parts were not read
warning-time_without_year = The time has no year and the file names no period
warning-number_lost_in_spreadsheet = A spreadsheet has lost the end of this number
warning-malformed_row_skipped = Some malformed rows were skipped
warning-not_playable = Does not play
warning-damaged_frames = Parts of the recording are damaged
warning-database_damaged = Parts of the database are damaged; what could be read is here
warning-database_log_absent = The database was copied without its log; the newest entries may be missing. If a file ending in -wal lies beside it, please bring both in one ZIP
warning-database_log_foreign = The log beside this database belongs to another one and was not used
warning-database_rolled_back = A change that the phone had not finished was taken back, as the phone itself would do
warning-member_encrypted = This file in the archive is locked with a password and was not read
warning-member_unreadable = This file in the archive is damaged or not what it seems, and was not read
warning-database_log_alone = This is only the log of a phone database; please bring the database of the same name (without -wal) together with it
warning-backup_not_opened = This phone's own backup cannot be opened here; please export the messages with an app that writes XML or CSV
warning-message_retracted = The sender took this message back
warning-message_edited = This message was changed after sending
warning-media_omitted = A picture, recording or file was left out of the export
warning-message_deleted = This message was deleted
warning-message_unsupported = The program that exported this message could not show what it holds
warning-colour_differs = The colour of this message is not that of the same person's others; the side is taken from those
warning-date_order_open = Day and month could be either way round; please look at the original
warning-time_absent = The file gives no time for this one
warning-format_unverified = Little is known of this format; please compare with the original

# Picture quality

quality-too_small = Too small
quality-blank = Blank
quality-very_dark = Very dark
quality-animated = Animated; only the first frame is read
quality-no_capture_time = When it was taken is not known
quality-no_date = The date cannot be seen. You could scroll up to it and add one picture that shows it
quality-no_name_bar = The name of the other side cannot be seen. You could add a picture with the title bar
quality-message_cut = A message is cut off at the edge. You could scroll a little and add one more picture
quality-small_letters = The letters are small; this may not be the original picture. Please choose the original if you can
quality-hard_to_read = Some words are hard to read and may be recognised wrongly; please compare with the picture
quality-capture_differs = The time in the file name looks like that of a later saving. If the phone still has the first screenshot, please upload that one

# Kinds of records

record-sms = Text message
record-mms = Multimedia message
record-call = Call
record-chat = Chat message
record-system = Notice
record-reaction = Reaction
record-attachment = Attachment
record-image = Picture
record-recording = Recording

# Directions

direction-in = Received
direction-out = Sent
direction-missed = Missed
direction-rejected = Rejected
direction-blocked = Blocked
direction-voicemail = Voicemail
direction-forwarded = Forwarded
direction-draft = Draft, never sent
direction-outbox = In the outbox, not sent
direction-queued = Queued, not sent
direction-failed = Failed to send
direction-system = System
direction-none = Direction open

# Where a time comes from

zone-epoch = Absolute time in the file
zone-offset = The zone stands in the file
zone-assumed = Read as Beijing time
zone-tag = A tag inside the file
zone-none = No time
