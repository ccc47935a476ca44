import { describe, expect, it } from 'vitest';

import words from '../generated/words.json';
import { Language, LANGUAGES, loadLanguage, type LanguageCode } from '../texts/language';
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

  const others = (Object.keys(LANGUAGES) as LanguageCode[]).filter((code) => code !== 'en');
  it.each(others)('has every sentence translated: %s', async (code) => {
    const facts = { expressionsOn: true, individuals: true, watched: 'room' } as const;
    const [translated, english] = [consentText(facts, await loadLanguage(code)), consentText(facts, ENGLISH)];
    expect(translated).toHaveLength(english.length);
    expect(translated.filter((paragraph, index) => paragraph === english[index])).toEqual([]);
  });
});
