"""Live counting without a screen: sources, the newest frame, zones, logs, the broker. Never Qt.

How the parts meet::

    session = LiveSession(predictor, wake)               # one inference thread, one watchdog
    source = session.add(live_feed("camera:0"), zones)   # a reader thread of its own
    source.state()          # poll it: picture with its result, levels, figures, what is wrong
    source.timeline.series(3600, clock.monotonic())      # the last hour: low, mean, high
    session.alerts_after(last_number)                    # zones that became too full, or free
    session.close()

`wake` takes nothing and is called from the readers', the inference and the watchdog's threads
whenever something changed: let it set a flag, or emit a signal without arguments, and nothing
more. No frame is ever queued: who asks late sees the newest.

- `crowdgui.sources.live_feed` makes a source of a word; `VideoFeed.playback` plays, pauses, seeks.
- `cameras.list_cameras` tells what is plugged in now; ask again every few seconds.
- `credentials.mask` before an address is shown, `credentials.remember` to put its password away.
- `zones.read_zones`, `zones.save_zones`: the file that the window and `watch` share, by the
  source's address without its password.
- `rows.RowMaker` closes an interval; `rows.Writing` gives rows to `csv_log.CsvLog`,
  `sqlite_log.SqliteLog` and `publisher.Publisher`. One thread makes, writes and closes them.
- `fleet.Fleet` hears all watchers of a broker.
- `second_opinion.SecondOpinion` lets another model count the same pictures.
- `recording.annotate`, `recording.Recorder`: pictures with results.
- `analysis.analyse`: every frame of a file, in order, as a generator.
"""
