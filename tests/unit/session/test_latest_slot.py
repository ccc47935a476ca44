"""Hand-over between threads: the newest value only, or all of them."""

import threading

from fer_desktop.session.latest_slot import HandoverQueue, LatestSlot


class TestLatestSlot:
    def test_the_newest_wins_and_drops_are_counted(self) -> None:
        slot = LatestSlot[int]()
        for value in (1, 2, 3):
            slot.put(value)
        assert slot.take(timeout_s=0) == 3
        assert slot.dropped == 2

    def test_a_value_is_taken_once(self) -> None:
        slot = LatestSlot[int]()
        slot.put(1)
        assert (slot.poll(), slot.poll()) == (1, None)

    def test_take_waits_for_a_value(self) -> None:
        slot = LatestSlot[int]()
        thread = threading.Thread(target=slot.put, args=(7,))
        thread.start()
        assert slot.take(timeout_s=5) == 7
        thread.join()

    def test_close_wakes_all_waiting_threads_and_keeps_the_value(self) -> None:
        slot, empty = LatestSlot[int](), LatestSlot[int]()
        slot.put(1)
        slot.close()
        slot.put(2)
        assert (slot.take(timeout_s=5), slot.take(timeout_s=5)) == (1, None)
        taken: list[int | None] = []
        thread = threading.Thread(target=lambda: taken.append(empty.take()))
        thread.start()
        empty.close()
        thread.join(5)
        assert taken == [None]


class TestHandoverQueue:
    def test_nothing_is_dropped_and_put_waits_while_it_is_full(self) -> None:
        queue = HandoverQueue[int](size=2)

        def put_all() -> None:
            for value in range(50):
                queue.put(value)

        thread = threading.Thread(target=put_all)
        thread.start()
        assert [queue.take(timeout_s=5) for _ in range(50)] == list(range(50))
        thread.join(5)
        assert queue.dropped == 0

    def test_close_frees_a_waiting_put(self) -> None:
        queue = HandoverQueue[int](size=1)
        queue.put(1)
        thread = threading.Thread(target=queue.put, args=(2,))
        thread.start()
        queue.close()
        thread.join(5)
        assert not thread.is_alive()
        assert (queue.take(), queue.take()) == (1, None)
