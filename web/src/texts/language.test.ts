import { describe, expect, it } from 'vitest';

import { formatClock, Language, LANGUAGES, loadLanguage, pickLanguage, type LanguageCode } from './language';

const ENGLISH = new Language('en');
const OTHERS = (Object.keys(LANGUAGES) as LanguageCode[]).filter((code) => code !== 'en');

describe('texts', () => {
  it('fill their places, and durations in words', async () => {
    const message = { key: 'flag.eyes_closed', closed: 5, samples: 6, lasted_s: 130 };
    expect(ENGLISH.render(message)).toBe('eyes mostly closed for 2 min (unusual)');
    expect((await loadLanguage('hi')).render(message)).toMatch(/^2 मिनट/);
    expect((await loadLanguage('de')).render(message)).toMatch(/^Augen .*2 min/);
  });

  it('stay in English where there is no translation', async () => {
    expect((await loadLanguage('hi')).text('no such text {n}', { n: 3 })).toBe('no such text 3');
  });

  it.each(OTHERS)('are all translated: %s', async (code) => {
    const [language, catalogue] = [await loadLanguage(code), await readCatalogue(code)];
    expect(language.text('Settings')).not.toBe('Settings');
    for (const [english, translated] of Object.entries(catalogue)) {
      const forms = typeof translated === 'string' ? [translated] : translated;
      expect(
        forms.every((form) => form !== ''),
        english,
      ).toBe(true);
      if (typeof translated === 'string') expect(placesOf(translated), english).toEqual(placesOf(english));
    }
  });

  it.each([
    ['de', '0 Kameras aus', '1 Kamera aus'],
    ['es', '0 cámaras apagadas', '1 cámara apagada'],
    ['fr', '0 caméra éteinte', '1 caméra éteinte'],
  ] as const)('count as the language does: %s', async (code, none, one) => {
    const language = await loadLanguage(code);
    const count = (number: number) => language.plural('{n} camera off', '{n} cameras off', number);
    expect([count(0), count(1)]).toEqual([none, one]);
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

  it.each([
    ['system', 'hi-IN', 'hi'],
    ['system', 'de', 'de'],
    ['system', 'fr-CA', 'fr'],
    ['system', 'es_MX', 'es'],
    ['system', 'nl-NL', 'en'],
    ['system', '', 'en'],
    ['en', 'hi-IN', 'en'],
    ['fr', 'de-DE', 'fr'],
  ] as const)('are in the language of the browser unless another is chosen: %s, %s', (choice, system, code) => {
    expect(pickLanguage(choice, system)).toBe(code);
  });
});

async function readCatalogue(code: LanguageCode): Promise<Record<string, string | string[]>> {
  return ((await import(`../generated/${code}.json`)) as { default: Record<string, string | string[]> }).default;
}

function placesOf(text: string): string[] {
  return [...text.matchAll(/\{\w+(?::\w+)?\}/g)].map(String).sort();
}
