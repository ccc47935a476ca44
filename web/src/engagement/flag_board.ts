/** Which flags are shown: dismissed ones are not, nor those that recur too soon: `fer_desktop/engagement/flag_board.py`. */
import type { Merge } from '../engine/types';
import { FLAG_KINDS, makeEvent, type Flag, type FlagKind, type SessionEvent } from './types';

const MAX_DISMISSALS = 2;

/** A student, or null for the class, and the kind of flag. */
type Key = `${number | 'class'} ${FlagKind}`;

function keyOf(student: number | null, kind: FlagKind): Key {
  return `${student ?? 'class'} ${kind}`;
}

/**
 * Takes the flags with evidence second by second and decides which are shown. Deterministic, without a clock.
 *
 * A dismissed flag remains hidden until its evidence has ended and recurs; dismissed twice, that kind is not shown for
 * that student again in this session. A flag that clears and recurs is raised at most once in `repeatAfterS`.
 */
export class FlagBoard {
  #shown = new Map<Key, Flag>();
  #held = new Map<Key, Flag>();
  #dismissed = new Set<Key>();
  readonly #dismissals = new Map<Key, number>();
  readonly #raisedAt = new Map<Key, number>();
  #ended: Flag[] = [];

  constructor(private readonly repeatAfterS: number) {}

  /** The flags shown of a student; those of the class for null. */
  of(student: number | null): Flag[] {
    return [...this.#shown.values()].filter((flag) => flag.student === student);
  }

  /** The flags of a student, or of the class for null, with evidence in the last second, shown or not. */
  held(student: number | null): Map<FlagKind, Flag> {
    const flags = [...this.#held.values()].filter((flag) => flag.student === student);
    return new Map(flags.map((flag) => [flag.kind, flag]));
  }

  /** Takes all flags with evidence now. Returns an event for each that is raised or cleared by it. */
  update(second: number, flags: readonly Flag[]): SessionEvent[] {
    const before = this.#held;
    this.#held = new Map(
      flags.map((flag) => [
        keyOf(flag.student, flag.kind),
        keepSince(flag, before.get(keyOf(flag.student, flag.kind))),
      ]),
    );
    this.#dismissed = new Set([...this.#dismissed].filter((key) => this.#held.has(key)));
    const shown = new Map([...this.#held].filter(([key]) => this.#mayShow(key, second)));
    const raised = [...shown].filter(([key]) => !this.#shown.has(key));
    const over = [...this.#ended, ...[...this.#shown].filter(([key]) => !this.#held.has(key)).map(([, flag]) => flag)];
    for (const [key] of raised) this.#raisedAt.set(key, second);
    this.#ended = [];
    this.#shown = shown;
    return [
      ...raised.map(([, { student, kind, evidence }]) =>
        makeEvent('flag_raised', second, { student, flag: kind, message: evidence }),
      ),
      ...over.map(({ student, kind }) => makeEvent('flag_cleared', second, { student, flag: kind })),
    ];
  }

  /** Hides a flag. False where no such flag is shown: a second click does not count as a second dismissal. */
  dismiss(student: number | null, kind: FlagKind): boolean {
    const key = keyOf(student, kind);
    if (!this.#shown.delete(key)) return false;
    this.#dismissed.add(key);
    this.#dismissals.set(key, (this.#dismissals.get(key) ?? 0) + 1);
    return true;
  }

  /** Ends a student's flags, as when they are excluded; the next update returns the events. */
  end(student: number): void {
    this.#ended.push(...this.of(student));
    const isOthers = ([, flag]: [Key, Flag]) => flag.student !== student;
    this.#shown = new Map([...this.#shown].filter(isOthers));
    this.#held = new Map([...this.#held].filter(isOthers));
  }

  /** Ends the flags of the merged number; dismissals and the time of the last flag pass to the other. */
  merge(merge: Merge): void {
    this.end(merge.student);
    for (const kind of FLAG_KINDS) {
      const [before, after] = [keyOf(merge.student, kind), keyOf(merge.into, kind)];
      if (this.#dismissed.has(before)) this.#dismissed.add(after);
      this.#dismissals.set(after, (this.#dismissals.get(after) ?? 0) + (this.#dismissals.get(before) ?? 0));
      const raisedAt = this.#raisedAt.get(before);
      if (raisedAt !== undefined) this.#raisedAt.set(after, Math.max(raisedAt, this.#raisedAt.get(after) ?? 0));
    }
  }

  #mayShow(key: Key, second: number): boolean {
    if (this.#shown.has(key)) return true;
    if (this.#dismissed.has(key) || (this.#dismissals.get(key) ?? 0) >= MAX_DISMISSALS) return false;
    const raisedAt = this.#raisedAt.get(key);
    return raisedAt === undefined || second - raisedAt >= this.repeatAfterS;
  }
}

/** The flag, dated from when its evidence began. */
function keepSince(flag: Flag, earlier: Flag | undefined): Flag {
  return earlier ? { ...flag, sinceSecond: Math.min(flag.sinceSecond, earlier.sinceSecond) } : flag;
}
