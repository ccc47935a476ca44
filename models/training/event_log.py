"""Writes a log for TensorBoard beside the csv, with the TensorFlow backend only, which installs TensorBoard."""

from pathlib import Path

from models.backend import keras
from models.training.run_log import StepReport, Watcher


def log_events(folder: Path, watch: Watcher) -> Watcher:
    """A watcher that writes each finished epoch's figures into `folder`, then calls `watch`."""
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
