"""Expressions: classifiers that run the shipped network on face crops, and the network's figures."""

from fer_desktop.expression.shipped import check_shipped_model, make_classifier

__all__ = ["check_shipped_model", "make_classifier"]
