"""Measurements of speed and memory as ratios; `make bench` runs them, docs/bench.md says how to read them."""
