"""Charts of the live and the review window, and the arrays behind them."""
