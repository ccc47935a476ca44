import { expect, test } from 'vitest';

import { Latest } from './latest';

function make() {
  const discarded: string[] = [];
  return { discarded, latest: new Latest<string>((thing) => discarded.push(thing)) };
}

test('of two things that are asked for the last one is given, whichever comes first', async () => {
  const { discarded, latest } = make();
  let come: (thing: string) => void = () => undefined;
  const first = latest.ask(new Promise((resolve) => (come = resolve)));
  expect(await latest.ask(Promise.resolve('two'))).toBe('two');
  come('one');
  expect(await first).toBeNull();
  expect(discarded).toEqual(['one']);
});

test('what was given up is discarded, and nobody is shown why it did not come', async () => {
  const { discarded, latest } = make();
  const asked = [latest.ask(Promise.resolve('camera')), latest.ask(Promise.reject(new Error('refused')))];
  latest.giveUp();
  expect(await Promise.all(asked)).toEqual([null, null]);
  expect(discarded).toEqual(['camera']);
});

test('what is wanted and does not come is an error', async () => {
  await expect(make().latest.ask(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
});
