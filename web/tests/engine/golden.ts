/** Reads the golden files that `tools/web_golden_engine.py` writes. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { decode } from 'fast-png';
import { viewFrame, type Picture } from '../../src/engine/image/picture';

const FOLDER = new URL('../golden/engine/', import.meta.url);

type Rectangle = [left: number, top: number, width: number, height: number];

export type Edit =
  | { readonly copy: Rectangle; readonly to: [left: number, top: number] }
  | { readonly fill: Rectangle; readonly colour: [red: number, green: number, blue: number] };

export interface GoldenFace {
  readonly tile: number | null;
  readonly student: number | null;
  readonly box: Rectangle;
  readonly score: number;
  readonly presence: number;
  readonly keypointsPx: number[];
  readonly turnDeg: [yaw: number, pitch: number] | null;
  readonly eyeOpening: number | null;
  readonly unreadable: string | null;
  readonly probabilities: number[] | null;
}

export interface GoldenFrame {
  readonly edits: Edit[];
  readonly tiles: {
    box: Rectangle;
    cameraOn: boolean;
    student: number | null;
    presence: string;
    reason: string | null;
  }[];
  readonly faces: GoldenFace[];
  readonly outOfView: number[];
}

export type Scenes = Record<string, { picture: string; frames: GoldenFrame[] }>;

/** One operation on a part of a picture, and the digest of what OpenCV makes of it. */
export type Operation = { readonly picture: string; readonly part: Rectangle; readonly sha256: string } & (
  | { readonly resize: 'linear' | 'area'; readonly to: [width: number, height: number] }
  | { readonly warp: [number, number, number, number, number, number]; readonly border: 'black' | 'edge' }
  | { readonly grey: true }
);

/** `avatars`: which of the tiles show one. `boxes`: the tiles that are found. */
export interface Gallery {
  readonly avatars: { picture: string; edits: Edit[]; tiles: Rectangle[]; avatars: boolean[] }[];
  readonly windows: { picture: string; edits: Edit[]; boxes: Rectangle[] }[];
}

export function readGallery(): Gallery {
  return JSON.parse(gunzipSync(readFileSync(new URL('gallery.json.gz', FOLDER))).toString()) as Gallery;
}

export function readScenes(): Scenes {
  return readGolden('scenes.json') as Scenes;
}

export function readOperations(): Operation[] {
  return readGolden('pictures.json') as Operation[];
}

function readGolden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
}

/** Four bytes a pixel, as a frame has them. */
export function readPicture(name: string): { data: Uint8Array; width: number; height: number } {
  const { data, width, height, channels } = decode(readFileSync(new URL(`${name}.png`, FOLDER)));
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) rgba[4 * pixel + channel] = data[channels * pixel + channel] ?? 0;
  }
  return { data: rgba, width, height };
}

/** A copy of the picture after the edits. */
export function makeFrame(
  picture: { data: Uint8Array; width: number; height: number },
  edits: readonly Edit[],
): Uint8Array {
  const { data, width, height } = picture;
  const frame = data.slice();
  for (const edit of edits) {
    const [left, top, wide, high] = 'copy' in edit ? edit.copy : edit.fill;
    const [x0, end] = [Math.max(0, left), Math.min(width, left + wide)];
    for (let y = Math.max(0, top); y < Math.min(height, top + high); y += 1) {
      const row = data.subarray((y * width + x0) * 4, (y * width + end) * 4);
      if ('copy' in edit) {
        const [toLeft, toTop] = edit.to;
        frame.set(row, ((toTop + y - top) * width + toLeft) * 4);
      } else {
        for (let x = x0; x < end; x += 1) frame.set(edit.colour, (y * width + x) * 4);
      }
    }
  }
  return frame;
}

export function viewPicture(name: string): Picture {
  const { data, width, height } = readPicture(name);
  return viewFrame(data, width, height);
}

export function digest(bytes: Uint8Array | Uint8ClampedArray): string {
  return createHash('sha256').update(bytes).digest('hex');
}
