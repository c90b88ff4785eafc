"""readers/values/names.py: what a file name tells, and what it must not be made to tell."""

from __future__ import annotations

import pytest

from evidence.readers.values.names import read_name

LOCAL, UTC = "20240305070809", "2024-03-04T23:08:09Z"
NUMBER = "13700000001"
MS = "2024-03-04T23:08:09.123Z"


@pytest.mark.parametrize(
    ("name", "app", "when", "number", "person", "direction"),
    [
        ("20240305_070809.123+0800_in_13700000001_李雷.oga", "bcr", MS, NUMBER, "李雷", "in"),
        ("20240304_230809Z_out_sim2_+86 137-1.m4a", "bcr", UTC, "+86 137-1", None, "out"),
        (f"通话录音@李雷(13700000001)_{LOCAL}.mp3", "miui", UTC, "13700000001", "李雷", None),
        (f"通话录音@008613700000001_{LOCAL}.mp3", "miui", UTC, "+8613700000001", None, None),
        (f"通话录音@13700000001(李雷)_{LOCAL}.mp3", "miui", UTC, "13700000001", "李雷", None),
        (f"Call recording@李雷(137000_{LOCAL}.mp3", "miui", UTC, "137000", "李雷", None),
        (f"通话录音@甲(13700)_乙(s67)_{LOCAL}.mp3", "miui", UTC, "13700;*67", "甲;乙", None),
        (f"李雷(137 0000 0001)_{LOCAL}.mp3", "hyperos", UTC, "137 0000 0001", "李雷", None),
        (f"李雷@137 0000 0001_{LOCAL}.amr", "huawei", UTC, "137 0000 0001", "李雷", None),
        ("13700000001_20240305_070809.amr", "huawei", UTC, "13700000001", None, None),
        ("Call recording 李雷_240305_070809.m4a", "samsung", UTC, None, "李雷", None),
        ("通话录音 _67_240305_070809.m4a", "samsung", UTC, "*67", None, None),
        (f"通话录音 95588 {LOCAL}.m4a", "harmonyos", UTC, "95588", None, None),
        ("mic_20240305-070809_13700000001.amr", "cube_acr", UTC, "13700000001", None, None),
        (f"1d{LOCAL}pnull.3gp", "lg", UTC, None, None, None),
        ("To_13700000001_1709593689123.amr", "small_recorder", MS, "13700000001", None, "out"),
        ("2024-03-05 07.08.09.ogg", "axet", UTC, None, None, None),
        ("20240305_070809+0800_conference.opus", "bcr", UTC, None, None, None),
        (f"通話錄音@李雷(13700000001)_{LOCAL}.mp3", "miui", UTC, "13700000001", "李雷", None),
        (f"CallRecording@李雷(13700000001)_{LOCAL}.mp3", "miui", UTC, "13700000001", "李雷", None),
        (f"Вызов@李(雷)(007800)_{LOCAL}.mp3", "miui", UTC, "+7800", "李(雷)", None),
        (f"通话录音@李雷_{LOCAL}.mp3", "miui", UTC, None, "李雷", None),
        (f"通话录音@10086p1_95588_{LOCAL}.mp3", "miui", UTC, "10086,1;95588", None, None),
        (f"+8613700000001_{LOCAL}.amr", "huawei", UTC, "+8613700000001", None, None),
        ("통화 녹음 13700000001_240305_070809.m4a", "samsung", UTC, "13700000001", None, None),
        ("通話錄音_李雷_240305_070809.m4a", "samsung", UTC, None, "李雷", None),
        ("whatsapp_20240305-070809_李雷.m4a", "cube_acr", UTC, None, "李雷", None),
        ("voip_20240305-070809.m4a", "cube_acr", UTC, None, None, None),
        (f"0d{LOCAL}p13700000001.3gp", "lg", UTC, "13700000001", None, None),
        ("From_13700000001_1709593689123.amr", "small_recorder", MS, NUMBER, None, "in"),
    ],
)  # fmt: skip
def test_recorders_are_known_by_their_names(name, app, when, number, person, direction):
    line = read_name(name).as_json()

    assert line == {
        "name": name,
        "kind": "recording",
        "when_utc": when,
        "peer_number": number,
        "peer_name": person,
        "direction": direction,
        "app": app,
        "confidence": "medium" if app in ("hyperos", "harmonyos") else "high",
    }


@pytest.mark.parametrize(
    ("name", "kind", "when", "app"),
    [
        ("Screenshot_2024-03-05-07-08-09-123_com.app.mm.jpg", "screenshot", MS, "com.app.mm"),
        ("Screenshot_20240305-070809_WeChat.jpg", "screenshot", UTC, "WeChat"),
        (f"截图_{LOCAL}.png", "screenshot", UTC, None),
        ("IMG_20240305_070809.jpg", "camera", UTC, None),
        ("IMG_1234.HEIC", "camera", None, None),
        ("IMG_1234.PNG", "screenshot", None, None),
        ("mmexport1709593689123.jpg", "chat_media", MS, "wechat"),
        (f"微信图片_{LOCAL}_12.jpg", "chat_media", UTC, "wechat_pc"),
        (f"QQ截图{LOCAL}.png", "screenshot", UTC, "qq_pc"),
        ("IMG-20240305-WA0001.jpg", "chat_media", "2024-03-04T16:00:00Z", "whatsapp"),
        ("00000012-PHOTO-2024-03-05-07-08-09.jpg", "chat_media", UTC, "whatsapp"),
        ("Screenrecorder-2024-03-05-07-08-09-123.mp4", "screen_recording", UTC, None),
        ("SVID_20240305_070809_1.mp4", "screen_recording", UTC, None),
        ("RPReplay_Final1709593689.MP4", "screen_recording", UTC, None),
        ("Screenrecorder-2024-03-05-07-08-09.mp4", "screen_recording", UTC, None),
        ("Screen_Recording_20240305-070809_微信.mp4", "screen_recording", UTC, None),
        ("Screenshot_2024-03-05-07-08-09.jpg", "screenshot", UTC, None),
        ("Screenshot_20240305_070809_com.tencent.mm.jpg", "screenshot", UTC, "com.tencent.mm"),
        ("Screenshot_20240305_070809.png", "screenshot", UTC, None),
        (f"截屏 {LOCAL}.png", "screenshot", UTC, None),
        (f"屏幕截图{LOCAL}.png", "screenshot", UTC, None),
        (f"长截图_{LOCAL}_2.png", "screenshot", UTC, None),
        ("VID_20240305_070809_HDR.mp4", "camera", UTC, None),
        ("IMG20240305070809.jpg", "camera", UTC, None),
        ("IMG_E1234.JPG", "camera", None, None),
        (f"mmexport{'0a' * 16}_1709593689123.jpg", "chat_media", MS, "wechat"),
        ("wx_camera_1709593689123.mp4", "camera", MS, "wechat"),
        (f"微信截图_{LOCAL}.png", "screenshot", UTC, "wechat_pc"),
        (f"QQ图片{LOCAL}.jpg", "chat_media", UTC, "qq_pc"),
        *((f"{kind}-20240305-WA0001.x", "chat_media", "2024-03-04T16:00:00Z", "whatsapp")
          for kind in ("VID", "AUD", "PTT", "STK", "DOC")),
        *((f"00000012-{kind}-2024-03-05-07-08-09.x", "chat_media", UTC, "whatsapp")
          for kind in ("AUDIO", "VIDEO", "STICKER", "GIF")),
    ],
)  # fmt: skip
def test_pictures_and_screen_recordings_are_known_by_their_names(name, kind, when, app):
    line = read_name(name).as_json()

    assert (line["kind"], line["when_utc"], line["app"]) == (kind, when, app)


@pytest.mark.parametrize(
    "number",
    ["13700000001", "02112345678", "4001234567", "95588", "95588123", "1065512345678", "10690001"],
)
@pytest.mark.parametrize("time", ["20240305_070809", "20240305-070809", "20240305 070809", LOCAL])
def test_names_of_no_pattern_give_time_and_number_as_hints(number, time):
    line = read_name(f"某人 {number} {time} 备份.m4a").as_json()

    assert (line["kind"], line["when_utc"], line["peer_number"]) == ("recording", UTC, number)
    assert (line["app"], line["confidence"]) == (None, "low")


def test_a_number_in_wide_digits_is_a_number():
    assert read_name(f"１３７０００００００１_{LOCAL}.m4a").peer_number == "13700000001"


@pytest.mark.parametrize("digits", ["1234567", "23700000001", "2024030507080", "99999999999999"])
def test_digits_that_are_no_number_and_no_time_are_left_alone(digits):
    line = read_name(f"某人 {digits} 备份.m4a").as_json()

    assert (line["kind"], line["when_utc"], line["peer_number"]) == ("unknown", None, None)


def test_a_number_with_impossible_digits_behind_it_has_no_time():
    reading = read_name("13700000001_20241340070809.amr")

    assert reading.when_utc is None
    assert reading.peer_number == "13700000001"


def test_digits_of_the_time_never_become_a_number():
    reading = read_name("新录音 20240305_070809.m4a")

    assert reading.peer_number is None
    assert (reading.kind, reading.confidence) == ("recording", "low")


def test_a_name_without_a_year_has_no_time():
    assert read_name("某某2月18日 下午1点51分.mp3").when_utc is None


def test_folders_before_the_name_do_not_matter():
    reading = read_name(f"MIUI/sound_recorder/call_rec/通话录音@13700000001_{LOCAL}.mp3")

    assert reading.app == "miui"


def test_a_picture_never_counts_as_a_recording():
    assert read_name(f"13700000001_{LOCAL}.jpg").kind == "unknown"


@pytest.mark.parametrize(
    "name", ["", ".", "/", "\0", "a" * 5000, "通话录音@" + "(" * 400, "_" * 500]
)
def test_odd_names_are_simply_unknown(name):
    assert read_name(name).kind == "unknown"
