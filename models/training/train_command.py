"""`train`: trains an expression network and writes a complete model folder."""

import shlex
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command
from fer_desktop.errors import SettingsError
from models.packages import require_keras

if TYPE_CHECKING:
    from data.cleaning import CleaningStep
    from data.fer2013 import FaceSet
    from fer_desktop.types import Floats
    from models.card import LearnedCard, ModelCard
    from models.heads import Head
    from models.training.recipes import Recipe
    from models.training.trainer import TrainingData

_RUN_FOLDER: Final = "run"
_EVENTS_FOLDER: Final = "events"


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="CSV", help="FER2013 csv (also .gz, .xz, .zip)")
    parser.add_argument("--votes", type=Path, metavar="CSV", help="FER+ votes for the same rows (fer2013new.csv)")
    parser.add_argument(
        "--folder",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="more training pictures, in one folder per expression (may be given again)",
    )
    parser.add_argument(
        "--photographs",
        type=Path,
        metavar="DIR",
        help="photographs in one folder per expression, of whose people one half trains the votes head",
    )
    parser.add_argument("--people", type=Path, metavar="CSV", help="who is on each photograph: columns file and person")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the model folder is written")
    parser.add_argument("--recipe", default="fernet", metavar="NAME", help="named recipe (default: %(default)s)")
    parser.add_argument(
        "--teacher",
        type=Path,
        action="append",
        default=[],
        metavar="FOLDER",
        help="model folder of a teacher network (may be given again: averaged; the first also gives hints)",
    )
    parser.add_argument(
        "--start", type=Path, metavar="FOLDER", help="start from the weights of this model folder, not from random ones"
    )
    parser.add_argument(
        "--augmentation", metavar="NAME", help="call, mild, mild-glasses or paper, instead of the recipe's"
    )
    parser.add_argument("--epochs", type=_parse_count, metavar="N", help="epochs instead of the recipe's")
    parser.add_argument("--seed", type=int, metavar="K", help="seed instead of the recipe's")
    parser.add_argument("--resume", action="store_true", help="continue the run in FOLDER after its last epoch")
    parser.add_argument(
        "--workers", type=_parse_count, default=1, metavar="N", help="processes that make batches (default: 1 thread)"
    )


def _parse_count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _run(arguments: Namespace) -> int:
    require_keras()  # before minutes of reading
    recipe = _choose_recipe(arguments)
    _check_folders(recipe, arguments)
    card = _train(recipe, arguments)
    figures = card.metrics["PublicTest"]
    sys.stdout.write(f"{arguments.out}: PublicTest {figures.accuracy:.1%} of {figures.n:,} pictures\n")
    if (votes := card.votes.get("PublicTest")) is not None:
        sys.stdout.write(f"majority of the taggers: {votes.accuracy:.1%} of {votes.n:,} pictures that have one\n")
    return 0


def _choose_recipe(arguments: Namespace) -> "Recipe":
    """The recipe with the options that replace its values. Raises SettingsError where inputs are missing."""
    from models.architectures.deepening import list_starts
    from models.training.recipes import get_recipe

    recipe = get_recipe(arguments.recipe)
    if arguments.epochs is not None:
        recipe = replace(recipe, epochs=arguments.epochs)
    if arguments.seed is not None:
        recipe = replace(recipe, seed=arguments.seed)
    if arguments.augmentation is not None:
        recipe = _replace_augmentation(recipe, arguments.augmentation)
    if arguments.start is not None:
        recipe = _record_start(recipe, arguments.start)
    elif recipe.begins_trained:
        starts = " or ".join(list_starts(recipe.architecture))
        raise SettingsError(f"the recipe {recipe.name} needs --start: the folder of a trained {starts}")
    if bool(arguments.teacher) != (recipe.teacher_share > 0 or recipe.votes_teacher_share > 0):
        need = "needs --teacher" if not arguments.teacher else "takes no --teacher"
        raise SettingsError(f"the recipe {recipe.name} {need}")
    if recipe.votes_head and arguments.votes is None:
        raise SettingsError(f"the recipe {recipe.name} needs --votes: FER+'s fer2013new.csv")
    has_photographs = arguments.photographs is not None
    if has_photographs != (recipe.photograph_share > 0) or has_photographs != (arguments.people is not None):
        need = "takes no" if recipe.photograph_share == 0 else "needs"
        raise SettingsError(f"the recipe {recipe.name} {need} --photographs and --people")
    return replace(recipe, teachers_sha256=_hash_teachers(arguments.teacher))


def _hash_teachers(folders: list[Path]) -> tuple[str, ...]:
    """The hashes of the teachers' weights, so that no run resumes with others."""
    from models.loading import check_model_folder

    return tuple(check_model_folder(folder).weights_sha256 for folder in folders)


def _check_folders(recipe: "Recipe", arguments: Namespace) -> None:
    """Raises SettingsError where the run could not be written to `--out`, before the data is read."""
    from models.training.export import check_target_folder
    from models.training.trainer import check_run_folder

    sources = [] if arguments.start is None else [arguments.start]
    check_target_folder(arguments.out, recipe.architecture, [*sources, *arguments.teacher])
    check_run_folder(arguments.out / _RUN_FOLDER, recipe, resume=arguments.resume)


def _replace_augmentation(recipe: "Recipe", name: str) -> "Recipe":
    from data.augmentation import AUGMENTATIONS

    if name not in AUGMENTATIONS:
        raise SettingsError(f"there is no augmentation {name!r}; known are: {', '.join(AUGMENTATIONS)}")
    return replace(recipe, augmentation=AUGMENTATIONS[name])


def _record_start(recipe: "Recipe", folder: Path) -> "Recipe":
    """The recipe with the hash of its initial weights, so that no run resumes from others."""
    from models.architectures.deepening import list_starts
    from models.loading import check_model_folder

    card = check_model_folder(folder)
    if card.architecture not in list_starts(recipe.architecture):
        raise SettingsError(f"{folder} holds a {card.architecture}, and {recipe.name} trains a {recipe.architecture}")
    return replace(recipe, start_sha256=card.weights_sha256)


def _train(recipe: "Recipe", arguments: Namespace) -> "ModelCard":
    from models.training.export import Provenance, copy_log, write_model_folder
    from models.training.run_log import LOG_NAME

    sources = _read_sources(arguments)
    training = sources.join_training()
    data, cleaning = _prepare(recipe, sources, training, arguments.teacher)
    model = _fit(recipe, data, arguments)
    provenance = Provenance(
        recipe,
        _describe_command(recipe, arguments),
        _describe_data(recipe, sources, arguments.teacher),
        len(data.training),
        cleaning,
        _list_learned(sources, arguments),
    )
    copy_log(arguments.out / _RUN_FOLDER / LOG_NAME, arguments.out)
    return write_model_folder(
        arguments.out, model, provenance, training=training, validation=data.validation, votes=sources.votes
    )


@dataclass(frozen=True)
class _Sources:
    """The data that the command line names: FER2013, FER+'s votes, and further pictures.

    `folders` has each folder's name with its pictures. `photographs` are of the half of the people on whom the votes
    head is trained; `photographs_sha256` names all.
    """

    faces: "FaceSet"
    votes: "Floats | None"
    folders: "tuple[tuple[str, FaceSet], ...]"
    photographs: "FaceSet | None"
    photographs_sha256: str | None

    def join_training(self) -> "FaceSet":
        """All training pictures, before cleaning."""
        from data.fer2013 import join_faces

        return join_faces([self.faces.with_usage("Training"), *(faces for _, faces in self.folders)])


def _read_sources(arguments: Namespace) -> _Sources:
    from data.class_folders import read_class_folders
    from data.fer2013 import read_fer2013
    from data.ferplus import read_votes

    faces = read_fer2013(arguments.data)
    votes = None if arguments.votes is None else read_votes(arguments.votes)
    folders = tuple((path.resolve().name, read_class_folders(path)) for path in arguments.folder)
    if arguments.photographs is None:
        return _Sources(faces, votes, folders, None, None)
    return _Sources(faces, votes, folders, *_read_photographs(arguments.photographs, arguments.people))


def _read_photographs(folder: Path, people: Path) -> "tuple[FaceSet, str]":
    """The photographs of the half of the people who are not kept apart, and the SHA-256 of all."""
    from data.class_folders import list_pictures, read_class_folders
    from data.people import find_shown_half, read_people
    from models.card import hash_pictures

    photographs = read_class_folders(folder)
    shown = photographs.select(find_shown_half(read_people(people, list_pictures(folder))))
    return shown, hash_pictures(photographs.images)


def _list_learned(sources: _Sources, arguments: Namespace) -> "tuple[LearnedCard, ...]":
    """Pictures of other origin of this run, its start and its teachers: these may hand on what they learned."""
    from models.card import LearnedCard, hash_pictures
    from models.loading import check_model_folder

    learned = [LearnedCard(sha256=hash_pictures(faces.images), everybody=True) for _, faces in sources.folders]
    if sources.photographs_sha256 is not None:
        learned.append(LearnedCard(sha256=sources.photographs_sha256, everybody=False))
    before = [*([] if arguments.start is None else [arguments.start]), *arguments.teacher]
    for folder in before:
        learned += check_model_folder(folder).list_learned()
    return tuple(dict.fromkeys(learned))


def _prepare(
    recipe: "Recipe", sources: _Sources, training: "FaceSet", teachers: list[Path]
) -> "tuple[TrainingData, tuple[CleaningStep, ...]]":
    """Cleans the training pictures and makes the targets of each head."""
    import numpy as np

    from data.cleaning import clean_training
    from data.fer2013 import join_faces
    from models.training.trainer import TrainingData

    faces, photographs = sources.faces, sources.photographs
    validation = faces.with_usage("PublicTest")
    cleaned, cleaning = clean_training(training, faces.images[faces.usages != "Training"])
    pictures = cleaned if photographs is None else join_faces([cleaned, photographs])
    heads = _make_targets(recipe, pictures, sources.votes, teachers)
    count = 0 if photographs is None else len(photographs)
    return TrainingData(pictures, np.stack(heads, axis=1), validation, count), cleaning


def _make_targets(
    recipe: "Recipe", pictures: "FaceSet", votes: "Floats | None", teachers: list[Path]
) -> "list[Floats]":
    """The targets (n, 7) of each head."""
    from data.ferplus import blend_targets, compute_vote_shares
    from models.heads import Head
    from models.training.distillation import blend_teacher_probabilities

    targets = blend_targets(pictures, votes, vote_share=recipe.vote_share, smoothing=recipe.label_smoothing)
    heads = [targets, compute_vote_shares(pictures, votes)] if recipe.votes_head else [targets]
    if not teachers:
        return heads
    predicted = _predict_with_teachers(recipe, teachers, pictures)
    shares = (recipe.teacher_share, recipe.votes_teacher_share)
    temperatures = (recipe.teacher_temperature, 1.0)
    return [
        blend_teacher_probabilities(own, predicted[head], share=share, temperature=temperature)
        for own, head, share, temperature in zip(heads, Head, shares, temperatures, strict=False)
    ]


def _predict_with_teachers(recipe: "Recipe", folders: list[Path], faces: "FaceSet") -> "dict[Head, Floats]":
    """The teachers' mean probabilities (n, 7) of each head for the pictures and their mirror images.

    Raises SettingsError for a teacher without the votes that the recipe needs.
    """
    from models.evaluation.predictors import Ensemble
    from models.heads import Head, list_heads
    from models.loading import load_model

    networks = tuple(load_model(folder)[0] for folder in folders)
    if recipe.votes_teacher_share > 0 and not all(Head.VOTES in list_heads(network) for network in networks):
        raise SettingsError(f"the recipe {recipe.name} needs teachers with a votes head")
    return Ensemble(networks, flips=True).predict_heads(faces.images)


def _fit(recipe: "Recipe", data: "TrainingData", arguments: Namespace) -> object:
    """Trains or resumes in the folder's `run/`, and draws the learning curve beside the model."""
    from models.loading import load_model
    from models.training.event_log import log_events
    from models.training.learning_curve import draw_learning_curve
    from models.training.progress import show_progress
    from models.training.run_log import CURVE_NAME
    from models.training.trainer import Trainer

    folder = arguments.out / _RUN_FOLDER
    start = None if arguments.start is None else _read_start(recipe, arguments.start)
    teacher = load_model(arguments.teacher[0])[0] if recipe.hint_weight > 0 else None
    trainer = Trainer(recipe, data, folder, workers=arguments.workers, start=start, teacher=teacher)
    with show_progress(recipe.epochs) as watch:
        model: object = trainer.run(log_events(folder / _EVENTS_FOLDER, watch), resume=arguments.resume)
    draw_learning_curve(arguments.out / CURVE_NAME, trainer.log)
    return model


def _read_start(recipe: "Recipe", folder: Path) -> "list[Floats]":
    """The weights of the network in `folder`, with the heads that the recipe trains; deepened where it is shallower."""
    from models.architectures.deepening import deepen
    from models.architectures.graph import add_votes_head, select_head
    from models.architectures.registry import build_network
    from models.backend import keras
    from models.heads import Head, list_heads
    from models.loading import load_model

    network, card = load_model(folder)
    if card.architecture != recipe.architecture:
        keras.utils.set_random_seed(recipe.seed)  # of the further layers
        network = deepen(network, build_network(recipe.architecture))
    has_votes = Head.VOTES in list_heads(network)
    if recipe.votes_head and not has_votes:
        network = add_votes_head(network)
    elif has_votes and not recipe.votes_head:
        network = select_head(network, Head.LABELS)
    weights: list[Floats] = network.get_weights()
    return weights


def _describe_command(recipe: "Recipe", arguments: Namespace) -> str:
    """The command that reproduces the model, with file names only: a card does not show folders of a machine."""
    words = ["fer-desktop", "train", "--data", arguments.data.name]
    if arguments.votes is not None:
        words += ["--votes", arguments.votes.name]
    for option, paths in (("--folder", arguments.folder), ("--teacher", arguments.teacher)):
        for path in paths:
            words += [option, path.resolve().name]
    for option in ("photographs", "people", "start"):
        if (path := getattr(arguments, option)) is not None:
            words += [f"--{option}", path.resolve().name]
    words += ["--out", "FOLDER", "--recipe", recipe.name]
    if arguments.augmentation is not None:
        words += ["--augmentation", arguments.augmentation]
    return shlex.join([*words, "--epochs", str(recipe.epochs), "--seed", str(recipe.seed)])


def _describe_data(recipe: "Recipe", sources: _Sources, teachers: list[Path]) -> tuple[str, ...]:
    usages = sources.faces.usages
    training, validation = (int((usages == usage).sum()) for usage in ("Training", "PublicTest"))
    lines = [
        f"FER2013 (Goodfellow et al. 2013), part Training: {training:,} pictures",
        f"FER2013, part PublicTest: {validation:,} pictures for validation and model selection, not for training",
    ]
    if sources.votes is not None:
        lines.append(
            "FER+ (Barsoum et al. 2016): ten taggers' votes on the Training pictures, as a part of the labels' targets"
            + (" and as the targets of the votes" if recipe.votes_head else "")
        )
    lines += [f"folder {name}: {len(more):,} more training pictures" for name, more in sources.folders]
    if (photographs := sources.photographs) is not None:
        lines.append(f"{len(photographs):,} photographs from elsewhere, of half of the people, for the votes head only")
    if teachers:
        names = ", ".join(path.resolve().name for path in teachers)
        lines.append(f"probabilities of teacher networks ({names}) for the training pictures and their mirror images")
    if recipe.hint_weight > 0:
        lines.append(f"feature maps of {teachers[0].resolve().name} for the training pictures, as hints")
    return tuple(lines)


TRAIN: Final = Command("train", "train an expression network and write a complete model folder", _add_arguments, _run)
