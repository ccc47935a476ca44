/** The colour of the gaps between the tiles of a call, and a mask of these gaps. As `gallery/background.py`. */
import { blueDifference, lumaOf, redDifference, toYCrCb } from '../image/colour';
import { everyNth, makePlane, pixelAt, shorterSide, type Picture, type Plane } from '../image/picture';
import { filterRuns } from '../image/runs';
import { at, clamp, median } from '../numbers';

/** Gaps are painted in one exact colour; video coding changes its brightness by a few levels. */
const LUMA_TOLERANCE = 4;
/** Video coding stores colour at half the resolution, so tiles bleed more colour than brightness into the gaps. */
const CHROMA_TOLERANCE = 10;
const MIN_GAP_SHARE = 0.02;
const CANDIDATES = 3;

export type Colour = readonly [red: number, green: number, blue: number];

/**
 * The colours that may fill the gaps, likeliest first: those common in flat areas of the frame. A gap is flat along its
 * own direction, video is not. Weighted by how many rows and columns show the colour.
 */
export function findGapColours(image: Picture): Colour[] {
  const small = everyNth(image, Math.max(1, Math.floor(shorterSide(image) / 360)));
  const codes = packColours(small);
  const scored: { spread: number; colour: Colour }[] = [];
  for (const code of listCommon(codes, small.width)) {
    const spread = measureSpread(codes, small.width, code);
    if (spread !== null) scored.push({ spread, colour: medianColour(small, codes, code) });
  }
  scored.sort((one, other) => other.spread - one.spread);
  return keepDistinct(scored.map(({ colour }) => colour)).slice(0, CANDIDATES);
}

/** 255 where the picture has the gap's colour. */
export function maskGap(image: Picture, gapColour: Colour): Plane {
  const isGap = gapTest(gapColour);
  const mask = makePlane(image.width, image.height);
  for (let y = 0, to = 0; y < image.height; y += 1) {
    let from = pixelAt(image, 0, y);
    for (let x = 0; x < image.width; x += 1, to += 1, from += image.pixelStride) {
      if (isGap(image.data, from)) mask.data[to] = 255;
    }
  }
  return mask;
}

/** A test whether the pixel at a place in the data has the gap's colour. */
export function gapTest(gapColour: Colour): (data: Uint8Array | Uint8ClampedArray, place: number) => boolean {
  const gap = toYCrCb(...gapColour);
  const around = (level: number, tolerance: number): [number, number] => [
    clamp(level - tolerance, 0, 255),
    clamp(level + tolerance, 0, 255),
  ];
  const [leastLuma, mostLuma] = around(gap.luma, LUMA_TOLERANCE);
  const [leastRed, mostRed] = around(gap.red, CHROMA_TOLERANCE);
  const [leastBlue, mostBlue] = around(gap.blue, CHROMA_TOLERANCE);
  return (data, place) => {
    const luma = lumaOf(data[place] as number, data[place + 1] as number, data[place + 2] as number);
    if (luma < leastLuma || luma > mostLuma) return false;
    const red = redDifference(data[place] as number, luma);
    if (red < leastRed || red > mostRed) return false;
    const blue = blueDifference(data[place + 2] as number, luma);
    return blue >= leastBlue && blue <= mostBlue;
  };
}

/** The runs of a gap mask along rows or columns: breaks by coding noise are closed, dark spots in video removed. */
export function keepLines(gap: Plane, minLengthPx: number, maxBreakPx: number): Plane {
  const [bridge, run] = [1 + maxBreakPx, minLengthPx];
  const filters = [
    { kind: 'dilate', size: bridge },
    { kind: 'erode', size: bridge },
    { kind: 'erode', size: run },
    { kind: 'dilate', size: run },
  ] as const;
  const across = filterRuns(gap, 'rows', filters);
  const down = filterRuns(gap, 'columns', filters);
  for (let index = 0; index < across.data.length; index += 1) {
    across.data[index] = (across.data[index] as number) | (down.data[index] as number);
  }
  return across;
}

/** One number a pixel, in steps of four levels, so that coding noise does not split a colour. */
function packColours(image: Picture): Int32Array {
  const codes = new Int32Array(image.width * image.height);
  for (let y = 0, to = 0; y < image.height; y += 1) {
    let from = pixelAt(image, 0, y);
    for (let x = 0; x < image.width; x += 1, to += 1, from += image.pixelStride) {
      const [red, green, blue] = [
        image.data[from] as number,
        image.data[from + 1] as number,
        image.data[from + 2] as number,
      ];
      codes[to] = ((blue >> 2) << 12) | ((green >> 2) << 6) | (red >> 2);
    }
  }
  return codes;
}

/** The commonest colours of pixels that are like the one before them or above them. */
function listCommon(codes: Int32Array, width: number): number[] {
  const counts = new Map<number, number>();
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] as number;
    const isFlat = (index % width > 0 && (codes[index - 1] as number) === code) || codes[index - width] === code;
    if (isFlat) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const sorted = [...counts].sort((one, other) => other[1] - one[1] || other[0] - one[0]);
  return sorted.slice(0, 2 * CANDIDATES).map(([code]) => code);
}

/** Share of the rows times share of the columns that show the colour; null where it is rare. */
function measureSpread(codes: Int32Array, width: number, code: number): number | null {
  const height = codes.length / width;
  const [rows, columns] = [new Int32Array(height), new Int32Array(width)];
  let total = 0;
  for (let y = 0, index = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, index += 1) {
      if ((codes[index] as number) !== code) continue;
      rows[y] = (rows[y] as number) + 1;
      columns[x] = (columns[x] as number) + 1;
      total += 1;
    }
  }
  if (total / codes.length < MIN_GAP_SHARE) return null;
  const share = (counts: Int32Array, length: number): number =>
    counts.filter((count) => count / length > 0.02).length / counts.length;
  return share(rows, width) * share(columns, height);
}

function medianColour(image: Picture, codes: Int32Array, code: number): Colour {
  const levels: [number[], number[], number[]] = [[], [], []];
  codes.forEach((each, index) => {
    if (each !== code) return;
    const place = pixelAt(image, index % image.width, Math.floor(index / image.width));
    levels.forEach((channel, offset) => channel.push(image.data[place + offset] as number));
  });
  return levels.map((channel) => Math.trunc(median(channel))) as unknown as Colour;
}

function keepDistinct(colours: readonly Colour[]): Colour[] {
  const kept: Colour[] = [];
  for (const colour of colours) {
    const isNew = kept.every((other) =>
      colour.some((level, channel) => Math.abs(level - at(other, channel)) > LUMA_TOLERANCE),
    );
    if (isNew) kept.push(colour);
  }
  return kept;
}
