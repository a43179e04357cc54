"""Measures the platform: `python -m bench` prints the figures, `python -m bench.load` the load."""
