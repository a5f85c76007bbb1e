"""The program: command line, live counting, window."""
