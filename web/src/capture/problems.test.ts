/** What the browser's errors mean when a screen or a camera is opened. */
import { expect, test } from 'vitest';
import { CaptureProblem, explainCapture } from './problems';

/** Media Capture and Streams, getUserMedia: https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia */
test.each([
  ['NotAllowedError', 'refused'],
  ['SecurityError', 'refused'],
  ['AbortError', 'refused'],
  ['NotFoundError', 'no_camera'],
  ['OverconstrainedError', 'no_camera'],
  ['NotReadableError', 'camera_in_use'],
])('%s', (name, reason) => {
  const error = Object.assign(new Error('by the browser'), { name });
  expect(explainCapture(error)).toMatchObject({ reason });
});

test('a problem that is explained already keeps its sentence, which says what to do', () => {
  const problem = new CaptureProblem('old_browser');
  expect(explainCapture(problem)).toBe(problem);
  expect(problem.message).toMatch(/^This browser .*\. Use a newer /);
});
