"""The actions of the live page, a row each."""

from __future__ import annotations

from crowdgui.window.action_rows import ActionRow
from models.errors import QT_TRANSLATE_NOOP

LIVE = ("live",)

LIVE_ROWS = (
    ActionRow(
        "live-camera",
        QT_TRANSLATE_NOOP("Actions", "&Camera…"),
        QT_TRANSLATE_NOOP("Actions", "Count what a camera of this computer sees"),
        ("Ctrl+Shift+K",), "camera", "live.sources.ask_for_camera", opens="live",
    ),
    ActionRow(
        "live-video",
        QT_TRANSLATE_NOOP("Actions", "&Video…"),
        QT_TRANSLATE_NOOP("Actions", "Play a video file and count it"),
        ("Ctrl+Shift+V",), "video", "live.sources.ask_for_video", opens="live",
    ),
    ActionRow(
        "live-address",
        QT_TRANSLATE_NOOP("Actions", "&Address…"),
        QT_TRANSLATE_NOOP("Actions", "Count a network camera: RTSP, or MJPEG over HTTP"),
        ("Ctrl+L",), "network", "live.sources.ask_for_address", opens="live",
    ),
    ActionRow(
        "live-demo",
        QT_TRANSLATE_NOOP("Actions", "&Moving demo"),
        QT_TRANSLATE_NOOP("Actions", "Count a rendered crowd that walks"),
        (), "demo", "live.sources.add_demo", opens="live",
    ),
    ActionRow(
        "live-remove",
        QT_TRANSLATE_NOOP("Actions", "&Remove the source"),
        QT_TRANSLATE_NOOP("Actions", "End the source that is large"),
        (), "clear", "live.sources.remove", pages=LIVE,
    ),
    ActionRow(
        "live-retry",
        QT_TRANSLATE_NOOP("Actions", "Open a&gain"),
        QT_TRANSLATE_NOOP("Actions", "Connect to the source anew, or play a video from its start"),
        ("Ctrl+Shift+R",), "again", "live.sources.retry", pages=LIVE,
    ),
    ActionRow(
        "live-name",
        QT_TRANSLATE_NOOP("Actions", "Nam&e…"),
        QT_TRANSLATE_NOOP("Actions", "Give the source that is large a name of your own"),
        ("F2",), "", "live.sources.ask_for_name", pages=LIVE,
    ),
    ActionRow(
        "live-zones",
        QT_TRANSLATE_NOOP("Actions", "&Zones…"),
        QT_TRANSLATE_NOOP("Actions", "Draw the zones of the source, with their limits"),
        ("Z",), "zones", "live.tools.edit_zones", pages=LIVE,
    ),
    ActionRow(
        "live-analyse",
        QT_TRANSLATE_NOOP("Actions", "Analyse every &frame…"),
        QT_TRANSLATE_NOOP("Actions", "Count all frames of the video; save table, plot and video"),
        (), "analyse", "live.tools.analyse", pages=LIVE,
    ),
    ActionRow(
        "live-snapshot",
        QT_TRANSLATE_NOOP("Actions", "S&napshot…"),
        QT_TRANSLATE_NOOP("Actions", "Save the newest picture with its count and zones"),
        ("Ctrl+Shift+P",), "snapshot", "live.outputs.ask_where_to_save_snapshot", pages=LIVE,
    ),
    ActionRow(
        "live-record",
        QT_TRANSLATE_NOOP("Actions", "Recor&d…"),
        QT_TRANSLATE_NOOP("Actions", "Record a video with count and zones drawn on it"),
        (), "record", "live.outputs.ask_where_to_record", pages=LIVE,
    ),
    ActionRow(
        "live-stop-recording",
        QT_TRANSLATE_NOOP("Actions", "S&top recording"),
        QT_TRANSLATE_NOOP("Actions", "End the video that is being recorded"),
        (), "stop", "live.outputs.stop_recording", pages=LIVE,
    ),
    ActionRow(
        "live-opinion",
        QT_TRANSLATE_NOOP("Actions", "Second &opinion"),
        QT_TRANSLATE_NOOP("Actions", "Let another model count the newest picture"),
        ("Ctrl+2",), "compare", "live.ask_second_opinion", pages=LIVE,
    ),
    ActionRow(
        "live-alone",
        QT_TRANSLATE_NOOP("Actions", "Only the &picture"),
        QT_TRANSLATE_NOOP("Actions", "Fill the screen with the picture and its count; Esc leaves"),
        ("F12",), "full", "live.toggle_alone", pages=LIVE,
    ),
)  # fmt: skip
