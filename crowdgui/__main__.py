"""What `crowdgui` and `python -m crowdgui` run first."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the program; Ctrl-C ends it quietly while its parts are still being imported, too."""
    try:
        from crowdgui.app import main as run
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(2)
    run()


if __name__ == "__main__":
    main()
