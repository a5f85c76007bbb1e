"""The fleet: every watcher of a broker, at one glance."""
