"""The program: command line, live counting, window."""

import os

# OpenCV looks at these when it is imported, whoever imports it first: FFmpeg's own lines may hold
# addresses with passwords, and with Windows' hardware transforms a camera opens in half a minute.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
