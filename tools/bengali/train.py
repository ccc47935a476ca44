"""Trains the network that reads lines of Bengali text, on drawn labels, and exports it for LiteRT.

    python -m tools.bengali.train --fonts FOLDER --other-fonts FOLDER --words FILE --out FOLDER [--hours 1]
                                  [--names FILE] [--left-out FILE]

`--fonts`: Bengali fonts; `--other-fonts`: Noto's fonts of other scripts; `--words`: a word list, one a line; `--names`:
names, parted by spaces; `--left-out`: words that are never drawn, parted by spaces, lines or "|". What the
shipped network was trained with: `fer_desktop/vision/names/shipped/MODEL_CARD.md`. It goes on from the last checkpoint
in the output folder.
"""

import argparse
import itertools
import math
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from pathlib import Path
from queue import Empty
from typing import Any, Final

import numpy as np

from fer_desktop.types import Image
from fer_desktop.vision.names.bengali_network import GROUND, LINE_SIZE
from fer_desktop.vision.names.bengali_signs import SIGNS
from tools.bengali.lines import Line, Lines
from tools.bengali.model import CONTRAST, export, make_network
from tools.bengali.texts import Texts

_WIDTHS: Final = (128, 192, 256, 320, LINE_SIZE[0])
"""Lines are trained in batches of about the same width: little is spent on what stands behind them."""
_BATCH_COLUMNS: Final = 48 * 192
"""Of the pictures of a batch together."""
_STEP_PX: Final = 4
_LONGEST_STEP_S: Final = 10.0
"""Of a longer one, as where the computer sleeps, only this counts."""
_STEPS_A_MEAN: Final = 10
_SHOWN_EVERY_S: Final = 20.0
_KEPT_EVERY_S: Final = 120.0
_LOOK_EVERY_S: Final = 10.0
_CODE: Final = {sign: code for code, sign in enumerate(SIGNS, start=1)}


@dataclass(frozen=True, slots=True)
class Settings:
    """Of one training. `names`, `left_out`: text files of words to write and of words never to write."""

    fonts: Path
    other_fonts: Path
    words: Path
    names: Path
    left_out: Path | None
    out: Path
    hours: float
    peak_rate: float = 2e-3
    renderers: int = 1
    threads: int = 2
    uses: int = 3
    """How often a drawn line is shown."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """`pictures`: (lines, height, width) levels. `codes`: the signs of each line, 1 is the first of `SIGNS`."""

    pictures: Image
    codes: Sequence[Sequence[int]]


def _gather(lines: Iterator[Line]) -> Iterator[Batch]:
    """Batches of lines of about the same width."""
    waiting: dict[int, list[Line]] = {width: [] for width in _WIDTHS}
    for line in lines:
        width = next(each for each in _WIDTHS if line.picture.shape[1] <= each)
        if not has_step_for_each(line):
            continue
        waiting[width].append(line)
        if len(waiting[width]) * width >= _BATCH_COLUMNS:
            yield _join(waiting[width], width)
            waiting[width] = []


def has_step_for_each(line: Line) -> bool:
    """Whether there is a step for each sign, and for the blank between two that are alike."""
    needed = len(line.signs) + sum(one == other for one, other in itertools.pairwise(line.signs))
    return needed < line.picture.shape[1] / _STEP_PX


def _join(lines: Sequence[Line], width: int) -> Batch:
    pictures = np.full((len(lines), LINE_SIZE[1], width), GROUND, np.uint8)
    for picture, line in zip(pictures, lines, strict=True):
        picture[:, : line.picture.shape[1]] = line.picture
    return Batch(pictures, [[_CODE[sign] for sign in line.signs] for line in lines])


def _render(settings: Settings, seed: int, queue: "Queue[Batch]") -> None:
    left_out = settings.left_out.read_text(encoding="utf-8").replace("|", " ").split() if settings.left_out else ()
    texts = Texts(settings.names, settings.words, left_out, seed)
    fonts = sorted(path for path in settings.fonts.iterdir() if path.suffix in (".ttf", ".otf", ".woff"))
    for batch in _gather(iter(Lines(texts, fonts, settings.other_fonts, seed))):
        queue.put(batch)


class Training:
    """Trains until the time is over; what it has is kept every few minutes."""

    def __init__(self, settings: Settings) -> None:
        import keras
        import tensorflow as tf

        self._settings = settings
        self._tf: Any = tf
        self._network = make_network()
        self._optimizer = keras.optimizers.AdamW(settings.peak_rate, weight_decay=1e-3, clipnorm=2.0)
        self._optimizer.build(self._network.trainable_variables)
        self._averages = [np.array(weights) for weights in self._network.get_weights()]
        self._seconds = 0.0
        self._lines = 0
        shapes = (
            tf.TensorSpec((None, LINE_SIZE[1], None), tf.uint8),
            tf.SparseTensorSpec((None, None), tf.int32),
        )
        self._update = tf.function(self._make_update(), input_signature=shapes)
        self._restore()

    def _make_update(self) -> Any:
        tf = self._tf

        def update(pictures: Any, labels: Any) -> Any:
            values = (tf.cast(pictures, tf.float32)[..., None] - GROUND) / CONTRAST
            with tf.GradientTape() as tape:
                logits = tf.transpose(self._network(values, training=True), (1, 0, 2))
                steps = tf.fill((tf.shape(pictures)[0],), tf.shape(logits)[0])
                losses = tf.nn.ctc_loss(labels, logits, None, steps, blank_index=0)
                loss = tf.reduce_mean(losses)
            gradients = tape.gradient(loss, self._network.trainable_variables)
            self._optimizer.apply_gradients(zip(gradients, self._network.trainable_variables, strict=True))
            return loss

        return update

    def run(self, batches: Iterator[Batch]) -> Sequence[Any]:
        """Trains until the time is over; the mean weights of the last part."""
        losses: list[float] = []
        before = kept = shown = time.monotonic()
        for step in itertools.count():
            if self._seconds >= self._settings.hours * 3600:
                break
            batch = next(batches)
            self._optimizer.learning_rate.assign(self._find_rate())
            losses.append(float(self._update(batch.pictures, self._to_sparse(batch.codes))))
            self._lines += len(batch.codes)
            now = time.monotonic()
            self._seconds += min(_LONGEST_STEP_S, now - before)
            before = now
            if step % _STEPS_A_MEAN == 0:
                self._average()
            if now - shown > _SHOWN_EVERY_S:
                shown = now
                sys.stdout.write(f"{self._seconds:.0f} s, {self._lines} lines: loss {np.mean(losses[-200:]):.3f}\n")
                sys.stdout.flush()
            if now - kept > _KEPT_EVERY_S:
                kept = now
                self._keep()
        self._keep()
        return self._averages

    def _find_rate(self) -> float:
        """Rises for the first lines, then falls to a hundredth by the end of the time that the training has."""
        share = min(1.0, self._seconds / (self._settings.hours * 3600))
        rise = min(1.0, (self._lines + 100) / 10_000)
        return self._settings.peak_rate * rise * max(0.01, 0.5 + 0.5 * math.cos(math.pi * share))

    def _to_sparse(self, codes: Sequence[Sequence[int]]) -> Any:
        return self._tf.RaggedTensor.from_row_splits(
            np.array([code for line in codes for code in line], np.int32),
            np.cumsum([0, *(len(line) for line in codes)]),
        ).to_sparse()

    def _average(self) -> None:
        decay = min(0.98, 1 - 10 / (10 + self._lines / 500))
        for average, weights in zip(self._averages, self._network.get_weights(), strict=True):
            average += (1 - decay) * (weights - average)

    def _keep(self) -> None:
        arrays = {f"n{i}": w for i, w in enumerate(self._network.get_weights())}
        arrays |= {f"o{i}": np.array(v) for i, v in enumerate(self._optimizer.variables)}
        arrays |= {f"a{i}": w for i, w in enumerate(self._averages)}
        new = self._settings.out / "checkpoint.new.npz"
        np.savez(new, **arrays, progress=np.array([self._seconds, self._lines]))
        new.replace(self._settings.out / "checkpoint.npz")

    def _restore(self) -> None:
        path = self._settings.out / "checkpoint.npz"
        if not path.exists():
            return
        with np.load(path) as kept:
            self._network.set_weights([kept[f"n{i}"] for i in range(len(self._averages))])
            self._averages = [kept[f"a{i}"] for i in range(len(self._averages))]
            for i, variable in enumerate(self._optimizer.variables):
                variable.assign(kept[f"o{i}"])
            self._seconds, self._lines = float(kept["progress"][0]), int(kept["progress"][1])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fonts", type=Path, required=True)
    parser.add_argument("--other-fonts", type=Path, required=True)
    parser.add_argument("--words", type=Path, required=True)
    parser.add_argument("--names", type=Path, default=Path(__file__).with_name("names.txt"))
    parser.add_argument("--left-out", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hours", type=float, default=1.0)
    settings = Settings(**vars(parser.parse_args(arguments)))
    settings.out.mkdir(parents=True, exist_ok=True)
    context = get_context("spawn")
    queue: Queue[Batch] = context.Queue(maxsize=60)
    seeds = np.random.SeedSequence().generate_state(settings.renderers)
    renderers = [context.Process(target=_render, args=(settings, int(seed), queue), daemon=True) for seed in seeds]
    for renderer in renderers:
        renderer.start()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(settings.threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    import keras

    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    weights = Training(settings).run(_take(queue, renderers, settings.uses))
    export(weights, settings.out / "bengali.tflite")
    for renderer in renderers:
        renderer.terminate()


def _take(queue: "Queue[Batch]", renderers: Sequence[BaseProcess], uses: int) -> Iterator[Batch]:
    """Each batch so often, at different times. Raises RuntimeError once no process draws any."""
    pool: list[Batch] = []
    rng = np.random.default_rng()
    while True:
        fresh = _wait_for(queue, renderers)
        yield fresh
        for _ in range(uses - 1):
            pool.append(fresh)
            if len(pool) > 100:
                yield pool.pop(rng.integers(len(pool)))


def _wait_for(queue: "Queue[Batch]", renderers: Sequence[BaseProcess]) -> Batch:
    while True:
        try:
            return queue.get(timeout=_LOOK_EVERY_S)
        except Empty:
            if not any(renderer.is_alive() for renderer in renderers):
                raise RuntimeError("no process draws lines any more: see above for why it ended") from None


if __name__ == "__main__":
    main()
