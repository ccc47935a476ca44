/** Follows the class through a session: takes every frame, gives the state to show and the seconds to store. */
import type { FrameResult, Merge } from '../engine/types';
import { findClassDrop } from './class_drop';
import { FlagBoard } from './flag_board';
import { findFlags, type FlagRules } from './flags';
import { classifyPresence, StudentHistory } from './history';
import { mergeRecords, Renumbering } from './merging';
import { StudentNames } from './names';
import { SecondGatherer, sumUpClass, type GatheredSecond } from './seconds';
import type {
  ClassMood,
  Erasure,
  FlagKind,
  Observation,
  SecondRecord,
  SessionEvent,
  StudentSecond,
  StudentState,
} from './types';

/** Who comes later counts as a student once they were in view for so long: see the desktop's `COUNTED_AFTER_S`. */
const COUNTED_AFTER_S = 15;

const NO_MOOD: ClassMood = {
  second: 0,
  probabilities: null,
  faces: 0,
  people: 0,
  camerasOn: 0,
  students: 0,
  attention: null,
};

/**
 * A port of `fer_desktop/engagement/observer.py` without names that are read. Deterministic: no thread, no clock; seconds come from
 * the frames' own times. `minGroupSize`: the class's expressions and attention are published for groups of this many or
 * more. Commands may use any number that a student has ever had.
 */
export class ClassObserver {
  readonly #numbers = new Renumbering();
  readonly #gatherer = new SecondGatherer();
  readonly #histories = new Map<number, StudentHistory>();
  readonly #flags: FlagBoard;
  /** Since which second, by student. */
  readonly #excluded = new Map<number, number>();
  readonly #names = new StudentNames();
  #corrections: (Merge | Erasure)[] = [];
  #firstSecond: number | null = null;
  #second: number | null = null;
  #newest: { result: FrameResult; second: number } | null = null;
  #outOfView: ReadonlySet<number> = new Set();
  #mood = NO_MOOD;
  #states: readonly StudentState[] = [];

  constructor(
    private readonly rules: FlagRules,
    private readonly minGroupSize = 1,
  ) {
    this.#flags = new FlagBoard(rules.repeatAfterS);
  }

  /** The students whom the teacher has left out. */
  get excluded(): ReadonlySet<number> {
    return new Set(this.#excluded.keys());
  }

  /** Takes a frame. `second`: of the session, never decreasing. The record is that of the second that ended. */
  observe(result: FrameResult, second: number): { observation: Observation; record: SecondRecord | null } {
    const record = this.#second !== null && second > this.#second ? this.finish() : null;
    this.#second = second;
    this.#firstSecond ??= second;
    this.#newest = { result, second };
    for (const merge of result.merges) this.merge(merge);
    this.#outOfView = new Set(result.outOfView);
    this.#gatherer.add(result);
    return { observation: this.#makeObservation(result, second), record };
  }

  /** The newest frame with the present state, after a command has changed it; null before the first frame. */
  observeAgain(): Observation | null {
    return this.#newest && this.#makeObservation(this.#newest.result, this.#newest.second);
  }

  /** Closes the current second and returns its record; null where no frame has come since the last. */
  finish(): SecondRecord | null {
    if (this.#second === null) return null;
    const second = this.#second;
    this.#second = null;
    const gathered = this.#gatherer.finish().filter(({ sample }) => !this.#excluded.has(sample.student));
    const students = this.#remember(second, gathered);
    this.#mood = sumUpClass(second, students, this.minGroupSize);
    const events = this.#updateFlags(second);
    this.#updateStates();
    const record = { second, mood: this.#mood, students, events, corrections: this.#corrections };
    this.#corrections = [];
    return record;
  }

  /** The number that the student goes by now. */
  currentNumber(student: number): number {
    return this.#numbers.translate(student);
  }

  /** From now on nothing of that student is shown or stored. */
  exclude(student: number): void {
    const current = this.currentNumber(student);
    if (!this.#excluded.has(current)) this.#excluded.set(current, this.#newest?.second ?? 0);
    this.#flags.end(current);
    this.#updateStates();
  }

  /** Ends `exclude`. */
  include(student: number): void {
    this.#excluded.delete(this.currentNumber(student));
    this.#updateStates();
  }

  /** Names a student; null takes the name away. */
  rename(student: number, name: string | null): void {
    this.#names.give(this.currentNumber(student), name);
  }

  /** The student's name; null without one. */
  nameOf(student: number): string | null {
    return this.#names.all().get(this.currentNumber(student)) ?? null;
  }

  /** Joins two numbers: one history; excluded if either was. The merge in current numbers; null if they are one. */
  merge(merge: Merge): Merge | null {
    const current = this.#numbers.add(merge);
    if (current === null) return null;
    this.#gatherer.merge(current);
    this.#flags.merge(current);
    this.#names.merge(current);
    this.#mergeExclusions(current);
    mergeRecords(this.#histories, current);
    const history = this.#histories.get(current.into);
    if (history) history.student = current.into;
    this.#updateStates();
    return current;
  }

  /** Hides a flag, of the class without a student; see `FlagBoard`. False where it is no longer shown. */
  dismiss(student: number | null, kind: FlagKind): boolean {
    const dismissed = this.#flags.dismiss(student === null ? null : this.currentNumber(student), kind);
    this.#updateStates();
    return dismissed;
  }

  #makeObservation(result: FrameResult, second: number): Observation {
    const [students, classFlags, names] = [this.#states, this.#flags.of(null), this.#names.all()];
    return { result, second, mood: this.#mood, students, classFlags, names };
  }

  /** What was stored of the one since the other was excluded is erased; both are excluded since then. */
  #mergeExclusions(merge: Merge): void {
    const pair = [merge.student, merge.into].map((student) => [student, this.#excluded.get(student)] as const);
    const since = Math.min(...pair.map(([, second]) => second ?? Infinity));
    if (since < Infinity) {
      for (const [student, second] of pair) if (second !== since) this.#corrections.push(this.#erasure(student, since));
      this.#excluded.delete(merge.student);
      this.#excluded.set(merge.into, since);
      this.#flags.end(merge.into);
    }
    this.#corrections.push(merge);
  }

  /** Of everything, with the name, where the student came later than that. */
  #erasure(student: number, since: number): Erasure {
    const first = this.#histories.get(student)?.firstSecond ?? since;
    return { student, since: first >= since ? 0 : since };
  }

  /** Adds the second to the histories, and to the samples the attention that follows from these. */
  #remember(second: number, gathered: readonly GatheredSecond[]): StudentSecond[] {
    const byStudent = new Map(gathered.map((each) => [each.sample.student, each]));
    for (const [student, { sample }] of byStudent) {
      if (!this.#histories.has(student))
        this.#histories.set(student, new StudentHistory(student, classifyPresence(sample), second));
    }
    for (const [student, history] of this.#histories) {
      if (this.#excluded.has(student)) continue;
      const seen = byStudent.get(student);
      const outOfView = this.#outOfView.has(student);
      if (seen) history.add(second, { sample: seen.sample, cues: seen.cues, reading: seen.presence, outOfView });
      else history.add(second, { sample: null, outOfView });
    }
    return gathered.map(({ sample }) => ({
      ...sample,
      attention: this.#histories.get(sample.student)?.attention.index ?? null,
    }));
  }

  /** Those who count as students: there from the start, or in view for a while by now. */
  #listCounted(): StudentHistory[] {
    return [...this.#histories.values()].filter(
      (history) => history.firstSecond === this.#firstSecond || history.inCallS >= COUNTED_AFTER_S,
    );
  }

  #updateFlags(second: number): SessionEvent[] {
    const watched = this.#listCounted().filter((history) => !this.#excluded.has(history.student));
    const flags = watched.flatMap((history) => findFlags(history, this.rules, this.#flags.held(history.student)));
    const drop = findClassDrop(watched, this.rules, this.#flags.held(null).has('class_drop'));
    return this.#flags.update(second, drop ? [...flags, drop] : flags);
  }

  #updateStates(): void {
    this.#states = this.#listCounted().map((history) => this.#describe(history));
  }

  #describe(history: StudentHistory): StudentState {
    return {
      student: history.student,
      presence: history.presence,
      sinceSecond: history.sinceSecond,
      missedS: history.missedS(history.sinceSecond, history.lastSecond),
      ...history.smoothed(),
      flags: this.#flags.of(history.student),
      excluded: this.#excluded.has(history.student),
      attention: history.attention.level,
      reason: history.reading?.reason ?? null,
      evidence: history.reading?.evidence ?? null,
    };
  }
}
