"""Recipes, learning rate and class weights."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from fer_desktop.errors import SettingsError
from models.architectures.registry import ARCHITECTURES
from models.card import read_card
from models.loading import SHIPPED_FOLDER
from models.training.recipes import RECIPES, Recipe, get_recipe
from models.training.schedule import compute_class_weights, compute_learning_rate, weigh_pictures


def test_a_recipe_is_found_by_its_name() -> None:
    assert all(get_recipe(name).name == name for name in RECIPES)
    with pytest.raises(SettingsError, match=r"no recipe 'best'; known are: fernet, "):
        get_recipe("best")


@pytest.mark.parametrize(
    "change",
    [
        {"epochs": 0},
        {"batch_size": 0},
        {"average_every": 0},
        {"average_decay": 1.0},
        {"label_smoothing": 1.0},
        {"vote_share": 1.1},
        {"start_share": 1.0, "begins_trained": True},
        {"start_share": 0.3},
        {"teacher_share": -0.1},
        {"teacher_temperature": 0.0},
        {"votes_head": True, "votes_teacher_share": 1.1},
        {"votes_teacher_share": 0.5},
        {"votes_head": True, "photograph_share": 1.0},
        {"votes_head": True, "photograph_share": 0.1, "mixup_alpha": 0.2},
        {"photograph_share": 0.1},
        {"optimizer": "lion"},
        {"hint_weight": -1.0, "teacher_share": 0.5},
        {"hint_weight": 1.0},
    ],
)
def test_an_impossible_recipe_is_refused(change: dict[str, float]) -> None:
    with pytest.raises(SettingsError):
        Recipe("odd", **change)  # type: ignore[arg-type]  # deliberately


def test_equal_recipes_have_equal_text() -> None:
    assert Recipe("a").to_json() == Recipe("a").to_json()
    assert Recipe("a").to_json() != replace(Recipe("a"), seed=2).to_json()


def test_every_recipe_builds_a_known_network() -> None:
    assert {recipe.architecture for recipe in RECIPES.values()} == set(ARCHITECTURES)


def test_a_run_of_an_earlier_version_can_be_resumed() -> None:
    recipe = get_recipe("fernet")
    earlier = json.loads(recipe.to_json())
    for newer in ("average_every", "teacher_share", "teacher_temperature", "optimizer", "hint_weight"):
        del earlier[newer]
    del earlier["augmentation"]["gamma_chance"]
    assert recipe.matches_json(json.dumps(earlier))
    assert not replace(recipe, teacher_share=0.5).matches_json(json.dumps(earlier))
    assert not recipe.matches_json(json.dumps(earlier | {"seed": 2}))


def test_the_shipped_networks_recipe_has_not_changed() -> None:
    recorded = read_card(SHIPPED_FOLDER).training.recipe
    recipe = replace(get_recipe(str(recorded["name"])), start_sha256=str(recorded["start_sha256"]))
    assert recipe.matches_json(json.dumps(recorded))


def test_the_rate_warms_up_linearly_and_decays_along_a_cosine() -> None:
    def rate(progress: float) -> float:
        return compute_learning_rate(progress, peak=0.2, warmup=0.1)

    assert rate(0.0) == pytest.approx(0.01)
    assert rate(0.05) == pytest.approx((0.01 + 0.2) / 2)
    assert rate(0.1) == pytest.approx(0.2)
    assert rate(0.55) == pytest.approx(0.1)
    assert rate(1.0) == pytest.approx(0.0)
    assert math.isclose(rate(0.325), 0.2 * 0.5 * (1 + math.cos(math.pi / 4)))


def test_class_weights_follow_the_power_and_have_mean_one() -> None:
    labels = np.array([0] * 8 + [1] * 2, np.uint8)
    assert compute_class_weights(labels, power=0.0)[:2] == pytest.approx([1, 1])
    full = compute_class_weights(labels, power=1.0)
    assert full[:2] == pytest.approx([10 / 16, 10 / 4])  # both classes weigh as much as 5 pictures
    tempered = compute_class_weights(labels, power=0.5)
    assert tempered[1] / tempered[0] == pytest.approx(2.0)
    for weights in (full, tempered):
        assert weights[labels].mean() == pytest.approx(1.0)
        assert weights[2:].tolist() == [0] * 5


def test_rare_classes_weigh_more_in_the_labels_head_alone() -> None:
    labels = np.array([0] * 8 + [1] * 2, np.uint8)
    weights = weigh_pictures(labels, heads=2, power=1.0)
    assert weights[:, 0] == pytest.approx(compute_class_weights(labels, power=1.0)[labels])
    assert weights[:, 1] == pytest.approx(np.ones(10))


def test_photographs_have_their_share_of_the_votes_head_and_none_of_the_labels_head() -> None:
    labels = np.array([0] * 30 + [0] * 4 + [6], np.uint8)  # the last five are photographs
    weights = weigh_pictures(labels, heads=2, power=0.0, photographs=5, photograph_share=0.25)
    assert weights[:30] == pytest.approx(np.ones((30, 2)))
    assert weights[30:, 0].tolist() == [0] * 5
    assert weights[30:, 1].sum() / weights[:, 1].sum() == pytest.approx(0.25)
    assert weights[34, 1] == pytest.approx(2 * weights[30, 1]), "four times as rare: twice the weight"
