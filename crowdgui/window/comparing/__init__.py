"""The comparing tab: several models on one picture, side by side."""
