"""Expressions: the shipped network, run on the crops that `faces` cuts."""

from fer_desktop.expression.shipped import check_shipped_model, make_classifier

__all__ = ["check_shipped_model", "make_classifier"]
