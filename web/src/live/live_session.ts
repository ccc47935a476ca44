/** A session from start to stop: hands frames to the reader, follows the class, and stores what happens. */
import type { FrameResult, Message, Settlement } from '../engine/types';
import { moodOf } from '../engagement/expressions';
import type { FlagRules } from '../engagement/flags';
import { ClassObserver } from '../engagement/observer';
import { makeEvent, type EventKind, type FlagKind, type Observation, type SessionEvent } from '../engagement/types';
import policy from '../generated/policy.json';
import { tidyName } from '../policy/names';
import { isoWithOffset } from '../sessions/local_time';
import type { NewSession } from '../sessions/schema';
import type { SessionWriter, StorageTrouble } from '../sessions/writer';
import type { FrameReader } from './reader_client';

/** Frames further apart than this were not watched, whatever kept them away. */
const LONGEST_STEP_S = 5;
/** A reader that has not answered by then does not run any more: the session ends without it. */
const PATIENCE_MS = 10_000;
/** Without a frame for so long nobody knows what the class shows, as where the window of the call was minimised. */
const SILENT_AFTER_MS = 10_000;
/** A timer that is later than this was held back, and the frames with it. */
const HELD_BACK_MS = 2000;
/** The clock on the wall was set, or the frames' own stood still while the computer slept. As the desktop's. */
const JUMPED_FROM_MS = 2000;

/** `waiting`: no frame has come for a while. `done`: a recording was read to its end. */
export type LiveState = 'starting' | 'running' | 'waiting' | 'paused' | 'lost' | 'done' | 'stopping';

/** What the live page shows. `tookMs`: how long the newest frame took. `trouble`: why nothing is stored now. */
export interface LiveView {
  readonly state: LiveState;
  readonly observation: Observation | null;
  readonly tookMs: number;
  readonly trouble: StorageTrouble | null;
  readonly history: readonly MoodPoint[];
}

/** One second for the chart of the last minutes. */
export interface MoodPoint {
  readonly second: number;
  readonly mood: number | null;
  readonly people: number;
}

export interface SessionParts {
  readonly rules: FlagRules;
  readonly session: Omit<NewSession, 'startedAt' | 'clock'>;
  /** `live`: frames have the time of the clock on the wall, else that of the recording. */
  readonly live: boolean;
  /** When a recording began; a live source begins with its first frame. */
  readonly beganAt?: (now: Date) => Date;
  makeWriter(session: NewSession, onTrouble: (trouble: StorageTrouble | null) => void): SessionWriter;
  readonly onChange: (view: LiveView) => void;
  now(): Date;
}

const CHART_S = 600;

export class LiveSession {
  readonly #observer: ClassObserver;
  #reader: FrameReader | null = null;
  #writer: SessionWriter | null = null;
  #firstS = 0;
  /** When the session would have begun by the clock on the wall as it was last noted, and that clock's offset. */
  #clock = { beganMs: 0, offset: 0 };
  #second = 0;
  /** What the next frame ends. */
  #gapEnds: EventKind[] = [];
  #isLost = false;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #resume: () => void = () => undefined;
  #view: LiveView = { state: 'starting', observation: null, tookMs: 0, trouble: null, history: [] };

  constructor(private readonly parts: SessionParts) {
    const { aggregateOnly } = parts.session;
    this.#observer = new ClassObserver(parts.rules, aggregateOnly ? policy.min_group_size : 1);
  }

  /** The session's number; null before anything is stored. */
  get id(): number | null {
    return this.#writer?.id ?? null;
  }

  /** What the live page shows now; before the first change that the session gets ready. */
  get view(): LiveView {
    return this.#view;
  }

  /** The reader, once its networks are loaded. */
  attach(reader: FrameReader): void {
    this.#reader = reader;
    this.#change({ state: 'running' });
    this.#expectFrame();
  }

  /** Takes what was read of a frame. */
  take(result: FrameResult, tookMs: number): void {
    // A frame that was being read when its picture ended comes after it.
    if (this.#isLost || this.#view.state === 'stopping' || this.#view.state === 'paused') return;
    if (this.#writer === null) this.#begin(result.capturedAtS, tookMs);
    const second = Math.max(this.#second, Math.floor(result.capturedAtS - this.#firstS));
    if (this.parts.live) this.#watchClock(result.capturedAtS, tookMs, second);
    this.#endGap(second);
    this.#second = second;
    const { observation, record } = this.#observer.observe(result, second);
    if (record) {
      this.#writer?.record(record);
      this.#change({ history: this.#addPoint(observation) });
    }
    this.#change({ state: 'running', observation, tookMs });
    this.#expectFrame();
  }

  /** Marks the present second. */
  bookmark(text: string): void {
    this.#add(makeEvent('bookmark', this.#second, { text }));
  }

  /** From the next frame on nothing of the student is read, shown or stored; or ends that. */
  setExcluded(student: number, excluded: boolean): void {
    const current = this.#observer.currentNumber(student);
    if (excluded) this.#observer.exclude(current);
    else this.#observer.include(current);
    this.#reader?.exclude(this.#observer.excluded);
    const name = this.#observer.nameOf(current);
    if (!excluded && name !== null) this.#writer?.rename(current, name); // merged with a student who was left out
    this.#add(makeEvent(excluded ? 'student_excluded' : 'student_included', this.#second, { student: current }));
    this.#showAgain();
  }

  /** Names a student in what is shown and stored; an empty name takes theirs away. */
  rename(student: number, typed: string): void {
    const current = this.#observer.currentNumber(student);
    if (this.parts.session.aggregateOnly || this.#observer.excluded.has(current)) return;
    const name = tidyName(typed);
    this.#observer.rename(current, name);
    this.#writer?.rename(current, name);
    this.#showAgain();
  }

  /** Hides a flag. */
  dismiss(student: number | null, kind: FlagKind): void {
    if (!this.#observer.dismiss(student, kind)) return;
    this.#add(makeEvent('flag_dismissed', this.#second, { student, flag: kind }));
    this.#showAgain();
  }

  /** Pauses or resumes: a paused second counts for nobody. */
  setPaused(paused: boolean): void {
    this.#reader?.pause(paused);
    if (paused) this.#add(makeEvent('paused', this.#second));
    this.#gapEnds = paused ? [] : ['resumed'];
    this.#change({ state: paused ? 'paused' : 'running' });
    if (paused) return;
    this.#resume();
    this.#expectFrame();
  }

  /** Once it is not paused any more. */
  async whenResumed(): Promise<void> {
    if (this.#view.state === 'paused') await new Promise<void>((resolve) => (this.#resume = resolve));
  }

  /** A recording was read to its end. */
  finishRecording(): void {
    this.#change({ state: 'done' });
  }

  /** The picture is gone: the teacher stopped sharing, or the camera was unplugged. */
  lose(why: Message): void {
    if (this.#view.state === 'stopping') return;
    this.#add(makeEvent('capture_lost', this.#second, { message: why }));
    if (this.#view.state === 'paused') this.#gapEnds.push('resumed');
    this.#gapEnds.push('capture_back');
    this.#isLost = true;
    this.#change({ state: 'lost' });
  }

  /** Another picture was chosen: its first frame ends the gap, and the pause in which the picture was lost. */
  watchAgain(): void {
    this.#isLost = false;
    this.#reader?.pause(false);
  }

  /** Ends the session. True if all of it is stored. `fault`: what ended it, if anything did. */
  async stop(fault: Message | null = null): Promise<boolean> {
    this.#change({ state: 'stopping' });
    clearTimeout(this.#silence);
    const record = this.#observer.finish();
    if (record) this.#writer?.record(record);
    const settlements = fault ? [] : await this.#settle();
    for (const settlement of settlements) this.#writer?.settle(settlement);
    if (fault) this.#add(makeEvent('fault', this.#second, { message: fault }));
    return (await this.#writer?.close(fault !== null)) ?? true;
  }

  async #settle(): Promise<readonly Settlement[]> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<readonly Settlement[]>((resolve) => {
      timer = setTimeout(() => {
        resolve([]);
      }, PATIENCE_MS);
    });
    const settlements = await Promise.race([this.#reader?.settle() ?? [], late]);
    clearTimeout(timer);
    return settlements;
  }

  #begin(capturedAtS: number, tookMs: number): void {
    const now = this.parts.now();
    const began = this.parts.beganAt?.(now) ?? new Date(now.getTime() - tookMs);
    this.#gapEnds = []; // those of before have no beginning
    this.#firstS = this.parts.live ? capturedAtS : 0;
    this.#clock = { beganMs: began.getTime(), offset: began.getTimezoneOffset() };
    const startedAt = began.toISOString();
    const session = { ...this.parts.session, startedAt, clock: [{ second: 0, at: isoWithOffset(began) }] };
    this.#writer = this.parts.makeWriter(session, (trouble) => {
      this.#change({ trouble });
    });
  }

  /** Says when none comes. */
  #expectFrame(): void {
    clearTimeout(this.#silence);
    if (!this.parts.live) return;
    const dueMs = performance.now() + SILENT_AFTER_MS;
    this.#silence = setTimeout(() => {
      if (this.#view.state !== 'running') return;
      if (performance.now() - dueMs < HELD_BACK_MS) this.#noteSilence();
      else this.#expectFrame();
    }, SILENT_AFTER_MS);
  }

  #noteSilence(): void {
    this.#add(makeEvent('capture_lost', this.#second + 1, { message: { key: 'literal', text: 'no picture came' } }));
    this.#gapEnds.push('capture_back');
    this.#change({ state: 'waiting' });
  }

  /** Keeps what the clock on the wall shows where it no longer fits the seconds: the times of later ones follow it. */
  #watchClock(capturedAtS: number, tookMs: number, second: number): void {
    const now = this.parts.now();
    const beganMs = now.getTime() - tookMs - (capturedAtS - this.#firstS) * 1000;
    const offset = now.getTimezoneOffset();
    if (Math.abs(beganMs - this.#clock.beganMs) < JUMPED_FROM_MS && offset === this.#clock.offset) return;
    this.#clock = { beganMs, offset };
    this.#writer?.noteClock({ second, at: isoWithOffset(new Date(beganMs + second * 1000)) });
  }

  /** A gap that nobody asked for: the computer slept, or the browser held this page back. */
  #endGap(second: number): void {
    for (const kind of this.#gapEnds) this.#add(makeEvent(kind, second));
    if (this.#gapEnds.length === 0 && second - this.#second > LONGEST_STEP_S) {
      this.#add(makeEvent('stalled', this.#second + 1));
      this.#add(makeEvent('unstalled', second));
    }
    this.#gapEnds = [];
  }

  #add(event: SessionEvent): void {
    this.#writer?.addEvent(event);
  }

  #addPoint({ mood }: Observation): MoodPoint[] {
    const { probabilities } = mood;
    const isShown = !this.parts.session.aggregateOnly || mood.faces >= policy.min_group_size;
    const value = probabilities && isShown ? moodOf(probabilities) : null;
    const point = { second: mood.second, mood: value, people: mood.people };
    return [...this.#view.history, point].filter((each) => each.second > mood.second - CHART_S);
  }

  #showAgain(): void {
    this.#change({ observation: this.#observer.observeAgain() });
  }

  #change(change: Partial<LiveView>): void {
    this.#view = { ...this.#view, ...change };
    this.parts.onChange(this.#view);
  }
}
