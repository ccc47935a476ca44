/** Starts a session on a source: loads the networks, feeds them, and ends everything together. */
import { closeLive, openLive, type LiveKind, type LiveSource } from '../capture/sources';
import { VideoFile } from '../capture/files';
import type { Message } from '../engine/types';
import flagRules from '../generated/flag_rules.json';
import type { ExpressionDecision } from '../policy/expressions';
import { SessionWriter } from '../sessions/writer';
import type { SessionStore } from '../sessions/store';
import { holdLock } from './session_lock';
import { LiveSession, type LiveView } from './live_session';
import type { FollowListener, FrameReader } from './reader_client';

/** Time between two frames of a live source that are read, at least. */
const STEP_MS = 200;
const MODEL = 'fernet (browser)';

export type Source = { readonly live: LiveSource } | { readonly video: VideoFile; readonly name: string };

export interface WatchOptions {
  readonly source: Source;
  /** Its networks load while the class is being informed. Rejected by `CaptureProblem`. */
  readonly reader: Promise<FrameReader>;
  readonly decision: ExpressionDecision;
  readonly aggregateOnly: boolean;
  readonly course: string;
  readonly store: SessionStore;
  readonly onChange: (view: LiveView) => void;
  /** The networks failed in mid-session, which is ended. `isStored`: all of it until then is. */
  readonly onFault: (reason: string, isStored: boolean) => void;
}

/** One watched session. */
export class Watching {
  readonly session: LiveSession;
  #reader: FrameReader | null = null;
  #onFollowed: FollowListener | null = null;
  #source: Source;
  #isStopped = false;
  #releaseLock: () => void = () => undefined;

  constructor(private readonly options: WatchOptions) {
    const { source, decision, aggregateOnly, course, store } = options;
    this.#source = source;
    const label = 'live' in source ? source.live.label : 'A recording';
    const { on: expressionsOn, place } = decision;
    this.session = new LiveSession({
      rules: flagRules,
      session: { source: label, course, expressionsOn, aggregateOnly, place, model: expressionsOn ? MODEL : '' },
      live: 'live' in source,
      ...('video' in source && { beganAt: (now: Date) => source.video.beganAt(now) }),
      makeWriter: (session, onTrouble) =>
        new SessionWriter(store.open, session, onTrouble, (id) => {
          this.#lock(id);
        }),
      onChange: options.onChange,
      now: () => new Date(),
    });
  }

  /** What is watched now, for the picture of who is who. */
  get stream(): MediaStream | null {
    return 'live' in this.#source ? this.#source.live.stream : null;
  }

  /** Begins once the networks are loaded, unless it was stopped by then. Throws `CaptureProblem`. */
  async start(): Promise<void> {
    const reader = await this.#load();
    if (reader === null) return;
    this.#reader = reader;
    reader.listen({
      onResult: (result, tookMs) => {
        try {
          this.session.take(result, tookMs);
        } catch (error) {
          this.#fail(describe(error));
        }
      },
      onFailed: (reason) => {
        this.#fail(reason);
      },
    });
    this.session.attach(reader);
    reader.follow(this.#onFollowed);
    if ('live' in this.#source) this.#watch(this.#source.live);
    else void this.#readVideo(this.#source.video);
  }

  /** Shows somebody where one or few faces are between two results, in the order of the newest result's faces. */
  follow(listener: FollowListener | null): void {
    this.#onFollowed = listener;
    this.#reader?.follow(listener);
  }

  /** Watches another tab, window or camera in the same session, after the picture was lost. */
  async reopen(kind: LiveKind): Promise<void> {
    const live = await this.#open(kind);
    if (live === null) return;
    closeSource(this.#source); // whoever asks twice has opened two
    this.#source = { live };
    this.session.watchAgain();
    this.#watch(live);
  }

  /** Ends everything. True if all of the session is stored. */
  async stop(fault: Message | null = null): Promise<boolean> {
    if (this.#isStopped) return true;
    this.#isStopped = true;
    closeSource(this.#source);
    const isStored = await this.session.stop(fault);
    this.#reader?.close();
    this.#releaseLock();
    return isStored;
  }

  /** The reader; null where the session was stopped while its networks were loaded. */
  async #load(): Promise<FrameReader | null> {
    try {
      const reader = await this.options.reader;
      if (!this.#isStopped) return reader;
      reader.close();
    } catch (error) {
      if (!this.#isStopped) throw error;
    }
    return null;
  }

  /** Another source; null where the session was stopped while the browser asked for it. */
  async #open(kind: LiveKind): Promise<LiveSource | null> {
    try {
      const live = await openLive(kind);
      if (!this.#isStopped) return live;
      closeLive(live);
    } catch (error) {
      if (!this.#isStopped) throw error;
    }
    return null;
  }

  #watch(live: LiveSource): void {
    const lose = () => {
      if (!this.#isStopped) this.session.lose({ key: 'literal', text: 'the picture was stopped' });
    };
    // It may have ended while the class was being informed: that is not said twice.
    if (live.track.readyState === 'ended') lose();
    else {
      live.track.addEventListener('ended', lose);
      this.#reader?.watch(live.track, STEP_MS);
    }
  }

  async #readVideo(video: VideoFile): Promise<void> {
    try {
      for await (const frame of video.frames()) {
        if (this.#isStopped) return;
        await this.session.whenResumed();
        await this.#reader?.read(frame);
      }
      if (!this.#isStopped) this.session.finishRecording();
    } catch (error) {
      this.#fail(describe(error));
    }
  }

  #fail(reason: string): void {
    if (this.#isStopped) return;
    void this.stop({ key: 'literal', text: reason }).then((isStored) => {
      this.options.onFault(reason, isStored);
    });
  }

  #lock(id: number): void {
    this.#releaseLock();
    this.#releaseLock = this.#isStopped ? () => undefined : holdLock(id);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Ends the capture, or frees the file. */
export function closeSource(source: Source): void {
  if ('live' in source) closeLive(source.live);
  else source.video.close();
}
