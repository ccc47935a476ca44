import { describe, expect, it } from 'vitest';

import words from '../generated/words.json';
import { Language } from '../texts/language';
import { consentText, type Watched } from './consent';

const ENGLISH = new Language('en');
const WATCHED: Watched[] = ['call', 'room', 'recording'];

describe('the text for the class', () => {
  it('does not speak of mood where expressions are off', () => {
    for (const watched of WATCHED) {
      const text = consentText({ expressionsOn: false, individuals: true, watched }, ENGLISH).join(' ');
      expect(text).toContain('does not read expressions or feelings');
      expect(text).not.toContain('mood');
    }
  });

  it('says that nobody alone is saved where only class totals are', () => {
    const text = consentText({ expressionsOn: true, individuals: false, watched: 'call' }, ENGLISH).join(' ');
    expect(text).toContain('totals for the whole class only');
    expect(text).not.toContain('Student 1');
  });

  it('names no student, as no name is read', () => {
    expect(JSON.stringify(words.consent)).not.toContain('name shown on your video');
  });

  it('is in Hindi with every sentence translated', () => {
    const facts = { expressionsOn: true, individuals: true, watched: 'room' } as const;
    const hindi = consentText(facts, new Language('hi'));
    const english = consentText(facts, ENGLISH);
    expect(hindi).toHaveLength(english.length);
    expect(hindi.every((paragraph) => /[\u0900-\u097f]/.test(paragraph))).toBe(true);
  });
});
