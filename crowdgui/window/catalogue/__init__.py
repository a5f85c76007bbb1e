"""The models tab: what is installed, and how it computes."""
