/** Dilation and erosion of masks along lines, run by run: a screen's gaps are a few long runs a line. */
import { makePlane, type Plane } from './picture';

export interface RunFilter {
  readonly kind: 'dilate' | 'erode';
  /** Pixels; anchored at `size >> 1` as OpenCV's kernels are. */
  readonly size: number;
}

/** Starts and ends of runs, in turn. */
type Runs = number[];

/** The mask after the filters, each along rows or along columns. 255 where it is set. */
export function filterRuns(mask: Plane, direction: 'rows' | 'columns', filters: readonly RunFilter[]): Plane {
  const target = makePlane(mask.width, mask.height);
  const [lines, length] = direction === 'rows' ? [mask.height, mask.width] : [mask.width, mask.height];
  const [lineStride, stride] = direction === 'rows' ? [mask.width, 1] : [1, mask.width];
  for (let line = 0; line < lines; line += 1) {
    const start = line * lineStride;
    let runs = readRuns(mask.data, start, stride, length);
    for (const { kind, size } of filters)
      runs = kind === 'dilate' ? widen(runs, size, length) : narrow(runs, size, length);
    for (let run = 0; run < runs.length; run += 2) {
      for (let place = runs[run] as number; place < (runs[run + 1] as number); place += 1)
        target.data[start + place * stride] = 255;
    }
  }
  return target;
}

function readRuns(data: Uint8Array, start: number, stride: number, length: number): Runs {
  const runs: Runs = [];
  let isInside = false;
  for (let place = 0; place < length; place += 1) {
    const isSet = (data[start + place * stride] as number) > 0;
    if (isSet !== isInside) runs.push(place);
    isInside = isSet;
  }
  if (isInside) runs.push(length);
  return runs;
}

function widen(runs: Runs, size: number, length: number): Runs {
  const before = size >> 1;
  const after = size - 1 - before;
  const widened: Runs = [];
  for (let run = 0; run < runs.length; run += 2) {
    const start = Math.max(0, (runs[run] as number) - after);
    const end = Math.min(length, (runs[run + 1] as number) + before);
    if (widened.length && start <= (widened[widened.length - 1] as number)) widened[widened.length - 1] = end;
    else widened.push(start, end);
  }
  return widened;
}

/** What lies beyond the line counts as set. */
function narrow(runs: Runs, size: number, length: number): Runs {
  const before = size >> 1;
  const after = size - 1 - before;
  const narrowed: Runs = [];
  for (let run = 0; run < runs.length; run += 2) {
    const [first, last] = [runs[run] as number, runs[run + 1] as number];
    const start = first === 0 ? 0 : first + before;
    const end = last === length ? length : last - after;
    if (start < end) narrowed.push(start, end);
  }
  return narrowed;
}
