"""Showing a picture: zoom, pan, the density map above it, regions."""
