"""Work is shared between the calling thread and one more for each worker but the first."""

import threading

import pytest

from fer_desktop.system.worker_threads import WorkerThreads


def test_results_come_in_the_order_of_the_items() -> None:
    threads = WorkerThreads(["a", "b", "c"], name="made")
    assert threads.map(range(20), lambda _, item: item * item) == [item * item for item in range(20)]


@pytest.mark.parametrize(("workers", "items"), [(1, 5), (3, 1), (3, 0)])
def test_what_one_worker_does_is_done_by_the_calling_thread(workers: int, items: int) -> None:
    threads = WorkerThreads(range(workers), name="made")
    assert threads.map(range(items), lambda *_: threading.current_thread()) == [threading.current_thread()] * items


def test_no_worker_is_used_by_two_threads() -> None:
    threads = WorkerThreads(["a", "b"], name="made")
    used = set()
    for _ in range(3):
        used |= set(threads.map(range(8), lambda worker, _: (worker, threading.current_thread().name)))
    assert used == {("a", threading.current_thread().name), ("b", "made_0")}


def test_what_a_worker_raises_is_raised() -> None:
    def fail(_: int, item: int) -> None:
        raise ValueError(item)

    with pytest.raises(ValueError, match="0"):
        WorkerThreads([0, 1], name="made").map([0, 1], fail)


@pytest.mark.parametrize(("items", "threads"), [(5, 1), (6, 2), (8, 2), (9, 3), (20, 3)])
def test_no_thread_is_woken_for_less_than_it_is_worth(items: int, threads: int) -> None:
    made = WorkerThreads(["a", "b", "c"], name="made", least=3)
    assert len(set(made.map(range(items), lambda worker, _: worker))) == threads


def test_a_thread_is_woken_for_less_where_each_piece_of_work_is_worth_it() -> None:
    made = WorkerThreads(["a", "b"], name="made", least=3)
    assert set(made.map(range(2), lambda worker, _: worker, least=1)) == {"a", "b"}
