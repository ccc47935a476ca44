/** Frames of a track by a video element, for Firefox and Safari, which have no `MediaStreamTrackProcessor`. */
import { PixelReader } from '../capture/pixels';
import type { Frame } from '../engine/types';
import { FrameTurns } from './frame_turns';

/** The rate of most cameras. */
const FRAME_MS = 1000 / 30;

export interface FrameTaker {
  read(frame: Frame): Promise<void>;
  /** False where there is nobody to follow: none is followed until the next frame was read. */
  follow(frame: Frame): Promise<boolean>;
}

/** Draws the newest frame whenever it is wanted, and the one before was taken. */
export class VideoElementFeed {
  readonly #element = document.createElement('video');
  readonly #pixels = new PixelReader();
  readonly #turns: FrameTurns;
  readonly #timer: ReturnType<typeof setInterval>;
  #isBusy = false;
  #isPaused = false;
  #isFollowing = false;
  #canFollow = false;

  constructor(
    track: MediaStreamTrack,
    stepMs: number,
    private readonly taker: FrameTaker,
  ) {
    this.#turns = new FrameTurns(stepMs);
    this.#element.muted = true;
    this.#element.srcObject = new MediaStream([track]);
    void this.#element.play();
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
    const turn = this.#turns.next(nowMs, this.#isFollowing && this.#canFollow);
    if (turn === 'drop') return;
    this.#isBusy = true;
    const frame = this.#pixels.read(this.#element, videoWidth, videoHeight, nowMs / 1000);
    void this.#hand(frame, turn).finally(() => (this.#isBusy = false));
  }

  async #hand(frame: Frame, turn: 'read' | 'follow'): Promise<void> {
    if (turn === 'follow') this.#canFollow = await this.taker.follow(frame);
    else {
      await this.taker.read(frame);
      this.#canFollow = true;
    }
  }
}
