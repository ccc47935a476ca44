/** The seven expressions and the mood that follows from them, as in `fer_desktop/types/expressions.py`. */
import { EXPRESSIONS, type Expression } from '../engine/types';
import type { Probabilities } from './types';

/** From bright to heavy: how expressions are listed and stacked everywhere. */
export const STACK_ORDER: readonly Expression[] = ['happy', 'surprise', 'neutral', 'sad', 'fear', 'angry', 'disgust'];

/** Those that the network was tested on with few faces, and that it often misses. */
export const UNCERTAIN_EXPRESSIONS: readonly Expression[] = ['fear', 'disgust'];

/** Of the absolute mood: below the first it is called balanced, below the second slightly positive or negative. */
export const BALANCED_MOOD = 0.1;
export const CLEAR_MOOD = 0.35;

/** The positions of these expressions in a vector of probabilities. */
export function indicesOf(names: readonly Expression[]): readonly number[] {
  return names.map((name) => EXPRESSIONS.indexOf(name));
}

export const NEGATIVE_INDICES = indicesOf(['angry', 'disgust', 'fear', 'sad']);
const HAPPY = EXPRESSIONS.indexOf('happy');

/** The share of these classes together. */
export function sumOf(probabilities: ArrayLike<number>, indices: readonly number[]): number {
  return indices.reduce((sum, index) => sum + (probabilities[index] ?? 0), 0);
}

/** The mood, -1 to 1: happy - (angry + disgust + fear + sad). */
export function moodOf(probabilities: ArrayLike<number>): number {
  return (probabilities[HAPPY] ?? 0) - sumOf(probabilities, NEGATIVE_INDICES);
}

/** The mean of readings, class by class; null without any. */
export function meanReading(readings: readonly ArrayLike<number>[]): Probabilities | null {
  if (readings.length === 0) return null;
  const sums = new Float64Array(EXPRESSIONS.length);
  for (const reading of readings) {
    for (let index = 0; index < sums.length; index++) sums[index] = (sums[index] ?? 0) + (reading[index] ?? 0);
  }
  return Float32Array.from(sums, (sum) => sum / readings.length);
}
