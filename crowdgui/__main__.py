"""`python -m crowdgui` is `crowdgui`."""

from crowdgui.app import main

if __name__ == "__main__":
    main()
