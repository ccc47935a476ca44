/** Opens what is watched live: a tab, window or screen, or a camera. */
import type { Watched } from '../policy/consent';
import { mark } from '../texts/tr';
import { CaptureProblem, explainCapture } from './problems';

/** `label`: what is stored with the session, in English: the kind of source, never a title. */
export interface LiveSource {
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
  readonly label: string;
  readonly watched: Watched;
}

/** Screen Capture, W3C working draft: https://www.w3.org/TR/screen-capture/#capturecontroller */
declare class CaptureController {
  setFocusBehavior(behaviour: 'focus-captured-surface' | 'no-focus-change'): void;
}

export type LiveKind = 'screen' | 'camera';

const SURFACES: Readonly<Record<string, string>> = {
  browser: mark('A browser tab'),
  window: mark('A window'),
  monitor: mark('A whole screen'),
};
const CAMERA = mark('A camera');

/** Enough for a class of 49 on the largest usual screen; more only takes time. */
const SCREEN: DisplayMediaStreamOptions = { video: { frameRate: { ideal: 10, max: 15 } }, audio: false };
const CAMERA_VIDEO: MediaTrackConstraints = {
  width: { ideal: 1920 },
  height: { ideal: 1080 },
  frameRate: { ideal: 30 },
  facingMode: { ideal: 'environment' },
};

/** Whether the browser can watch a call at all; those of phones cannot. */
export function canShareScreen(): boolean {
  return 'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices;
}

/** Asks for a source; to be called from a click. Throws `CaptureProblem`. */
export async function openLive(kind: LiveKind): Promise<LiveSource> {
  try {
    const stream = await (kind === 'screen' ? openScreen() : openCamera());
    const track = stream.getVideoTracks()[0];
    if (!track) throw new CaptureProblem('no_camera');
    const surface = track.getSettings().displaySurface;
    const label = kind === 'camera' ? CAMERA : (SURFACES[surface ?? ''] ?? 'A window');
    return { stream, track, label, watched: kind === 'camera' ? 'room' : 'call' };
  } catch (error) {
    throw explainCapture(error);
  }
}

/** Ends the capture. */
export function closeLive(source: LiveSource): void {
  for (const track of source.stream.getTracks()) track.stop();
}

async function openScreen(): Promise<MediaStream> {
  if (!canShareScreen()) throw new CaptureProblem('no_screen_sharing');
  // This page itself shows no class; the browser need not offer it.
  return navigator.mediaDevices.getDisplayMedia({
    ...SCREEN,
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    controller: keepPageInView(),
  } as DisplayMediaStreamOptions);
}

/** A browser that knows it shows the tab that is watched otherwise, and slows this page down behind it. */
function keepPageInView(): CaptureController | undefined {
  if (!('CaptureController' in window)) return undefined;
  const controller = new CaptureController();
  controller.setFocusBehavior('no-focus-change');
  return controller;
}

async function openCamera(): Promise<MediaStream> {
  if (!('mediaDevices' in navigator)) throw new CaptureProblem('no_cameras_here');
  return navigator.mediaDevices.getUserMedia({ video: CAMERA_VIDEO, audio: false });
}
