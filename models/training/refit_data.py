"""The data of a refit: FER2013, FER+'s votes, and the photographs with who is on them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from data.class_folders import list_pictures, read_class_folders
from data.cleaning import clean_training
from data.fer2013 import FaceSet, one_hot, read_fer2013
from data.ferplus import compute_vote_shares, read_votes
from data.people import People, read_people
from fer_desktop.types import Floats
from models.evaluation.features import compute_features
from models.training.votes_refit import Examples, RefitExamples


@dataclass(frozen=True, slots=True, eq=False)
class RefitData:
    """`training`: FER2013's training pictures before cleaning; `votes` (rows, 7): FER+'s; `people` (n,): on each
    photograph.
    """

    training: FaceSet
    cleaned: FaceSet
    validation: FaceSet
    votes: Floats
    photographs: FaceSet
    people: People


def read_refit_data(csv: Path, votes: Path, *, folder: Path, people: Path) -> RefitData:
    """Reads and cleans the data; `folder` holds the photographs, `people` is their csv. Raises `DataError`."""
    photographs = read_class_folders(folder)
    people_shown = read_people(people, list_pictures(folder))
    faces, counts = read_fer2013(csv), read_votes(votes)
    training = faces.with_usage("Training")
    cleaned, _ = clean_training(training, faces.images[faces.usages != "Training"])
    return RefitData(training, cleaned, faces.with_usage("PublicTest"), counts, photographs, people_shown)


def make_examples(model: Any, data: RefitData) -> RefitExamples:
    """The pictures as the heads of `model` see them; of the photographs first these, then their mirror images."""
    photographs = data.photographs
    views = np.concatenate([photographs.images, photographs.images[:, :, ::-1]])

    def look_up(faces: FaceSet) -> Examples:
        return Examples(compute_features(model, faces.images), compute_vote_shares(faces, data.votes))

    of_photographs = Examples(compute_features(model, views), np.tile(one_hot(photographs.labels), (2, 1)))
    return RefitExamples(look_up(data.cleaned), of_photographs, look_up(data.validation))
