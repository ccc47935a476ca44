"""How a network is trained: every number of a training run, frozen and by name."""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Final

from data.augmentation import AUGMENTATIONS, Augmentation
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
    vote_share: float = 0.3  # of the labels' target, from FER+ votes, where they are given
    votes_head: bool = False  # a second head, for the votes alone; a picture without votes has its label there
    mixup_alpha: float = 0.0
    class_weight_power: float = 0.0  # 0: every picture counts the same; 1: every class counts the same
    average_decay: float = 0.998  # of the moving average of the weights, a step
    precision: str = "mixed_bfloat16"
    augmentation: Augmentation = field(default_factory=Augmentation)
    average_every: int = 1  # steps; more for large networks on a GPU, where fetching the weights costs most
    teacher_share: float = 0.0  # of the target, from the networks given as teachers
    teacher_temperature: float = 1.0  # above 1 softens what the teachers say
    begins_trained: bool = False  # with the weights of a network that is named when it starts
    start_sha256: str = ""  # of those weights; empty: random ones
    start_share: float = 0.0  # of those weights in the last ones (Wortsman et al. 2022, arXiv:2109.01903)

    def __post_init__(self) -> None:
        if min(self.epochs, self.batch_size, self.average_every) < 1:
            raise SettingsError("a recipe needs at least one epoch, one picture in a batch and one step an average")
        if not (0 <= self.average_decay < 1 and 0 <= self.label_smoothing < 1):
            raise SettingsError("average_decay and label_smoothing are shares from 0 to below 1")
        if not (0 <= self.vote_share <= 1 and 0 <= self.teacher_share <= 1):
            raise SettingsError("vote_share and teacher_share are shares from 0 to 1")
        if not 0 <= self.start_share < 1 or (self.start_share > 0 and not self.begins_trained):
            raise SettingsError("start_share is a share from 0 to below 1 of the weights that the run begins with")
        if self.teacher_temperature <= 0:
            raise SettingsError("teacher_temperature must be above 0: 1 leaves what the teachers say as it is")

    def to_json(self) -> str:
        """The recipe as text, the same for equal recipes."""
        return json.dumps(asdict(self), indent=2) + "\n"

    def is_told_by(self, text: str) -> bool:
        """Whether `text` is this recipe, by this version or an earlier one: what it does not name has its default."""
        defaults = json.loads(Recipe(self.name).to_json())
        return bool(defaults | json.loads(text) == json.loads(self.to_json()))


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

# The last epochs of a trained network go without most of what a call does to a face.
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

_TAUGHT = replace(
    _FINISH,
    name="cnn-taught",
    teacher_share=0.5,
    teacher_temperature=2.0,
    label_smoothing=0.0,
    augmentation=AUGMENTATIONS["mild"],
)

_FERNET_FINISH = replace(_TAUGHT, name="fernet-finish", architecture="fernet", epochs=40, peak_learning_rate=0.05)

RECIPES: Final = {
    recipe.name: recipe
    for recipe in (
        Recipe("fernet"),
        _LONG,
        replace(_LONG, name="fernet-distilled", teacher_share=0.7, teacher_temperature=2.0, label_smoothing=0.0),
        _FERNET_FINISH,
        # Whom softened teachers taught is hardly ever sure; the last round listens to what they say unsoftened.
        replace(_FERNET_FINISH, name="fernet-last", teacher_temperature=1.0),
        replace(_FERNET_FINISH, name="fernet-two-heads", teacher_temperature=1.0, votes_head=True, start_share=0.3),
        Recipe("cnn", architecture="cnn", epochs=60, label_smoothing=0.05),
        _FINISH,
        _TAUGHT,
        replace(_DEEP, name="resnet50", architecture="resnet50"),
        replace(_DEEP, name="xception", architecture="xception"),
    )
}


def get_recipe(name: str) -> Recipe:
    """The recipe of that name; SettingsError names the known ones."""
    if name not in RECIPES:
        raise SettingsError(f"there is no recipe {name!r}; known are: {', '.join(RECIPES)}")
    return RECIPES[name]
