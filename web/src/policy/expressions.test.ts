import { describe, expect, it } from 'vitest';

import policy from '../generated/policy.json';
import { decideExpressions } from './expressions';
import { PLACE_CODES, expressionsAllowed, guessPlace } from './place';

describe('the place rule', () => {
  it('decides every place as the desktop does', () => {
    const decided = PLACE_CODES.map((place) => [place, decideExpressions({ setting: place }).on]);
    expect(Object.fromEntries(decided)).toEqual(policy.decisions);
  });

  it('is off in the EU, the EEA and their territories, and on elsewhere', () => {
    const on = ['DE', 'FR', 'IE', 'NO', 'RE', 'IN', 'GB', 'US'].filter((place) => expressionsAllowed(place));
    expect(on).toEqual(['IN', 'GB', 'US']);
  });

  it.each([null, '', 'XX', 'Germany'])('is off where the place is unknown: %s', (setting) => {
    expect(decideExpressions({ setting })).toEqual({ place: null, reason: 'place_unknown', on: false });
  });

  it('lets a guess switch expressions off, never on', () => {
    expect(decideExpressions({ setting: null, guess: 'DE' }).reason).toBe('forbidden');
    expect(decideExpressions({ setting: null, guess: 'IN' }).on).toBe(false);
    expect(decideExpressions({ setting: 'IN', guess: 'DE' }).on).toBe(true);
  });

  it('is off while the settings are not confirmed', () => {
    expect(decideExpressions({ setting: 'IN', confirmed: false }).reason).toBe('settings_unconfirmed');
  });
});

describe('the guess from the time zone', () => {
  it.each([
    ['Europe/Berlin', 'DE'],
    ['Asia/Calcutta', 'IN'],
    ['Asia/Kolkata', 'IN'],
    ['UTC', null],
  ])('of %s is %s', (zone, place) => {
    expect(guessPlace(zone)).toBe(place);
  });
});
