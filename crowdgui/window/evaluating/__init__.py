"""The evaluating tab: errors of several models over annotated pictures."""
