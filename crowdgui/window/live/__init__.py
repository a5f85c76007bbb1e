"""The live page: cameras, streams and videos, counted while a person watches."""
