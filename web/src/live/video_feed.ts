/** Frames of a track by a video element, for Firefox and Safari, which have no `MediaStreamTrackProcessor`. */
import { PixelReader } from '../capture/pixels';
import type { Box, Frame } from '../engine/types';
import { FrameTurns } from './frame_turns';
import { Patience } from './patience';

/** The rate of most cameras. */
const FRAME_MS = 1000 / 30;

export interface FrameTaker {
  /** The region of the next frame that may be followed; null where there is nobody to follow. */
  read(frame: Frame): Promise<Box | null>;
  /** As `read`, of the pixels of that region. */
  follow(part: Frame, region: Box): Promise<Box | null>;
  /** No frame can be read. */
  fail(error: unknown): void;
}

/** Draws the newest frame whenever it is wanted, and the one before was taken. */
export class VideoElementFeed {
  readonly #element = document.createElement('video');
  readonly #pixels = new PixelReader();
  readonly #turns: FrameTurns;
  readonly #patience = new Patience();
  readonly #timer: ReturnType<typeof setInterval>;
  #isBusy = false;
  #isPaused = false;
  #isFollowing = false;
  #region: Box | null = null;

  constructor(
    track: MediaStreamTrack,
    stepMs: number,
    private readonly taker: FrameTaker,
  ) {
    this.#turns = new FrameTurns(stepMs);
    this.#element.muted = true;
    this.#element.srcObject = new MediaStream([track]);
    this.#element.play().catch(() => undefined); // where it is stopped at once
    this.#timer = setInterval(() => {
      this.#take();
    }, FRAME_MS);
  }

  pause(paused: boolean): void {
    this.#isPaused = paused;
  }

  follow(on: boolean): void {
    this.#isFollowing = on;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#element.srcObject = null;
  }

  #take(): void {
    const { videoWidth, videoHeight } = this.#element;
    if (this.#isBusy || this.#isPaused || videoWidth * videoHeight === 0) return;
    const nowMs = performance.now();
    const region = this.#isFollowing ? this.#region : null;
    const turn = this.#turns.next(nowMs, region !== null);
    if (turn === 'drop') return;
    const nowS = nowMs / 1000;
    this.#isBusy = true;
    void this.#hand(nowS, turn === 'follow' ? region : null)
      .then(
        () => this.#patience.renew(),
        (error: unknown) => this.#forgive(error, nowS),
      )
      .finally(() => (this.#isBusy = false));
  }

  async #hand(nowS: number, part: Box | null): Promise<void> {
    const { videoWidth, videoHeight } = this.#element;
    const frame = this.#pixels.read(this.#element, videoWidth, videoHeight, nowS, part);
    this.#region = await (part ? this.taker.follow(frame, part) : this.taker.read(frame));
  }

  #forgive(error: unknown, nowS: number): void {
    try {
      this.#patience.spend(error, nowS);
    } catch {
      this.stop();
      this.taker.fail(error);
    }
  }
}
