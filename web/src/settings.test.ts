import { afterEach, describe, expect, it, vi } from 'vitest';

import { decideExpressions } from './policy/expressions';
import { changeSettings, DEFAULTS, loadSettings, parseSettings } from './settings';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A browser's store; `isFull`: it takes nothing. */
function stubStore(isFull = false): void {
  let stored: string | null = null;
  vi.stubGlobal('localStorage', {
    getItem: () => stored,
    setItem: (_: string, text: string) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      stored = text;
    },
  });
}

describe('the settings', () => {
  it('are the defaults where none are stored', () => {
    expect(parseSettings(null)).toEqual(DEFAULTS);
  });

  it.each([
    '',
    '{"place": "IN',
    '[]x',
    '[]',
    'null',
    '{"place": 7}',
    '{"place": "ZZ"}',
    '{"aggregateOnly": "no"}',
    '{"retentionDays": -1}',
  ])('that are damaged switch expressions off: %s', (text) => {
    const { place, confirmed } = parseSettings(text);
    expect(decideExpressions({ setting: place ?? 'IN', confirmed }).on).toBe(false);
  });

  it('keep what can be read of damaged ones', () => {
    expect(parseSettings('{"place": "IN", "retentionDays": 0, "language": "hi"}')).toMatchObject({
      place: 'IN',
      language: 'hi',
      retentionDays: null,
      confirmed: false,
    });
  });

  it('keep what another tab has changed meanwhile', () => {
    stubStore();
    const here = changeSettings({ settings: DEFAULTS, isKept: true }, { place: 'IN' });
    changeSettings(here, { aggregateOnly: true, place: 'DE' }); // in the other tab
    expect(changeSettings(here, { course: 'Physics' }).settings).toMatchObject({ aggregateOnly: true, place: 'DE' });
    expect(loadSettings()).toMatchObject({ aggregateOnly: true, place: 'DE', course: 'Physics' });
  });

  it('change for as long as the page is open where the browser keeps none', () => {
    stubStore(true);
    const one = changeSettings({ settings: DEFAULTS, isKept: true }, { place: 'DE' });
    const two = changeSettings(one, { aggregateOnly: true });
    expect(two).toEqual({ settings: { ...DEFAULTS, place: 'DE', aggregateOnly: true }, isKept: false });
  });

  it('that were damaged are confirmed by nothing but that', () => {
    stubStore();
    const damaged = { settings: parseSettings('{"aggregateOnly": "no"}'), isKept: true };
    const changed = changeSettings(damaged, { language: 'hi' });
    expect(changed.settings.confirmed).toBe(false);
    expect(changeSettings(changed, { confirmed: true }).settings.confirmed).toBe(true);
  });
});
