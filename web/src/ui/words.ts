/** The words for what the page shows: those of the desktop's windows, `ui/words.py`. */
import { EXPRESSIONS, type Expression, type UnreadableReason } from '../engine/types';
import { BALANCED_MOOD, CLEAR_MOOD } from '../engagement/expressions';
import type {
  AttentionLevel,
  ClassMood,
  Flag,
  FlagKind,
  Presence,
  SessionEvent,
  StudentState,
} from '../engagement/types';
import policy from '../generated/policy.json';
import words from '../generated/words.json';
import type { ExpressionDecision } from '../policy/expressions';
import type { StorageTrouble } from '../sessions/writer';
import { formatClock } from '../texts/language';
import { currentLanguage, mark, render, tr, trCount } from '../texts/tr';

const PRESENCE_WORDS: Readonly<Record<Presence, string>> = {
  visible: mark('visible'),
  unreadable: mark('face not seen'),
  empty: mark('nobody in view'),
  camera_off: mark('camera off'),
  out_of_view: mark('not in view'),
  away: mark('away'),
};
const ATTENTIVE_WORDS: Readonly<Record<AttentionLevel, string>> = {
  high: mark('mostly attentive'),
  middle: mark('partly attentive'),
  low: mark('attention is low'),
};
const HIGH_ATTENTION = 0.65;
const LOW_ATTENTION = 0.25;
const MOSTLY = 0.5;
const WORTH_NAMING = 0.2;

/** The class in words: a headline, and a line of detail that may be empty. */
export interface Sentence {
  readonly headline: string;
  readonly detail: string;
}

export function expressionWord(expression: Expression): string {
  return tr(words.expressions[expression]);
}

export function flagWord(kind: FlagKind): string {
  return tr(words.flags[kind]);
}

export function unreadableWord(reason: UnreadableReason): string {
  return tr(words.unreadable[reason]);
}

/** What to call the students who have a name, by number. */
export type Labels = ReadonlyMap<number, string>;

/** A student's name, or "Student 7" in the page's language. */
export function labelStudent(student: number, labels: Labels = new Map()): string {
  return labels.get(student) ?? tr('Student {number}', { number: student });
}

/** A share as a whole per cent; a dash if `whole` is zero. */
export function formatShare(part: number, whole: number): string {
  return whole > 0 ? tr('{percent} %', { percent: Math.round((100 * part) / whole) }) : '–';
}

/** A mood of -1 to 1 in words: five steps, as the readings are no more precise than that. */
export function describeMood(mood: number | null): string {
  if (mood === null) return tr('not known');
  if (Math.abs(mood) < BALANCED_MOOD) return tr('balanced');
  if (Math.abs(mood) < CLEAR_MOOD) return mood > 0 ? tr('slightly positive') : tr('slightly negative');
  return mood > 0 ? tr('positive') : tr('negative');
}

/** Why expressions are off, in a sentence; null where they are on. */
export function explainExpressionsOff({ on, reason }: ExpressionDecision): string | null {
  if (on) return null;
  if (reason === 'place_unknown') return tr('Choose your country to turn on expressions.');
  const line = reason === 'settings_unconfirmed' ? words.unconfirmed : words.law;
  return tr(line);
}

/** `mostly neutral`, `neutral and happy`, or `mixed`. */
export function describeExpressions(probabilities: ArrayLike<number>): string {
  const ranked = EXPRESSIONS.map((name, index) => ({ name, share: probabilities[index] ?? 0 })).sort(
    (one, other) => other.share - one.share,
  );
  const [first, second] = ranked;
  if (first && first.share >= MOSTLY) return tr('mostly {expression}', { expression: expressionWord(first.name) });
  if (first && second && second.share >= WORTH_NAMING) {
    return tr('{first} and {second}', { first: expressionWord(first.name), second: expressionWord(second.name) });
  }
  return tr('mixed');
}

/** What was not stored of a lesson that has ended, in a sentence. */
export function describeLoss(trouble: StorageTrouble | null): string {
  if (trouble === 'none') return tr('This browser keeps no lessons, as in a private window.');
  return tr('The browser could not store the last seconds of this lesson: they are lost.');
}

/** What has ended a lesson, and what is stored of it. */
export function describeFault(reason: string, isStored: boolean, trouble: StorageTrouble | null): string {
  if (isStored) return tr('The lesson was stopped by a problem: {reason}. Everything up to then is saved.', { reason });
  return [tr('The lesson was stopped by a problem: {reason}.', { reason }), describeLoss(trouble)].join(' ');
}

interface Shown {
  readonly expressionsOn: boolean;
  readonly aggregateOnly: boolean;
}

/** The class in words. Sessions of class totals give counts only. */
export function describeClass(mood: ClassMood, students: readonly StudentState[], shown: Shown): Sentence {
  const watched = shown.aggregateOnly ? [] : students.filter((student) => !student.excluded);
  const isThere = (student: StudentState) => student.presence === 'visible' || student.presence === 'unreadable';
  const total = watched.length > 0 ? watched.length : Math.max(mood.students, mood.people);
  const visible = watched.length > 0 ? watched.filter(isThere).length : mood.people;
  if (total === 0) {
    return {
      headline: tr('No students seen yet'),
      detail: tr('Check that the whole class is inside the watched area.'),
    };
  }
  const probabilities = isMoodPublished(mood, shown) ? mood.probabilities : null;
  const headline = probabilities
    ? tr('{visible} of {total} visible, {expressions}', {
        visible,
        total,
        expressions: describeExpressions(probabilities),
      })
    : tr('{visible} of {total} visible', { visible, total });
  const attention = probabilities ? describeAttention(mood.attention) : '';
  const detail = [attention, describeAbsent(watched) || describeCameras(mood, total)].filter(Boolean).join(' · ');
  return { headline, detail: capitalise(detail) };
}

/** Whether the mood may be shown: not where expressions are off, nor that of a small group with class totals. */
export function isMoodPublished(mood: ClassMood, { expressionsOn, aggregateOnly }: Shown): boolean {
  return expressionsOn && !(aggregateOnly && mood.faces < policy.min_group_size);
}

function describeAbsent(students: readonly StudentState[]): string {
  const count = (presence: Presence) => students.filter((student) => student.presence === presence).length;
  const parts: [number, (n: number) => string][] = [
    [count('away'), (n) => trCount('{n} away', '{n} away', n)],
    [count('empty'), (n) => trCount('{n} nobody in view', '{n} with nobody in view', n)],
    [count('camera_off'), (n) => trCount('{n} camera off', '{n} cameras off', n)],
    [count('unreadable'), (n) => trCount('{n} face not seen', '{n} faces not seen', n)],
    [count('out_of_view'), (n) => trCount('{n} not in view', '{n} not in view', n)],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, describe]) => describe(number))
    .join(' · ');
}

function describeCameras(mood: ClassMood, total: number): string {
  if (mood.camerasOn >= total) return tr('All cameras are on');
  return tr('{on} of {total} cameras on', { on: mood.camerasOn, total });
}

/** A student's state: `happy`, `not sure`, `camera off for 3 min`. */
export function describeStudent(state: StudentState, second: number, expressionsOn: boolean): string {
  if (state.excluded) return tr('excluded');
  if (state.presence === 'unreadable') {
    const reason = state.reason === null ? tr(PRESENCE_WORDS.unreadable) : unreadableWord(state.reason);
    return tr('there, {reason}', { reason });
  }
  if (state.presence !== 'visible') {
    // The flag says for how long.
    if (state.flags.some(({ kind }) => kind === 'away' || kind === 'camera_off'))
      return tr(PRESENCE_WORDS[state.presence]);
    const duration = currentLanguage().duration(second - state.sinceSecond - state.missedS);
    return tr('{presence} for {duration}', { presence: tr(PRESENCE_WORDS[state.presence]), duration });
  }
  if (!expressionsOn) return tr(PRESENCE_WORDS.visible);
  return state.expression === null ? tr('not sure') : expressionWord(state.expression);
}

/** A flag by its name and whose it is, for a button: `Student 7: Away`. `who`: null for the class as a whole. */
export function nameFlag(kind: FlagKind, who: string | null): string {
  const whose = who ?? tr('The class');
  return tr('{who}: {words}', { who: whose, words: flagWord(kind) });
}

/** `Away: not in the call for 2 min, since 10:04`, by the session's clock. */
export function describeFlag(flag: Flag): string {
  const parts = { flag: flagWord(flag.kind), reason: render(flag.evidence), time: formatClock(flag.sinceSecond) };
  return tr('{flag}: {reason}, since {time}', parts);
}

/** The attention index of the class in words, "" for null. */
export function describeAttention(index: number | null): string {
  if (index === null) return '';
  const level = index > HIGH_ATTENTION ? 'high' : index < LOW_ATTENTION ? 'low' : 'middle';
  return tr(ATTENTIVE_WORDS[level]);
}

/** An event in words; bookmarks exactly as typed. */
export function describeEvent(event: SessionEvent, labels: Labels = new Map()): string {
  const flag = event.flag === null ? '' : flagWord(event.flag).toLowerCase();
  const texts: Record<SessionEvent['kind'], string> = {
    bookmark: event.text || tr('Bookmark'),
    flag_raised: event.message ? render(event.message) : flag,
    flag_cleared: tr('flag cleared ({flag})', { flag }),
    flag_dismissed: tr('flag dismissed ({flag})', { flag }),
    capture_lost: tr('The picture was lost'),
    capture_back: tr('The picture is back'),
    paused: tr('Paused'),
    resumed: tr('Resumed'),
    stalled: tr('The program stopped running'),
    unstalled: tr('The program runs again'),
    student_excluded: tr('excluded'),
    student_included: tr('included again'),
    fault: tr('Stopped by a problem'),
  };
  const text = texts[event.kind];
  if (event.student === null) return event.kind === 'bookmark' ? text : capitalise(text);
  return tr('{who}: {words}', { who: labelStudent(event.student, labels), words: text });
}

export function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
