"""The sub-commands of this package. Heavy packages load when a command runs."""

from typing import Final

from models.evaluate_command import EVALUATE
from models.explain_command import EXPLAIN
from models.quantise_command import QUANTISE
from models.train_command import TRAIN

COMMANDS: Final = [TRAIN, EVALUATE, EXPLAIN, QUANTISE]
