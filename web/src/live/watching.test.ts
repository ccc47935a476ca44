/** From the start of a lesson to its end: what was opened is closed, whatever comes in between. */
import { beforeEach, expect, test, vi } from 'vitest';
import type { LiveSource } from '../capture/sources';
import type { FrameResult } from '../engine/types';
import { SessionStore } from '../sessions/store';
import type { LiveView } from './live_session';
import type { FrameReader, ReaderEvents } from './reader_client';
import { Watching } from './watching';

class PlayedTrack extends EventTarget {
  readyState: 'live' | 'ended' = 'live';

  /** As in a browser: whoever ends a track is not informed of it. */
  stop(): void {
    this.readyState = 'ended';
  }

  getSettings(): object {
    return {};
  }

  /** The browser ends it. */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

function makeLive(): { live: LiveSource; track: PlayedTrack } {
  const track = new PlayedTrack();
  const stream = { getTracks: () => [track], getVideoTracks: () => [track] };
  return { live: { stream, track, label: 'A camera', watched: 'room' } as unknown as LiveSource, track };
}

class PlayedReader {
  readonly watched: unknown[] = [];
  isClosed = false;
  events: ReaderEvents | null = null;
  readonly pause = vi.fn();
  readonly follow = vi.fn();

  listen(events: ReaderEvents): void {
    this.events = events;
  }

  watch(track: PlayedTrack): void {
    if (track.readyState === 'ended') throw new TypeError('Input track cannot be ended'); // as Chrome does
    this.watched.push(track);
  }

  settle(): Promise<readonly []> {
    return Promise.resolve([]);
  }

  close(): void {
    this.isClosed = true;
  }
}

/** A session of a camera, whose networks are loaded by `loaded` or not at all by `failed`. */
function make() {
  const { live, track } = makeLive();
  const [states, faults]: [string[], [string, boolean][]] = [[], []];
  let loaded: (reader: FrameReader) => void = () => undefined;
  let failed: (error: Error) => void = () => undefined;
  const reader = new PlayedReader();
  const watching = new Watching({
    source: { live },
    reader: new Promise<FrameReader>((resolve, reject) => {
      [loaded, failed] = [resolve, reject];
    }),
    decision: { place: 'DE', reason: 'forbidden', on: false },
    aggregateOnly: false,
    course: '',
    store: new SessionStore(),
    onChange: (view: LiveView) => states.push(view.state),
    onFault: (reason, isStored) => faults.push([reason, isStored]),
  });
  const load = () => {
    loaded(reader as unknown as FrameReader);
  };
  return { watching, track, reader, states, faults, load, failed };
}

/** The cameras that the browser gives, in order; each once the test lets it. */
let given: { readonly track: PlayedTrack; give(): void }[];

beforeEach(() => {
  given = [];
  const getUserMedia = () =>
    new Promise((resolve) => {
      const { live, track } = makeLive();
      given.push({
        track,
        give: () => {
          resolve(live.stream);
        },
      });
    });
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
});

test('stopped while its networks are loaded, it stays stopped, and the camera is closed', async () => {
  const { watching, track, reader, states, load } = make();
  const starting = watching.start();
  await watching.stop();
  load();
  await starting;
  expect(states.at(-1)).toBe('stopping');
  expect([track.readyState, reader.isClosed, reader.watched]).toEqual(['ended', true, []]);
});

test('stopped while its networks are loaded, nobody is shown that they could not be', async () => {
  const { watching, failed } = make();
  const starting = watching.start();
  await watching.stop();
  failed(new Error('no networks'));
  await expect(starting).resolves.toBeUndefined();
});

test('while its networks are loaded, it shows that it gets ready, and nobody of a lesson before', () => {
  const { watching, states } = make();
  void watching.start();
  expect(states).toEqual([]);
  expect(watching.session.view).toMatchObject({ state: 'starting', observation: null, trouble: null, history: [] });
});

test('networks that cannot be loaded are reported to whoever starts', async () => {
  const { watching, failed } = make();
  const starting = watching.start();
  failed(new Error('no networks'));
  await expect(starting).rejects.toThrow('no networks');
});

test('a picture that ended while the class was being informed is lost from the start, and can be chosen again', async () => {
  const { watching, track, reader, states, load } = make();
  track.end();
  load();
  await watching.start();
  expect(states.at(-1)).toBe('lost');
  const reopening = watching.reopen('camera');
  given[0]?.give();
  await reopening;
  expect(reader.watched).toEqual([given[0]?.track]);
});

test('of two cameras that are chosen again the last one is watched, and the other one closed', async () => {
  const { watching, track, load } = make();
  load();
  await watching.start();
  track.end();
  const reopening = [watching.reopen('camera'), watching.reopen('camera')];
  for (const each of given) each.give();
  await Promise.all(reopening);
  expect(given.map((each) => each.track.readyState)).toEqual(['ended', 'live']);
  await watching.stop();
  expect(given.map((each) => each.track.readyState)).toEqual(['ended', 'ended']);
});

test('a camera that is given after the end of the lesson is closed at once', async () => {
  const { watching, track, load } = make();
  load();
  await watching.start();
  track.end();
  const reopening = watching.reopen('camera');
  await watching.stop();
  given[0]?.give();
  await reopening;
  expect(given[0]?.track.readyState).toBe('ended');
});

test('a result that cannot be taken ends the lesson with its reason, instead of being one of many', async () => {
  const { watching, reader, faults, load } = make();
  load();
  await watching.start();
  vi.spyOn(watching.session, 'take').mockImplementation(() => {
    throw new Error('no such student');
  });
  reader.events?.onResult({} as FrameResult, 10);
  reader.events?.onResult({} as FrameResult, 10);
  await vi.waitFor(() => {
    expect(faults).toEqual([['no such student', true]]);
  });
  expect(reader.isClosed).toBe(true);
});
