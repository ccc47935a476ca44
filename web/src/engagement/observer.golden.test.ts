/** The port is held to what the Python observer made of the same frames: `tools/web_golden_engagement.py`. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import type { FrameResult, TilePresence, UnreadableReason } from '../engine/types';
import type { FlagRules } from './flags';
import { ClassObserver } from './observer';
import type { ClassMood, FlagKind, SecondRecord, SessionEvent, StudentSecond, StudentState } from './types';

type GoldenTile = [number | null, boolean, TilePresence, UnreadableReason | null, string, number];
type GoldenFace = [number | null, UnreadableReason | null, [number, number, number] | null, number[] | null];
type Command = ['merge' | 'exclude' | 'include' | 'dismiss', number, number | FlagKind | null];

interface GoldenFrame {
  tiles: GoldenTile[];
  faces: GoldenFace[];
  merges: [number, number][];
  out_of_view: number[];
}

interface GoldenRecord {
  second: number;
  mood: [number, number, number, number, number[] | null, number | null];
  students: unknown[][];
  events: unknown[][];
  corrections: unknown[][];
}

interface Golden {
  rules: Record<string, number>;
  min_group_size: number;
  steps: {
    second: number;
    frames: GoldenFrame[];
    commands?: Command[];
    record?: GoldenRecord;
    states?: unknown[][];
  }[];
  last: GoldenRecord;
}

const BOX = { x: 0, y: 0, width: 0, height: 0 };

function makeFrame(golden: GoldenFrame): FrameResult {
  return {
    capturedAtS: 0,
    width: 0,
    height: 0,
    stages: { tilesMs: 0, facesMs: 0, identityMs: 0, expressionsMs: 0 },
    tiles: golden.tiles.map(([student, cameraOn, presence, reason, key, heldS]) => ({
      student,
      tile: { box: BOX, cameraOn, name: null },
      presence: { presence, reason, evidence: { key }, heldS },
    })),
    faces: golden.faces.map(([student, reason, cues, probabilities]) => ({
      student,
      probabilities: probabilities && Float32Array.from(probabilities),
      face: {
        box: BOX,
        score: 1,
        presence: 1,
        keypointsPx: new Float32Array(8),
        tile: null,
        cues: cues && { yawDeg: cues[0], pitchDeg: cues[1], eyeOpening: cues[2] },
        unreadable: reason && { presence: 'unreadable', reason, evidence: { key: 'presence.face_unreadable' } },
        ageS: 0,
      },
    })),
    merges: golden.merges.map(([student, into]) => ({ student, into })),
    outOfView: golden.out_of_view,
  };
}

/** Numbers are single precision in Python and double here. */
function near(value: number | null): unknown {
  return value === null ? null : (expect.closeTo(value, 4) as unknown);
}

function describeEvent(event: SessionEvent): unknown[] {
  return [event.kind, event.second, event.student, event.flag, event.message];
}

function describeSecond(second: StudentSecond): unknown[] {
  const marks = [second.faceFound, second.personSeen, second.cameraOn, second.tileSeen].map(Number).join('');
  return [second.student, marks, second.unreadable, second.attention];
}

function describeState(state: StudentState): unknown[] {
  const flags = state.flags.map((flag) => [flag.kind, flag.sinceSecond]);
  const { student, presence, sinceSecond, missedS, excluded, reason } = state;
  const { evidence, expression, confidence, attention } = state;
  const there = [student, presence, sinceSecond, excluded, reason];
  return [...there, evidence?.key ?? null, expression, confidence, attention, flags, missedS];
}

function describeMood(mood: ClassMood): unknown[] {
  const probabilities = mood.probabilities && Array.from(mood.probabilities);
  return [mood.faces, mood.people, mood.camerasOn, mood.students, probabilities, mood.attention];
}

/** The golden values, with the numbers at these places allowed to differ in the last digits. */
function loosen(values: unknown[], ...places: number[]): unknown[] {
  return values.map((value, place) => {
    if (!places.includes(place)) return value;
    return Array.isArray(value) ? value.map((each) => near(each as number)) : near(value as number | null);
  });
}

function expectRecord(record: SecondRecord | null, golden: GoldenRecord): void {
  expect(record?.second).toBe(golden.second);
  if (record === null) return;
  expect(record.events.map(describeEvent), `events of second ${golden.second}`).toEqual(golden.events);
  expect(describeMood(record.mood)).toEqual(loosen(golden.mood, 4, 5));
  expect(record.students.map(describeSecond), `second ${golden.second}`).toEqual(
    golden.students.map((each) => loosen(each, 3)),
  );
  const corrections = record.corrections.map((each) =>
    'into' in each ? ['merge', each.student, each.into] : ['erasure', each.student, each.since],
  );
  expect(corrections).toEqual(golden.corrections);
}

function obey(observer: ClassObserver, [name, student, other]: Command): void {
  if (name === 'dismiss') observer.dismiss(student, other as FlagKind);
  else if (name === 'merge') observer.merge({ student, into: other as number });
  else observer[name](student);
}

/** Python's names as they are written here: `away_after_s` is `awayAfterS`. */
function nameRules(rules: Record<string, number>): FlagRules {
  const named = Object.entries(rules).map(([name, value]) => [
    name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(named) as FlagRules;
}

function play(golden: Golden): void {
  const observer = new ClassObserver(nameRules(golden.rules), golden.min_group_size);
  for (const step of golden.steps) {
    const records = step.frames.map((frame) => observer.observe(makeFrame(frame), step.second).record);
    for (const command of step.commands ?? []) obey(observer, command);
    if (step.record) expectRecord(records[0] ?? null, step.record);
    if (step.states) {
      const states = observer.observeAgain()?.students.map(describeState);
      expect(states, `states at second ${step.second}`).toEqual(step.states.map((state) => loosen(state, 7)));
    }
  }
  expectRecord(observer.finish(), golden.last);
}

describe('a class is followed as on the desktop', () => {
  it.each(['calm', 'disturbed'])('%s', (name) => {
    const file = readFileSync(new URL(`../../tests/golden/engagement-${name}.json.gz`, import.meta.url));
    play(JSON.parse(gunzipSync(file).toString()) as Golden);
  });
});
