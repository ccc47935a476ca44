"""Recorded classes and single pictures, through the command line."""

import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main
from fer_desktop.errors import SourceError
from fer_desktop.messages import Message, MessageKey, load_language
from fer_desktop.settings import Settings, save_settings
from fer_desktop.simulation.drawing import draw_scene, truth_at
from fer_desktop.simulation.script import make_script
from fer_desktop.storage.store import open_store
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Frame
from tests.e2e.program import ROOT, run_json, run_program
from tests.fakes import ScriptedSource
from tests.unit.recording.material import write_class
from tests.unit.storage.lessons import new_session

SIZE = 1280, 720
CAMERA_OFF_S = 4.0
"""When one camera of the script below is off."""


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def share_found(truth: list[dict[str, Any]], frames: list[dict[str, Any]]) -> float:
    """The share of true face boxes that a found one overlaps."""
    hits = expected = 0
    for true, frame in zip(truth, frames, strict=True):
        found = [Box(*face["box"]) for face in frame["faces"]]
        boxes = [Box(*tile["face"]) for tile in true["tiles"] if tile["face"]]
        expected += len(boxes)
        hits += sum(any(box.iou(other) > 0.3 for other in found) for box in boxes)
    return hits / expected


def test_every_frame_of_the_simulated_class_is_analysed_and_described(tmp_path: Path) -> None:
    out = tmp_path / "frames.jsonl"
    summary = run_json(
        "analyze", "simulated:students=9,seconds=4,seed=3", "--fps", "5", "--db", f"sqlite:///{tmp_path}/a.sqlite",
        "--frames", out,
    )  # fmt: skip
    frames = read_lines(out)
    assert (summary["frames"], summary["dropped"], len(frames)) == (20, 0, 20)
    assert summary["students"] == 9
    assert [frame["frame"] for frame in frames] == list(range(20))
    first = frames[0]
    assert set(first) == {"frame", "time", "width", "height", "tiles", "faces"}
    assert set(first["tiles"][0]) == {"box", "name", "camera_on", "presence"}
    face = first["faces"][0]
    assert set(face) == {"box", "score", "tile", "student", "name", "expression", "probabilities"}
    assert sum(face["probabilities"].values()) == pytest.approx(1, abs=0.01)
    assert face["expression"] == max(face["probabilities"], key=face["probabilities"].get)


def test_students_are_counted_as_in_the_list_of_sessions(tmp_path: Path) -> None:
    """Also the one whose camera is off from the beginning to the end, of whom no face is read."""
    script, folder = make_script(students=16, seconds=120, seed=3), tmp_path / "class"
    folder.mkdir()
    for number in range(3):
        cv2.imwrite(str(folder / f"{number}.png"), draw_scene(script, CAMERA_OFF_S, *SIZE))
    assert sum(tile.face is None for tile in truth_at(script, CAMERA_OFF_S, *SIZE)) == 1
    url = f"sqlite:///{tmp_path}/a.sqlite"
    summary = run_json("analyze", folder, "--place", "IN", "--db", url)
    (listed,) = run_json("sessions", "--db", url)
    assert (summary["students"], listed["students"]) == (16, 16)


def test_the_backup_of_the_day_is_made_when_a_recording_was_analysed(tmp_path: Path) -> None:
    """The last of those that record at the same time makes it."""
    url = f"sqlite:///{tmp_path}/a.sqlite"
    command = ("analyze", "simulated:students=2,seconds=2,seed=3", "--fps", "2", "--db", url)
    with open_store(url) as store:
        writer = store.begin_session(new_session())
        assert run_program(*command).returncode == 0
        assert store.copies.list_backups() == []
        writer.close()
        for _ in range(2):
            finished = run_program(*command)
            assert finished.returncode == 0
            assert "backup" not in finished.stderr
            (backup,) = store.copies.list_backups()
    with open_store(str(backup.path)) as copy:
        assert len(copy.list_sessions()) == 3


def test_a_picture_is_described_as_a_frame_is(tmp_path: Path) -> None:
    script = make_script(students=16, seconds=10, seed=5)
    picture = tmp_path / "class.png"
    cv2.imwrite(str(picture), draw_scene(script, 0.0, *SIZE))
    line = run_json("detect", picture, "--place", "IN")
    truth = truth_at(script, 0.0, *SIZE)
    assert line["image"] == str(picture)
    assert (line["width"], line["height"], len(line["tiles"])) == (*SIZE, 16)
    boxes = [Box(*tile["box"]) for tile in line["tiles"]]
    assert all(any(tile.box.iou(box) > 0.8 for box in boxes) for tile in truth)
    assert len(line["faces"]) == sum(tile.face is not None for tile in truth)


def test_in_the_eu_faces_are_found_and_no_expression_is_read(tmp_path: Path) -> None:
    picture = tmp_path / "class.png"
    cv2.imwrite(str(picture), draw_scene(make_script(students=4, seconds=10, seed=5), 0.0, *SIZE))
    done = run_program("detect", picture, "--json", "--place", "de")
    faces = json.loads(done.stdout)["faces"]
    assert faces
    assert {face["expression"] for face in faces} == {None}
    assert done.stderr.count("\n") == 1
    assert "Article 5(1)(f)" in done.stderr


def test_without_a_place_expressions_are_off_and_one_line_says_how_to_set_it(tmp_path: Path) -> None:
    picture = write_pictures(tmp_path)["no face"]
    done = run_program("analyze", picture, "--json", "--db", f"sqlite:///{tmp_path}/s.sqlite", TZ="Asia/Kolkata")
    assert done.returncode == 0
    assert json.loads(done.stdout)["expressions_on"] is False
    assert done.stderr.count("\n") == 1
    assert "--place CC" in done.stderr


def test_an_analysis_belongs_to_no_course_that_it_does_not_name(tmp_path: Path) -> None:
    """The settings hold the course of the last lesson in the window, of another class perhaps."""
    (tmp_path / "home").mkdir(exist_ok=True)
    save_settings(Settings(course="Physics 101"))
    picture, url = write_pictures(tmp_path)["no face"], f"sqlite:///{tmp_path}/s.sqlite"
    run_json("analyze", picture, "--db", url)
    assert [session["course"] for session in run_json("sessions", "--db", url)] == [""]


def test_a_recording_that_is_only_called_simulated_is_no_simulation(tmp_path: Path) -> None:
    folder = tmp_path / "simulated-lesson"
    folder.mkdir()
    cv2.imwrite(str(folder / "class.png"), draw_scene(make_script(students=4, seconds=10, seed=5), 0.0, *SIZE))
    summary = run_json("analyze", folder, "--place", "FR", "--db", f"sqlite:///{tmp_path}/s.sqlite")
    assert not summary["expressions_on"]


def test_with_class_totals_no_single_student_is_written(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(exist_ok=True)
    save_settings(Settings(aggregate_only=True))
    out = tmp_path / "frames.jsonl"
    done = run_program("analyze", "simulated:students=6,seconds=2", "--frames", out)
    assert (done.returncode, out.exists()) == (2, False)
    assert "class totals only" in done.stderr
    summary = run_json("analyze", "simulated:students=6,seconds=2", "--db", f"sqlite:///{tmp_path}/a.sqlite")
    assert summary["students"] is None


def test_readable_pictures_are_printed_before_the_error_of_the_others(tmp_path: Path) -> None:
    good = write_pictures(tmp_path)["no face"]
    done = run_program("detect", tmp_path / "missing.png", good, "--json", "--place", "IN")
    assert done.returncode == 2
    assert json.loads(done.stdout)["image"] == str(good)
    assert done.stderr.count("\n") == 1


def test_what_was_skipped_is_reported_in_the_users_language(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(exist_ok=True)
    save_settings(Settings(language="hi"))
    folder = tmp_path / "lesson"
    folder.mkdir()
    write_pictures(folder)
    (folder / "notes.txt").write_text("no picture")
    done = run_program("analyze", folder, "--json", "--place", "IN", "--db", f"sqlite:///{tmp_path}/s.sqlite")
    skipped = Message(MessageKey.PICTURES_SKIPPED, n=1, name="lesson")
    assert done.stderr == f"fer-desktop: {load_language('hi').render(skipped)}\n"


def write_pictures(folder: Path) -> dict[str, Path]:
    pictures = {
        "no face": np.full((480, 640, 3), 90, np.uint8),
        "one pixel": np.zeros((1, 1, 3), np.uint8),
        "wide": np.full((200, 10_000, 3), 90, np.uint8),
        "grey": np.full((480, 640), 90, np.uint8),
        "alpha": np.full((480, 640, 4), 90, np.uint8),
    }
    paths = {name: folder / f"{name}.png" for name in pictures}
    for name, picture in pictures.items():
        cv2.imwrite(str(paths[name]), picture)
    return paths


def test_pictures_of_any_kind_without_a_face_have_no_faces(tmp_path: Path) -> None:
    paths = write_pictures(tmp_path)
    done = run_program("detect", *paths.values(), "--json", "--place", "IN")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["image"], line["faces"]) for line in lines] == [(str(path), []) for path in paths.values()]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["analyze", "missing.mp4"], "there is no file"),
        (["analyze", "EMPTY"], "is empty"),
        (["analyze", "TEXT"], "cannot be read as a video"),
        (["detect", "missing.png"], "there is no picture"),
        (["detect", "TEXT"], "no picture that can be read"),
        (["detect", "PICTURE", "--place", "Narnia"], "no country code"),
        (["analyze", "screen:0x0+0+0"], "has no size"),
        (["analyze", "TEXT", "--fps", "0"], "--fps"),
        (["analyze", "PICTURE", "--db", "sqlite:////proc/nowhere/x.sqlite"], "/proc/nowhere"),
        (["analyze", "PICTURE", "--frames", "/proc/nowhere/frames.jsonl"], "/proc/nowhere"),
        (["demo", "--students", "0"], "1 to 98 students"),
        (["demo", "--students", "99"], "1 to 98 students"),
        (["bench", "--size", "large"], "no size"),
        (["bench", "--live", "0"], "--live 20"),
        (["bench", "--live", "5", "--peers"], "--peers without --live"),
        (["bench", "--recording", "1"], "--recording 180"),
        (["bench", "--recording", "9", "--live", "9"], "--live or --recording"),
        (["bench", "--recording", "9", "--workers", "0"], "--workers 0"),
        (["export", "99", "--format", "csv", "-o", "out.csv"], "no lesson 99"),
        (["delete", "99"], "no lesson 99"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_is_one_line_that_says_what_to_do_and_exit_code_2(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    files = {"EMPTY": tmp_path / "empty.mp4", "TEXT": tmp_path / "text.mp4", "PICTURE": tmp_path / "picture.png"}
    files["EMPTY"].touch()
    files["TEXT"].write_text("this is no video")
    cv2.imwrite(str(files["PICTURE"]), np.full((480, 640, 3), 90, np.uint8))
    done = run_program(*[files.get(argument, argument) for argument in arguments])
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("fer-desktop: ")
    assert done.stderr.count("\n") == 1
    assert words in done.stderr


def test_a_missing_display_is_reported(tmp_path: Path) -> None:
    done = run_program("demo", "--seconds", "5", DISPLAY="", WAYLAND_DISPLAY="")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "no display" in done.stderr


def test_bench_gives_its_figures() -> None:
    figures = run_json("bench", "--faces", "9", "--size", "1280x720", "--frames", "3")
    assert figures["faces"] == 9
    assert set(figures["stages_ms"]) == {"tiles", "identity", "faces", "expressions"}
    assert figures["frame_ms"]["p50"] <= figures["frame_ms"]["p95"]
    assert figures["cpu_seconds_per_frame"] > 0
    assert figures["peak_rss_mb"] > 100


def test_bench_gives_the_figures_of_the_live_path() -> None:
    figures = run_json("bench", "--live", "2", "--faces", "9", "--size", "1280x720")
    assert figures["faces"] == 9
    assert figures["cpu_s"] > 0
    assert "inference" in figures["cpu_s_by_thread"]
    assert 0 < figures["latency_ms"]["p50"] <= figures["latency_ms"]["p95"]
    assert 1 <= figures["captured"] <= 11
    assert 0 < figures["read"] <= 1
    assert set(figures["looks"]) == {"looked", "waiting", "unchanged"}
    assert sum(figures["looks"].values()) == pytest.approx(1, abs=0.001)


def test_bench_gives_the_figures_of_a_recording() -> None:
    figures = run_json("bench", "--recording", "8", "--faces", "9", "--size", "1280x720", "--workers", "2")
    assert (figures["faces"], figures["frames"], figures["workers"]) == (9, 16, 1)
    assert figures["times_real_time"] == pytest.approx(figures["recorded_s"] / figures["took_s"], abs=0.01)
    assert 0 < figures["in_order_cpu_s"] < figures["cpu_s"]
    assert set(figures["stages"]) == {"tiles", "identity", "faces", "expressions"}
    assert sum(figures["stages"].values()) == pytest.approx(1, abs=0.01)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("style", ["zoom", "meet"])
def test_a_video_of_photographed_students_is_read_frame_by_frame(
    tmp_path: Path, shared_folder: Path, style: str
) -> None:
    video, out = tmp_path / "class.mp4", tmp_path / "frames.jsonl"
    subprocess.run(
        [
            sys.executable, shared_folder / "tools" / "gallery_sim.py", "video", video, "--faces",
            shared_folder / "data" / "faces", "--students", "30", "--style", style, "--seed", "11", "--seconds", "6",
        ],
        check=True,
    )  # fmt: skip
    summary = run_json("analyze", video, "--frames", out, "--place", "IN", "--db", f"sqlite:///{tmp_path}/v.sqlite")
    truth = read_lines(Path(f"{video}.jsonl"))
    assert summary["frames"] == len(truth)
    assert share_found(truth, read_lines(out)) >= 0.95


def test_what_a_locked_database_does_not_take_is_rescued_and_reported(tmp_path: Path) -> None:
    database = tmp_path / "a.sqlite"
    open_store(str(database)).close()
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        done = run_program(
            "analyze", "simulated:students=2,seconds=3,seed=3", "--fps", "1", "--db", database, "--json"
        )  # fmt: skip
    finally:
        other.close()
    assert done.returncode == 3
    summary = json.loads(done.stdout)
    assert (summary["session"], summary["seconds"], summary["kept_seconds"], summary["rescued_seconds"]) == (
        None, 3, 0, 3,
    )  # fmt: skip
    assert "Kept in " in done.stderr
    (session,) = run_json("sessions", "--db", database, "--json")
    assert session["seconds"] == 3


def test_a_recording_that_breaks_off_is_an_interrupted_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    frames = [Frame(index, index / 2, np.full((48, 64, 3), 90, np.uint8)) for index in range(6)]
    source = ScriptedSource([*frames, SourceError("the disk was pulled out")])
    monkeypatch.setattr("fer_desktop.capture.open_source.open_source", lambda *_, **__: source)
    arguments = ["analyze", "lesson.mp4", "--db", str(tmp_path / "a.sqlite"), "--place", "US", "--json"]
    monkeypatch.setattr(sys, "argv", ["fer-desktop", *arguments])
    assert main.main() == 4
    output = capsys.readouterr()
    summary = json.loads(output.out)
    assert (summary["interrupted"], summary["kept_seconds"]) == (True, summary["seconds"])
    assert "the disk was pulled out" in output.err
    with open_store(str(tmp_path / "a.sqlite")) as store:
        assert store.session(summary["session"]).interrupted


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two recordings and a file that is none."""
    folder = tmp_path_factory.mktemp("lessons")
    write_class(folder / "a.mp4", students=4)
    write_class(folder / "c.mp4", seconds=20, students=4)
    (folder / "b.mp4").write_text("no video")
    return folder


def test_each_recording_of_a_folder_is_a_session_and_a_bad_one_gets_its_line(lessons: Path, tmp_path: Path) -> None:
    database = tmp_path / "a.sqlite"
    done = run_program(
        "analyze", lessons, "--fps", "2", "--workers", "2", "--place", "IN", "--db", database, "--json",
        "--course", " Physics  101 ",
    )  # fmt: skip
    assert done.returncode == 2
    assert [json.loads(line)["kept_seconds"] for line in done.stdout.splitlines()] == [45, 20]
    assert done.stderr.count("\n") == 1
    assert "b.mp4" in done.stderr
    sessions = run_json("sessions", "--db", database)
    assert sorted(session["source"] for session in sessions) == ["a.mp4", "c.mp4"]
    assert {session["course"] for session in sessions} == {"Physics 101"}


def test_a_killed_analysis_goes_on_where_it_was(lessons: Path, tmp_path: Path) -> None:
    database, video = tmp_path / "a.sqlite", lessons / "a.mp4"
    arguments = ["analyze", video, "--fps", "2", "--workers", "1", "--place", "IN", "--db", database, "--json"]
    process = subprocess.Popen([sys.executable, str(ROOT / "main.py"), *map(str, arguments)], cwd=ROOT)
    kept = tmp_path / "a.sqlite.unfinished"
    while not list(kept.rglob("*.segment")):
        assert process.poll() is None
        time.sleep(0.05)
    process.kill()
    process.wait()
    (part, *_) = sorted(kept.rglob("*.segment"))
    before = part.stat().st_mtime_ns
    assert run_json("sessions", "--db", database) == []
    process = subprocess.Popen([sys.executable, str(ROOT / "main.py"), *map(str, arguments)], cwd=ROOT)
    while process.poll() is None:
        assert not part.exists() or part.stat().st_mtime_ns == before, "it was read again"
        time.sleep(0.02)
    assert process.returncode == 0
    (session,) = run_json("sessions", "--db", database)
    assert (session["seconds"], session["interrupted"]) == (45, False)
    assert not list(kept.iterdir())
