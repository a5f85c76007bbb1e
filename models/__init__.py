"""Pictures in, density maps and counts out: networks, weights, engines. Never imports Qt."""
