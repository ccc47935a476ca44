"""Keeps TensorBoard's log beside the csv, where TensorFlow is the backend: it brings TensorBoard along."""

from pathlib import Path

from models.backend import keras
from models.training.training import StepReport, Watcher


def log_events(folder: Path, watch: Watcher) -> Watcher:
    """A watcher that also writes each finished epoch's figures into `folder`, then hands on to `watch`."""
    if keras.backend.backend() != "tensorflow":
        return watch
    from models.backend import tf

    writer = tf.summary.create_file_writer(str(folder))

    def watch_and_log(report: StepReport) -> None:
        if (line := report.epoch_log) is not None:
            with writer.as_default(step=line.epoch + 1):
                for name in ("learning_rate", "loss", "accuracy", "seconds"):
                    tf.summary.scalar(name, getattr(line, name))
            writer.flush()
        watch(report)

    return watch_and_log
