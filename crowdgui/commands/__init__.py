"""One file a command of the command line. Never imports Qt."""
