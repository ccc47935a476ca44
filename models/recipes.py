"""How a network is trained: every number of a training run, frozen and by name."""

import json
from dataclasses import asdict, dataclass, field

from data.augmentation import Augmentation
from fer_desktop.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Recipe:
    """One training run. With the data, the command line and the program's version it makes a model again."""

    name: str
    architecture: str = "fernet"
    epochs: int = 44
    seed: int = 1
    batch_size: int = 128
    peak_learning_rate: float = 0.1
    warmup_epochs: float = 2.0
    momentum: float = 0.9
    weight_decay: float = 0.005  # decoupled: as strong as an L2 term of 5e-4 under momentum 0.9
    label_smoothing: float = 0.0
    vote_share: float = 0.3  # of the target, from FER+ votes, where they are given
    mixup_alpha: float = 0.0
    class_weight_power: float = 0.0  # 0: every picture counts the same; 1: every class counts the same
    average_decay: float = 0.998  # of the moving average of the weights, a step
    precision: str = "mixed_bfloat16"
    augmentation: Augmentation = field(default_factory=Augmentation)

    def __post_init__(self) -> None:
        if self.epochs < 1 or self.batch_size < 1:
            raise SettingsError("a recipe needs at least one epoch and one picture in a batch")
        if not 0 <= self.average_decay < 1 or not 0 <= self.vote_share <= 1 or not 0 <= self.label_smoothing < 1:
            raise SettingsError("average_decay, vote_share and label_smoothing are shares between 0 and 1")

    def to_json(self) -> str:
        """The recipe as text, the same for equal recipes."""
        return json.dumps(asdict(self), indent=2) + "\n"


RECIPES = {recipe.name: recipe for recipe in (Recipe("fernet"),)}


def get_recipe(name: str) -> Recipe:
    """The recipe of that name; SettingsError names the known ones."""
    if name not in RECIPES:
        raise SettingsError(f"there is no recipe {name!r}; known are: {', '.join(RECIPES)}")
    return RECIPES[name]
