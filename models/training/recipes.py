"""Recipes: every number of a training run, by name."""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Final

from data.augmentation import AUGMENTATIONS, Augmentation
from fer_desktop.errors import SettingsError

OPTIMIZERS: Final = ("sgd", "adam")
"""Stochastic gradient descent with Nesterov's momentum, and Adam (Kingma and Ba 2014, arXiv:1412.6980)."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One training run. With the data, the command line and the program's version it reproduces a model."""

    name: str
    architecture: str = "fernet"
    epochs: int = 44
    seed: int = 1
    batch_size: int = 128
    peak_learning_rate: float = 0.1
    warmup_epochs: float = 2.0
    optimizer: str = "sgd"  # of OPTIMIZERS
    momentum: float = 0.9  # of sgd
    weight_decay: float = 0.005  # decoupled; equivalent to an L2 term of 5e-4 with momentum 0.9
    label_smoothing: float = 0.0
    vote_share: float = 0.3  # share of FER+ votes, where given, in the targets of the labels head
    votes_head: bool = False  # trains a votes head too; its target is the label where a picture has no votes
    mixup_alpha: float = 0.0
    class_weight_power: float = 0.0  # in the labels head; 0: pictures have equal weight; 1: classes have equal weight
    average_decay: float = 0.998  # per step, of the moving average of the weights
    precision: str = "mixed_bfloat16"
    augmentation: Augmentation = field(default_factory=Augmentation)
    average_every: int = 1  # steps; more on a GPU, where fetching the weights is expensive
    teacher_share: float = 0.0  # share of the teacher networks' probabilities in the targets of the labels head
    teacher_temperature: float = 1.0  # above 1 softens the teachers' probabilities
    begins_trained: bool = False  # starts from a trained network, named by --start
    start_sha256: str = ""  # of the initial weights; empty: random
    teachers_sha256: tuple[str, ...] = ()  # of the weights of the teachers, in their order
    start_share: float = 0.0  # share of the initial weights in the final ones (Wortsman et al. 2022, arXiv:2109.01903)
    votes_teacher_share: float = 0.0  # share of the teacher networks' unsoftened votes in the targets of the votes head
    photograph_share: float = 0.0  # of photographs from elsewhere, named by --photographs, in the votes head's loss
    hint_weight: float = 0.0  # of the distance of each feature map to the first teacher's in the loss (hints.py)

    def __post_init__(self) -> None:
        if min(self.epochs, self.batch_size, self.average_every) < 1:
            raise SettingsError("a recipe needs at least one epoch, one picture in a batch and one step per average")
        if not (0 <= self.average_decay < 1 and 0 <= self.label_smoothing < 1):
            raise SettingsError("average_decay and label_smoothing are shares from 0 to below 1")
        if not all(0 <= share <= 1 for share in (self.vote_share, self.teacher_share, self.votes_teacher_share)):
            raise SettingsError("vote_share, teacher_share and votes_teacher_share are shares from 0 to 1")
        if not 0 <= self.photograph_share < 1 or (self.photograph_share > 0 and self.mixup_alpha > 0):
            raise SettingsError(
                "photograph_share is a share from 0 to below 1, without mixup: photographs have no labels"
            )
        if not self.votes_head and max(self.votes_teacher_share, self.photograph_share) > 0:
            raise SettingsError("votes_teacher_share and photograph_share need a votes_head")
        if not 0 <= self.start_share < 1 or (self.start_share > 0 and not self.begins_trained):
            raise SettingsError("start_share is a share from 0 to below 1 of the weights of a network given by --start")
        if self.optimizer not in OPTIMIZERS:
            raise SettingsError(f"there is no optimizer {self.optimizer!r}; known are: {', '.join(OPTIMIZERS)}")
        if self.hint_weight < 0 or (self.hint_weight > 0 and self.teacher_share == 0):
            raise SettingsError("hint_weight is from 0, and hints need a teacher_share")
        if self.teacher_temperature <= 0:
            raise SettingsError("teacher_temperature must be above 0: 1 leaves the teachers' probabilities unchanged")

    def to_json(self) -> str:
        """The recipe as JSON; equal recipes have equal texts."""
        return json.dumps(asdict(self), indent=2) + "\n"

    def matches_json(self, text: str) -> bool:
        """Whether `text` is this recipe's JSON, also by an earlier version: missing fields have their defaults."""
        defaults, earlier = json.loads(Recipe(self.name).to_json()), json.loads(text)
        earlier["augmentation"] = defaults["augmentation"] | earlier.get("augmentation", {})
        return bool(defaults | earlier == json.loads(self.to_json()))


_LONG = Recipe(
    "fernet-gpu",
    epochs=300,
    batch_size=256,
    peak_learning_rate=0.2,
    warmup_epochs=5.0,
    mixup_alpha=0.2,
    label_smoothing=0.05,
    average_decay=0.999,
    average_every=4,
)
_DEEP = replace(_LONG, epochs=120, batch_size=128, peak_learning_rate=0.1, average_every=8)

# The last epochs of a trained network, without most of the augmentation that imitates calls (docs/adr/0013).
_FINISH = Recipe(
    "cnn-finish",
    architecture="cnn",
    epochs=25,
    peak_learning_rate=0.03,
    warmup_epochs=1.0,
    label_smoothing=0.05,
    vote_share=0.15,
    augmentation=AUGMENTATIONS["paper"],
    begins_trained=True,
)

_DISTILLED = replace(
    _FINISH,
    name="cnn-distilled",
    teacher_share=0.5,
    teacher_temperature=2.0,
    label_smoothing=0.0,
    augmentation=AUGMENTATIONS["mild"],
)

# The paper's large networks on a processor, with a trained network's help: first a shallow one, which its feature maps
# teach too, then a few epochs of the whole one, which starts as the shallow one.
_SHALLOW = Recipe(
    "resnet14-brief",
    architecture="resnet14",
    epochs=8,
    optimizer="adam",
    peak_learning_rate=0.004,
    weight_decay=0.05,
    warmup_epochs=0.3,
    vote_share=0.15,
    average_decay=0.99,
    average_every=4,
    augmentation=AUGMENTATIONS["mild"],
    teacher_share=0.7,
    hint_weight=3.0,
)
_DEEPENED = replace(
    _SHALLOW,
    name="resnet50-brief",
    architecture="resnet50",
    epochs=3,
    peak_learning_rate=0.001,
    hint_weight=0.0,
    begins_trained=True,
)

# The paper's own training, on FER2013's labels alone.
_PAPER = Recipe(
    "resnet50-paper",
    architecture="resnet50",
    epochs=60,
    optimizer="adam",
    peak_learning_rate=0.001,
    weight_decay=0.0,
    vote_share=0.0,
    average_every=8,
    augmentation=AUGMENTATIONS["paper"],
)

_FERNET_FINISH = replace(_DISTILLED, name="fernet-finish", architecture="fernet", epochs=40, peak_learning_rate=0.05)

_TWO_HEADS = replace(_FERNET_FINISH, name="fernet-two-heads", teacher_temperature=1.0, votes_head=True, start_share=0.3)

RECIPES: Final = {
    recipe.name: recipe
    for recipe in (
        Recipe("fernet"),
        _LONG,
        replace(_LONG, name="fernet-distilled", teacher_share=0.7, teacher_temperature=2.0, label_smoothing=0.0),
        _FERNET_FINISH,
        # Softened teachers leave the student underconfident; the last round uses their probabilities as they are.
        replace(_FERNET_FINISH, name="fernet-last", teacher_temperature=1.0),
        _TWO_HEADS,
        # All layers once more, with photographs of half of the people; rare classes weigh more, as for macro F1.
        replace(
            _TWO_HEADS,
            name="fernet-photographs",
            epochs=24,
            peak_learning_rate=0.03,
            class_weight_power=0.25,
            teacher_share=0.4,
            votes_teacher_share=0.3,
            photograph_share=0.12,
            augmentation=AUGMENTATIONS["mild-glasses"],
        ),
        Recipe("cnn", architecture="cnn", epochs=60, label_smoothing=0.05),
        _FINISH,
        _DISTILLED,
        replace(_DEEP, name="resnet50", architecture="resnet50"),
        replace(_DEEP, name="xception", architecture="xception"),
        _SHALLOW,
        _DEEPENED,
        replace(_SHALLOW, name="xception-short-brief", architecture="xception-short"),
        replace(_DEEPENED, name="xception-brief", architecture="xception"),
        _PAPER,
        replace(_PAPER, name="xception-paper", architecture="xception"),
    )
}


def get_recipe(name: str) -> Recipe:
    """The recipe of that name; SettingsError names the known ones."""
    if name not in RECIPES:
        raise SettingsError(f"there is no recipe {name!r}; known are: {', '.join(RECIPES)}")
    return RECIPES[name]
