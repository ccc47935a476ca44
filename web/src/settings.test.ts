import { describe, expect, it } from 'vitest';

import { decideExpressions } from './policy/expressions';
import { DEFAULTS, parseSettings } from './settings';

describe('the settings', () => {
  it('are the defaults where none are stored', () => {
    expect(parseSettings(null)).toEqual(DEFAULTS);
  });

  it.each([
    '',
    '{"place": "IN',
    '[]x',
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
});
