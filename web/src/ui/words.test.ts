/** What the list of students says of each: the sentences of `ui/words.py`. */
import { expect, test } from 'vitest';

import { makeEvent, type Flag, type Presence, type StudentState } from '../engagement/types';
import {
  describeEvent,
  describeFault,
  describeLoss,
  describeStudent,
  formatShare,
  labelStudent,
  nameFlag,
} from './words';

function stateOf(presence: Presence, more: Partial<StudentState> = {}): StudentState {
  const nothing = { expression: null, confidence: 0, flags: [], excluded: false, attention: null };
  return { student: 1, presence, sinceSecond: 60, missedS: 0, reason: null, evidence: null, ...nothing, ...more };
}

const flag = (kind: Flag['kind']): Flag => ({
  kind,
  student: 1,
  sinceSecond: 60,
  evidence: { key: 'flag.not_in_call' },
});
const describe = (state: StudentState): string => describeStudent(state, 120, false);

test('somebody whose face cannot be read is there, with the reason where it is known', () => {
  expect(describe(stateOf('unreadable'))).toBe('there, face not seen');
  expect(describe(stateOf('unreadable', { reason: 'turned' }))).toBe('there, turned away');
});

test('who is not seen is not seen for so long', () => {
  const words = (['visible', 'empty', 'camera_off', 'out_of_view', 'away'] as const).map((each) =>
    describe(stateOf(each)),
  );
  expect(words).toEqual([
    'visible',
    'nobody in view for 1 min',
    'camera off for 1 min',
    'not in view for 1 min',
    'away for 1 min',
  ]);
});

test('a break is no part of how long', () => {
  expect(describeStudent(stateOf('camera_off', { missedS: 900 }), 1020, false)).toBe('camera off for 1 min');
});

test('where a flag says for how long, the state does not say it again', () => {
  expect(describe(stateOf('away', { flags: [flag('away')] }))).toBe('away');
  expect(describe(stateOf('empty', { flags: [flag('away')] }))).toBe('nobody in view');
  expect(describe(stateOf('camera_off', { flags: [flag('camera_off')] }))).toBe('camera off');
});

test('a student who has a name is called by it, in moments as well', () => {
  const labels = new Map([[1, 'Ann']]);
  expect([labelStudent(1, labels), labelStudent(2, labels)]).toEqual(['Ann', 'Student 2']);
  const events = [1, 2].map((student) => makeEvent('student_excluded', 0, { student }));
  expect(events.map((event) => describeEvent(event, labels))).toEqual(['Ann: excluded', 'Student 2: excluded']);
});

test('a flag is named with whose it is, and that of the class as the class as a whole', () => {
  expect([nameFlag('away', 'Ann'), nameFlag('class_drop', null)]).toEqual(['Ann: Away', 'The class: Mood dropped']);
});

test('a share is a whole per cent, or a dash where there is nothing to share', () => {
  expect([formatShare(1, 3), formatShare(0, 9), formatShare(0, 0)]).toEqual(['33 %', '0 %', '–']);
});

test('a lesson that a fault has ended is not said to be stored where it is not', () => {
  const stopped = 'The lesson was stopped by a problem: out of memory.';
  expect(describeFault('out of memory', true, null)).toBe(`${stopped} Everything up to then is saved.`);
  for (const trouble of ['full', 'none'] as const) {
    expect(describeFault('out of memory', false, trouble)).toBe(`${stopped} ${describeLoss(trouble)}`);
  }
  expect(describeLoss('gone')).toBe('The browser could not store the last seconds of this lesson: they are lost.');
});
