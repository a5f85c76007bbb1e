"""Where the frozen program starts."""

import multiprocessing
import os
import sys

# A child that multiprocessing starts is this same executable; it never comes further than here.
multiprocessing.freeze_support()

if sys.platform == "linux":
    # The program's own libraries are found already; other programs that it starts, like the
    # file manager, must find theirs.
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", "")
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before

from crowdgui.__main__ import main  # noqa: E402  (the environment comes first)

main()
