"""Marking heads by hand: the truth about a person's own pictures."""
