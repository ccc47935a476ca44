"""The sub-commands of this package. They import heavy packages only when they run."""

from typing import Final

from models.evaluation.evaluate_command import EVALUATE
from models.evaluation.explain_command import EXPLAIN
from models.quantise_command import QUANTISE
from models.training.refit_command import REFIT
from models.training.train_command import TRAIN

COMMANDS: Final = [TRAIN, REFIT, EVALUATE, EXPLAIN, QUANTISE]
