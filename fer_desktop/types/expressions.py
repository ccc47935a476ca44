"""The seven expressions, the mood that follows from them, and the picture that the classifier reads."""

from enum import StrEnum
from typing import Final

from fer_desktop.types.arrays import Floats


class Expression(StrEnum):
    """The seven classes of FER2013, in the order of its labels 0 to 6 and of every probability vector."""

    ANGRY = "angry"
    DISGUST = "disgust"
    FEAR = "fear"
    HAPPY = "happy"
    SAD = "sad"
    SURPRISE = "surprise"
    NEUTRAL = "neutral"


EXPRESSIONS: Final = tuple(Expression)
NEGATIVE_EXPRESSIONS: Final = (Expression.ANGRY, Expression.DISGUST, Expression.FEAR, Expression.SAD)

UNCERTAIN_EXPRESSIONS: Final = (Expression.FEAR, Expression.DISGUST)
"""Those that the shipped network was tested on with fewer than 100 faces, and that it often misses (docs/adr/0036)."""

STACK_ORDER: Final = (
    Expression.HAPPY,
    Expression.SURPRISE,
    Expression.NEUTRAL,
    Expression.SAD,
    Expression.FEAR,
    Expression.ANGRY,
    Expression.DISGUST,
)
"""How expressions are listed and stacked everywhere: from bright to heavy, most frequent near the top."""

BALANCED_MOOD: Final = 0.1
CLEAR_MOOD: Final = 0.35
"""Of the absolute mood: below the first it is called balanced, below the second slightly positive or negative."""

FACE_CROP_SIZE_PX: Final = 48
"""Side of the grey square that the classifier reads: the size of a FER2013 picture."""

FER2013_KEYPOINTS: Final = ((0.32, 0.40), (0.69, 0.40), (0.51, 0.60), (0.51, 0.78))
"""Where a FER2013 picture has the eye at its left, the eye at its right, the nose tip and the mouth, as shares of its
side: medians of MediaPipe's keypoints on 1,450 training pictures."""


def mood_of(probabilities: Floats) -> Floats:
    """The mood, -1 to 1, of (..., 7) probabilities: happy - (angry + disgust + fear + sad); NaN where they are NaN."""
    negative = probabilities[..., [EXPRESSIONS.index(name) for name in NEGATIVE_EXPRESSIONS]].sum(axis=-1)
    mood: Floats = probabilities[..., EXPRESSIONS.index(Expression.HAPPY)] - negative
    return mood
