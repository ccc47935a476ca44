/** Shapes in the mask of what a card shows beside its colour. As those of `gallery/camera.py`. */
import type { Plane } from '../image/picture';
import { argmax, at, roundHalfEven, sum } from '../numbers';

/** Upper end of a label that a round picture touches. */
const DISC_UNTIL = 0.72;
/** Share of a round picture's height that must show: shoulders are as wide as its upper half, but not its lower. */
const MIN_DISC_HEIGHT = 0.75;
/** Mean deviation of its width in a row, in diameters. */
const MAX_OFF_ROUND = 0.06;

/** Share of each column that is set, of the rows from `top` up to `end`. */
export function columnShares(mask: Plane, top: number, end: number): number[] {
  const counts = new Array<number>(mask.width).fill(0);
  const rows = Math.max(0, Math.min(end, mask.height) - top);
  for (let y = top; y < top + rows; y += 1) {
    for (let x = 0; x < mask.width; x += 1) counts[x] = at(counts, x) + (mask.data[y * mask.width + x] as number);
  }
  return counts.map((count) => count / rows);
}

/** Share of each row that is set, of the rows from `top` up to `end` and the columns from `left` up to `right`. */
export function rowShares(mask: Plane, top: number, end: number, left: number, right: number): number[] {
  const shares: number[] = [];
  for (let y = top; y < Math.min(end, mask.height); y += 1) {
    shares.push(sum(mask.data.subarray(y * mask.width + left, y * mask.width + right)) / (right - left));
  }
  return shares;
}

/** Whether content, by its share of each column, is as much on the left as on the right. */
export function isCentred(shares: readonly number[], maxOffCentre: number): boolean {
  const weighed = sum(shares.map((share, column) => share * (column + 0.5)));
  return Math.abs(weighed / sum(shares) / shares.length - 0.5) <= maxOffCentre;
}

/** Whether what is in the middle is round; its lower end may touch the label, which hides the row below it. */
export function isDiscInTheMiddle(content: Plane, maxRowContent: number, maxOffCentre: number): boolean {
  const end = roundHalfEven(DISC_UNTIL * content.height);
  const shares = rowShares(content, 0, end, 0, content.width);
  const top = Math.max(
    0,
    shares.findIndex((share) => share > maxRowContent / 2),
  );
  const widths = shares.slice(top).map((share) => share * content.width);
  const diameter = roundHalfEven(at(widths, argmax(widths)));
  const lowest = widths.length - 0.5;
  if (!(diameter > 0) || lowest / diameter < MIN_DISC_HEIGHT || lowest / diameter > 1.2) return false;
  const offRound = widths.map((width, row) => {
    const height = row + 0.5;
    return Math.abs(width - 2 * Math.sqrt(Math.max(0, height * (diameter - height))));
  });
  if (sum(offRound) / widths.length / diameter > MAX_OFF_ROUND) return false;
  return isCentred(columnShares(content, top, end), maxOffCentre);
}
