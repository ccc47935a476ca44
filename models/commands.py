"""The sub-commands of this package. Heavy packages load when a command runs."""

from typing import Final

from models.evaluation.command import EVALUATE
from models.evaluation.explain_command import EXPLAIN
from models.quantise_command import QUANTISE
from models.training.command import TRAIN

COMMANDS: Final = [TRAIN, EVALUATE, EXPLAIN, QUANTISE]
