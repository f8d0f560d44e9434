"""Reads of the board: figures, what stands out in them, the tickets behind them, reports."""
