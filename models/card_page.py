"""Renders a model card as the Markdown page `MODEL_CARD.md`."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from models.card import (
    ClassCard,
    EvaluationCard,
    HeadCard,
    ModelCard,
    OutsideCard,
    RefitCard,
    SummaryCard,
    TrainingCard,
    WeightedCard,
    write_card,
)
from models.heads import Head

PAGE_NAME: Final = "MODEL_CARD.md"

_VOTES_NOTE: Final = (
    "The head that the program shows, on the pictures for which more than half of FER+'s ten taggers chose the same "
    "expression. The calibration error covers all pictures: the distance of the probabilities from the taggers' shares."
)


_OUTSIDE_NOTE: Final = (
    "Pictures that are not FER2013's. Negative faces are found where any negative expression is predicted, neutral and "
    "happy ones where theirs is."
)
_UNSEEN_NOTE: Final = "The network was neither trained nor calibrated on them."
_FOLDS_NOTE: Final = (
    "The votes head was fitted to these pictures, the labels head was not. In the figures of the votes head each "
    "picture is therefore predicted by a head that was fitted without any picture of the same person, in {folds} folds."
)
_APART_NOTE: Final = " The network was trained on photographs of other people from the same source."

_CHANGES_NOTE: Final = (
    "Each row changes every picture in one way. Dark skin and glasses are imitated: what they show is how much the "
    "reading depends on brightness and on lines around the eyes, not how people with either are read."
)


def write_card_and_page(card: ModelCard, folder: Path) -> None:
    """Writes the card that the program reads and its page into a model folder."""
    write_card(card, folder)
    (folder / PAGE_NAME).write_text(render_card(card), encoding="utf-8")


def render_card(card: ModelCard) -> str:
    """The page `MODEL_CARD.md` with everything on the card."""
    sections = (
        [f"# {card.name} {card.version}", "", card.purpose],
        _render_facts(card),
        *(
            _render_evaluation(f"What most of ten people saw, FER2013 {part}", _VOTES_NOTE, figures, card.labels)
            for part, figures in card.votes.items()
        ),
        *(
            _render_evaluation(f"FER2013's labels, {part}", "", figures, card.labels)
            for part, figures in card.metrics.items()
        ),
        _render_outside(card),
        _render_robustness(card),
        _render_list("Known failures", card.known_failures),
        _render_list("Fairness", card.fairness),
        _render_list("Law and licence", (*card.law, card.licence)),
        _render_training(card),
        ["", "Written by `fer-desktop` from the card beside it; change neither by hand."],
    )
    return "\n".join(line for section in sections for line in section) + "\n"


def _render_facts(card: ModelCard) -> Iterator[str]:
    frame = card.input.frame
    places = ", ".join(f"{name.replace('_', ' ')} ({x:.2f}, {y:.2f})" for name, (x, y) in frame.model_dump().items())
    height, width, _ = card.input.shape
    yield from _render_table(
        ("", ""),
        [
            ("Input", f"{width} x {height} pixels, {card.input.colour}, {card.input.least:g} to {card.input.most:g}"),
            ("Face inside the crop", f"{places}, as shares of its side"),
            ("Preprocessing", card.preprocessing),
            ("Output", card.output),
            ("Expressions, in order", ", ".join(card.labels)),
            ("Network", f"{card.architecture}: {card.parameters:,} parameters, {card.macs / 1e6:.1f} M multiply-adds"),
            ("Weights", f"`{card.weights_file}`, {card.weights_bytes / 1e6:.1f} MB, SHA-256 `{card.weights_sha256}`"),
            *_list_quantised_row(card),
        ],
    )


def _list_quantised_row(card: ModelCard) -> Iterator[tuple[str, str]]:
    if (quantised := card.quantised) is not None:
        agreement = f"the same expression for {quantised.agreement:.1%} of the test pictures"
        size = f"{quantised.bytes / 1e6:.1f} MB"
        yield (
            "Quantised model for processors",
            f"`{quantised.file}`, eight-bit weights, {size}: {agreement}; SHA-256 `{quantised.sha256}`",
        )


def _render_evaluation(title: str, note: str, figures: EvaluationCard, labels: tuple[str, ...]) -> Iterator[str]:
    yield from ("", f"## {title}")
    if note:
        yield from ("", note)
    rows = [_format_summary("all pictures", figures)]
    if figures.without_copies is not None:
        rows.append(_format_summary("without copies of training pictures", figures.without_copies))
    headings = ("", "pictures", "accuracy", "95 % interval", "balanced accuracy", "macro F1", "calibration error")
    yield from _render_table(headings, rows)
    yield from _render_table(
        ("expression", "precision", "recall", "F1", "pictures"),
        _list_class_rows(figures),
    )
    yield from ("", "Confusion matrix, true expression (rows) by predicted expression (columns):")
    yield from _render_table(
        ("", *labels),
        [(label, *map(str, row)) for label, row in zip(labels, figures.confusion, strict=True)],
    )


def _list_class_rows(figures: EvaluationCard) -> list[tuple[str, ...]]:
    rows = [_format_class_row(name, of_class, of_class.support) for name, of_class in figures.per_class.items()]
    if figures.weighted is not None:
        rows.append(_format_class_row("weighted", figures.weighted, figures.n))
    return rows


def _format_class_row(name: str, figures: ClassCard | WeightedCard, pictures: int) -> tuple[str, ...]:
    return name, f"{figures.precision:.2f}", f"{figures.recall:.2f}", f"{figures.f1:.2f}", str(pictures)


def _format_summary(name: str, summary: SummaryCard) -> tuple[str, ...]:
    low, high = summary.accuracy_ci95
    return (
        name,
        f"{summary.n:,}",
        f"{summary.accuracy:.1%}",
        f"{low:.1%} to {high:.1%}",
        f"{summary.balanced_accuracy:.1%}",
        f"{summary.macro_f1:.3f}",
        f"{summary.ece:.3f}",
    )


def _render_outside(card: ModelCard) -> Iterator[str]:
    if card.outside:
        yield from ("", "## Outside FER2013", "", _OUTSIDE_NOTE)
    for measured in card.outside:
        yield from ("", f"{measured.pictures} ({measured.n:,} pictures). {_describe_folds(measured, card.refit)}")
        names = {head: f"{head}{', shown' if head is measured.shown else ''}" for head in measured.heads}
        found = ("negative found", "neutral found", "positive found", "their mean")
        yield from _render_table(
            ("head", "accuracy", "95 % interval", "balanced accuracy", *found, "calibration error", "Brier score"),
            [_format_head(names[head], figures) for head, figures in measured.heads.items()],
        )
        yield from _render_table(
            ("expression", *(f"recall, precision ({name})" for name in names.values()), "pictures"),
            _list_outside_classes(measured),
        )


def _describe_folds(measured: OutsideCard, refit: RefitCard | None) -> str:
    if measured.folds is None or refit is None:
        return _UNSEEN_NOTE
    by_folds = _FOLDS_NOTE.format(folds=measured.folds)
    return by_folds if measured.n == refit.photographs else by_folds + _APART_NOTE


def _format_head(name: str, figures: HeadCard) -> tuple[str, ...]:
    low, high = figures.accuracy_ci95
    valence = figures.valence
    shares = (valence.negative, valence.neutral, valence.positive, valence.mean)
    return (
        name,
        f"{figures.accuracy:.1%}",
        f"{low:.1%} to {high:.1%}",
        f"{figures.balanced_accuracy:.1%}",
        *("-" if share is None else f"{share:.1%}" for share in shares),
        f"{figures.ece:.3f}",
        f"{figures.brier:.3f}",
    )


def _list_outside_classes(measured: OutsideCard) -> Iterator[tuple[str, ...]]:
    heads: dict[Head, HeadCard] = measured.heads
    for name, shown in heads[measured.shown].per_class.items():
        of_class = (figures.per_class[name] for figures in heads.values())
        yield name, *(f"{one.recall:.2f}, {one.precision:.2f}" for one in of_class), str(shown.support)


def _render_robustness(card: ModelCard) -> Iterator[str]:
    """Cards of an earlier version have fewer columns."""
    rows = card.robustness
    columns: dict[str, list[float | None]] = {
        "FER2013's labels": [row.accuracy for row in rows],
        "majority vote": [row.votes_accuracy for row in rows],
        "neutral called negative": [row.neutral_called_negative for row in rows],
    }
    measured = {name: shares for name, shares in columns.items() if any(share is not None for share in shares)}
    if rows:
        yield from ("", "## The same pictures as in a video call")
        if "neutral called negative" in measured:
            yield from ("", _CHANGES_NOTE)
        changes = [row.change for row in rows]
        yield from _render_table(
            ("change", *measured), zip(changes, *map(_format_shares, measured.values()), strict=True)
        )


def _format_shares(shares: list[float | None]) -> list[str]:
    return ["-" if share is None else f"{share:.1%}" for share in shares]


def _render_training(card: ModelCard) -> Iterator[str]:
    training = card.training
    yield from ("", "## Training", "", "```", training.command, "```")
    yield from _render_bullets(
        (
            *training.data,
            f"{training.pictures:,} training pictures after cleaning; removed: "
            + ", ".join(f"{step.name} {step.removed:,}" for step in training.cleaning),
            *_list_learned(training),
            *_list_calibrations(training, card.labels),
        )
    )
    yield from ("", "The recipe:", "", "```json", json.dumps(training.recipe, indent=2), "```")
    if card.refit is not None:
        yield from _render_refit(card.refit)


def _render_refit(refit: RefitCard) -> Iterator[str]:
    yield from ("", "The votes head was then refitted on the same features:", "", "```", refit.command, "```", "")
    yield (
        f"- {refit.photographs:,} photographs of {refit.people:,} people, and their mirror images, beside the votes on "
        f"the training pictures; they are not shipped, and rights in them may be others'. The start's weights have the "
        f"SHA-256 `{refit.start_sha256}`"
    )
    if refit.settings.get("labels_adjustment"):
        yield "- The labels head's logits were adjusted to the shares of the classes, for the sake of rare expressions"
    yield from ("", "The settings:", "", "```json", json.dumps(refit.settings, indent=2), "```")


def _list_learned(training: TrainingCard) -> Iterator[str]:
    for learned in training.learned:
        people = "all" if learned.everybody else "those of half of the people"
        name = "not recorded" if learned.sha256 is None else f"`{learned.sha256}`"
        yield f"Learned from pictures from elsewhere ({people}), here or in a network before it; SHA-256 of all: {name}"


def _list_calibrations(training: TrainingCard, labels: tuple[str, ...]) -> Iterator[str]:
    def describe(name: str, temperature: float, offsets: tuple[float, ...]) -> str:
        values = ", ".join(f"{label} {value:+.2f}" for label, value in zip(labels, offsets, strict=True))
        return (
            f"Calibration of the {name}, fitted on PublicTest and part of the weights: temperature {temperature:.3f}, "
            f"class offsets {values}"
        )

    yield describe("labels", training.temperature, training.class_offsets)
    if training.votes_temperature is not None and training.votes_offsets is not None:
        yield describe("votes", training.votes_temperature, training.votes_offsets)


def _render_list(heading: str, lines: Iterable[str]) -> Iterator[str]:
    yield from ("", f"## {heading}")
    yield from _render_bullets(lines)


def _render_bullets(lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield from (f"- {line}" for line in lines)


def _render_table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield ""
    for row in (headings, ("---",) * len(headings), *rows):
        yield f"| {' | '.join(row)} |"
