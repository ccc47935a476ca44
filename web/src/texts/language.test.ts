import { describe, expect, it } from 'vitest';

import hindi from '../generated/hi.json';
import { formatClock, Language, pickLanguage } from './language';

const ENGLISH = new Language('en');
const HINDI = new Language('hi');

describe('texts', () => {
  it('fill their places, and durations in words', () => {
    const message = { key: 'flag.eyes_closed', closed: 5, samples: 6, lasted_s: 130 };
    expect(ENGLISH.render(message)).toBe('eyes mostly closed for 2 min (unusual)');
    expect(HINDI.render(message)).toMatch(/[\u0900-\u097f].*5.*6|6.*5/);
  });

  it('stay in English where there is no translation', () => {
    expect(HINDI.text('no such text {n}', { n: 3 })).toBe('no such text 3');
  });

  it('have every place of the English in Hindi', () => {
    const places = (text: string) => [...text.matchAll(/\{\w+(?::\w+)?\}/g)].map(String).sort();
    for (const [english, translated] of Object.entries(hindi)) {
      if (typeof translated === 'string') expect(places(translated), english).toEqual(places(english));
    }
  });

  it('give durations as the desktop does', () => {
    expect([45, 90, 180, 3900].map((seconds) => ENGLISH.duration(seconds))).toEqual([
      '45 s',
      '1 min',
      '3 min',
      '1 h 5 min',
    ]);
    expect([75, 3723].map(formatClock)).toEqual(['1:15', '1:02:03']);
  });

  it('are in the language of the browser unless another is chosen', () => {
    expect(pickLanguage('system', 'hi-IN')).toBe('hi');
    expect(pickLanguage('system', 'de')).toBe('en');
    expect(pickLanguage('en', 'hi-IN')).toBe('en');
  });
});
