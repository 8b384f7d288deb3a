"""Benchmarks: figures of one run, on whatever machine runs them; read the ratios."""
