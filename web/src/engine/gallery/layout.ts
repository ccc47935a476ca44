/**
 * Finds a gallery's tiles: rectangles that stand out from the gaps between them, or that straight lines enclose. As
 * `gallery/layout.py`.
 */
import { area, boxKey, centre, contains, intersectionArea, iou, makeBox } from '../geometry';
import { findComponents } from '../image/components';
import { type Picture, type Plane } from '../image/picture';
import { at, maxBy, median, roundHalfEven, sum } from '../numbers';
import type { Box } from '../types';
import { findGapColours, keepLines, maskGap, type Colour } from './background';
import { showsPicture } from './camera';
import { completeGrid, groupBySize, hasTileShape, MIN_TILE_SIDE_PX } from './grid';
import { Layout } from './layout_tracking';
import { findTilesByLines } from './lines';

/** Shares are 0 to 1, of the area that is named. */
const CONFIG = {
  /** Of its bounding box, how much a tile fills: rounded corners cost 2 %, dark video that melts into the gap more. */
  minFill: 0.8,
  /** Of the frame: a larger rectangle is the window itself. */
  maxFrameShare: 0.95,
  /** Breaks that coding noise leaves in a gap. */
  maxBreakPx: 12,
  minGalleryTiles: 4,
  /** So many tiles of one size that cover so much of the frame are a gallery, whatever they show. */
  minGalleryCover: 0.35,
  /** Of the tiles that show a picture, how many must show a face where the grid alone does not prove a gallery. */
  minFacesShare: 0.3,
  minTileShare: 0.0012,
  /** Of the largest tile: smaller rectangles are pictures in a chat or a list of participants. */
  minShareOfLargest: 0.01,
  maxOverlap: 0.1,
  sameLayoutIou: 0.95,
  sameTileIou: 0.7,
  /** Lines cost time: not searched for where gaps explain so much of the frame by tiles of one size. */
  linesBelowCover: 0.6,
  /** How many times better tiles found by lines must cover the frame. */
  linesGain: 1.1,
} as const;

/** Which of the boxes show a face. */
export type ShowFaces = (boxes: readonly Box[]) => Promise<readonly boolean[]>;

/**
 * The layout whose tiles cover most of the frame; no boxes where there is none. A grid between gaps that fills the frame
 * is a gallery whatever it shows; of anything less only the sizes are kept in which faces are found.
 *
 * `before`: where the gaps show the tiles of this layout again, lines are not searched for.
 */
export async function findLayout(image: Picture, showFaces: ShowFaces, before: Layout | null): Promise<Layout> {
  const filter = new TileFilter(image, showFaces);
  let { boxes: best, gapColour } = await findTilesBetweenGaps(image, filter);
  const isUnchanged = before?.gapColour != null && areSame(best, before.boxes);
  const isPlain = rate(best) >= CONFIG.linesBelowCover * image.width * image.height && groupBySize(best).length === 1;
  if (!isUnchanged && !isPlain) {
    const lined = dropSmall(prefer(best, findTilesByLines(image)), best);
    const byLines = await filter.keepTiles(lined, false);
    for (const boxes of [byLines, join(byLines, best)]) {
      if (rate(boxes) > CONFIG.linesGain * rate(best)) [best, gapColour] = [boxes, null];
    }
  }
  return new Layout(image, inReadingOrder(dropSmall(best)), gapColour);
}

/** The best tiles between gaps of one colour, and that colour; none without such tiles. */
async function findTilesBetweenGaps(
  image: Picture,
  filter: TileFilter,
): Promise<{ boxes: Box[]; gapColour: Colour | null }> {
  let best: { boxes: Box[]; gapColour: Colour | null } = { boxes: [], gapColour: null };
  for (const gapColour of findGapColours(image)) {
    const boxes = await filter.keepTiles(findBoxes(maskGap(image, gapColour)), true);
    if (rate(boxes) > rate(best.boxes)) best = { boxes, gapColour };
  }
  return best;
}

/** Separates tiles from other rectangles on a screen. Caches which boxes of the picture show a face. */
class TileFilter {
  readonly #image: Picture;
  readonly #showFaces: ShowFaces;
  readonly #known = new Map<string, boolean>();

  constructor(image: Picture, showFaces: ShowFaces) {
    this.#image = image;
    this.#showFaces = showFaces;
  }

  /** `trustGrid`: whether boxes of one size that fill the frame need no face. */
  async keepTiles(boxes: readonly Box[], trustGrid: boolean): Promise<Box[]> {
    const kept: Box[] = [];
    for (const group of groupBySize(boxes)) {
      const cover = sum(group.map(area)) / (this.#image.width * this.#image.height);
      const isGallery = group.length >= CONFIG.minGalleryTiles && cover >= CONFIG.minGalleryCover;
      if (cover < CONFIG.minTileShare * group.length) continue;
      if ((trustGrid && isGallery) || (await this.#haveFaces(group))) kept.push(...group);
    }
    return kept;
  }

  async #haveFaces(group: readonly Box[]): Promise<boolean> {
    const pictures = group.filter((box) => showsPicture(this.#image, box));
    const unknown = pictures.filter((box) => !this.#known.has(boxKey(box)));
    const shown = await this.#showFaces(unknown);
    unknown.forEach((box, index) => this.#known.set(boxKey(box), at(shown, index)));
    const faces = pictures.filter((box) => this.#known.get(boxKey(box))).length;
    return faces > 0 && faces >= CONFIG.minFacesShare * pictures.length;
  }
}

/**
 * `boxes`, each replaced by the exact one that it meets, without those that hold several: blocks of tiles. Sides are
 * found a few pixels beside a gap's borders.
 */
function prefer(exact: readonly Box[], boxes: readonly Box[]): Box[] {
  return boxes.flatMap((box) => {
    const nearest = maxBy(exact, (each) => iou(box, each));
    if (nearest && iou(box, nearest) > CONFIG.sameTileIou) return [nearest];
    return exact.filter((other) => contains(box, centre(other))).length < 2 ? [box] : [];
  });
}

/** `boxes`, and of the others those that lie beside them. */
function join(boxes: readonly Box[], others: readonly Box[]): Box[] {
  const isBeside = (other: Box): boolean =>
    boxes.every((box) => intersectionArea(other, box) < CONFIG.maxOverlap * Math.min(area(box), area(other)));
  return [...boxes, ...others.filter(isBeside)];
}

/** The boxes between the gaps of a mask (255 where there is gap), completed to a grid. */
function findBoxes(gap: Plane): Box[] {
  const lines = keepLines(gap, MIN_TILE_SIDE_PX, CONFIG.maxBreakPx);
  const content: Plane = { ...lines, data: lines.data.map((value) => 255 - value) };
  const [whole, broken]: [Box[], Box[]] = [[], []];
  for (const { left, top, width, height, area: filled } of findComponents(content)) {
    if (Math.max(width, height) < MIN_TILE_SIDE_PX) continue;
    const box = makeBox(left, top, width, height);
    if (area(box) > CONFIG.maxFrameShare * gap.data.length) continue;
    const isWhole = hasTileShape(width, height) && filled >= CONFIG.minFill * area(box);
    (isWhole ? whole : broken).push(box);
  }
  return completeGrid(whole, broken, content);
}

/** The boxes without those that are tiny beside the largest of all. */
function dropSmall(boxes: readonly Box[], beside: readonly Box[] = []): Box[] {
  const largest = Math.max(0, ...boxes.map(area), ...beside.map(area));
  return boxes.filter((box) => area(box) >= CONFIG.minShareOfLargest * largest);
}

/** The area covered. A single box, which may be the call window on a desktop or a slide, counts little. */
function rate(boxes: readonly Box[]): number {
  const share = (group: readonly Box[]): number => (group.length >= 3 ? 1 : group.length === 2 ? 0.5 : 0.05);
  return sum(groupBySize(boxes).map((group) => sum(group.map(area)) * share(group)));
}

function areSame(boxes: readonly Box[], others: readonly Box[]): boolean {
  return (
    boxes.length === others.length &&
    boxes.every((box) => Math.max(...others.map((other) => iou(box, other))) > CONFIG.sameLayoutIou)
  );
}

function inReadingOrder(boxes: readonly Box[]): Box[] {
  const rowHeight = median(boxes.map((box) => box.height));
  const row = (box: Box): number => roundHalfEven(centre(box)[1] / rowHeight);
  return [...boxes].sort((one, other) => row(one) - row(other) || one.x - other.x);
}
