"""The small parts that the windows are composed of."""
