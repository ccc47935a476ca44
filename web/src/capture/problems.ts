/** Why nothing can be watched, with one sentence for each that says what to do. */
import { mark, tr } from '../texts/tr';

const SENTENCES = {
  refused: mark('Nothing is watched: the browser was not allowed to. Choose again and allow it.'),
  no_camera: mark('No camera was found. Plug one in, or choose something else to watch.'),
  camera_in_use: mark('The camera cannot be opened. Close other programs that use it, then choose it again.'),
  no_screen_sharing: mark(
    'This browser cannot watch a call. Use Chrome, Edge or Firefox on a computer, or a camera here.',
  ),
  no_cameras_here: mark('This browser gives no access to cameras. Use a newer one.'),
  old_browser: mark('This browser is too old for the app. Use a newer Chrome, Edge, Firefox or Safari.'),
  unreadable: mark('This file cannot be read. Choose a picture (PNG, JPEG, WebP) or a video (MP4, WebM).'),
  too_large: mark('This picture is too large. Choose one of at most 50 million pixels.'),
  no_engine: mark("The program's files cannot be loaded. Check the connection to the page's address, then reload."),
} as const;

export type CaptureReason = keyof typeof SENTENCES;

/** Nothing can be watched; `message` says why, and what to do, in the page's language. */
export class CaptureProblem extends Error {
  override readonly name = 'CaptureProblem';

  constructor(readonly reason: CaptureReason) {
    super(tr(SENTENCES[reason]));
  }
}

/** What an error of the browser means when a screen or a camera is opened. */
export function explainCapture(error: unknown): CaptureProblem {
  if (error instanceof CaptureProblem) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError' || name === 'AbortError')
    return new CaptureProblem('refused');
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return new CaptureProblem('no_camera');
  return new CaptureProblem('camera_in_use');
}
