"""The counting tab: a picture, its density map, its count."""
