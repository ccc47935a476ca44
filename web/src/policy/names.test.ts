/** Names are kept as the desktop keeps them: the examples are those of `tests/unit/roster/test_names.py`. */
import { expect, test } from 'vitest';

import { distinguishNames, tidyName } from './names';

test.each([
  ['  Zoë \n Kim ', 'Zoë Kim'],
  ['Zoe\u0308', 'Zoë'],
  ['\u202eAnn\u202c \u2066Kim\u2069\u200e', 'Ann Kim'],
  ['An\x00n\x1b[31m', 'Ann[31m'],
  ['An\u200b\ufeff\u00adn', 'Ann'],
  ['Ann\ufeff \x85Kim\x1f', 'Ann Kim'],
  ['\ud800Ann', 'Ann'],
  ['श्री\u200dमान', 'श्री\u200dमान'],
  ['\u202e\u200d', null],
  ['  ', null],
])('%j is stored on one line or not at all', (name, tidied) => {
  expect(tidyName(name)).toBe(tidied);
});

test('students with the same name are told apart by their numbers', () => {
  const names = new Map([
    [1, 'Ann'],
    [3, 'Ben'],
    [7, 'Ann'],
  ]);
  expect([...distinguishNames(names)]).toEqual([
    [1, 'Ann (1)'],
    [3, 'Ben'],
    [7, 'Ann (7)'],
  ]);
});
