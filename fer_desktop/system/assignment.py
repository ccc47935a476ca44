"""One-to-one assignment."""

from typing import Any

import lap
import numpy as np
from numpy.typing import NDArray


def assign_one_to_one(costs: NDArray[np.floating[Any]]) -> tuple[NDArray[np.integer[Any]], NDArray[np.integer[Any]]]:
    """The cheapest assignment of the rows to the columns of finite `costs`, (n, m), as min(n, m) rows and columns."""
    if not costs.size:  # `lap` writes before its arrays where there are neither rows nor columns
        nothing = np.zeros(0, np.intp)
        return nothing, nothing
    columns_of_rows, _ = lap.lapjv(costs, extend_cost=True, return_cost=False)
    rows = np.flatnonzero(columns_of_rows >= 0)
    return rows, columns_of_rows[rows]
