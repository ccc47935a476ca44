/** Connected parts of a mask: cv2.connectedComponentsWithStats with four neighbours. */
import { at } from '../numbers';
import { makePlane, type Plane } from './picture';

/** A run of set pixels in one row: from `start` up to `end`. */
interface Run {
  readonly y: number;
  readonly start: number;
  readonly end: number;
}

/** A part's bounding box and size in pixels, and its runs. */
export interface Component {
  left: number;
  top: number;
  width: number;
  height: number;
  area: number;
  readonly runs: Run[];
}

/** The parts, in the order of their first pixels. */
export function findComponents(mask: Plane): Component[] {
  const runs = findRuns(mask);
  const parents = joinRuns(runs);
  const parts = new Map<number, Component>();
  runs.forEach((run, index) => {
    const root = findRoot(parents, index);
    const part = parts.get(root);
    if (part) grow(part, run);
    else parts.set(root, startWith(run));
  });
  return [...parts.values()];
}

/** A mask of that size in which the part alone is set. */
export function paintComponent(part: Component, width: number, height: number): Plane {
  const mask = makePlane(width, height);
  for (const { y, start, end } of part.runs) mask.data.fill(1, y * width + start, y * width + end);
  return mask;
}

function findRuns({ data, width, height }: Plane): Run[] {
  const runs: Run[] = [];
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    for (let x = 0; x < width; x += 1) {
      if (!(data[row + x] as number)) continue;
      const start = x;
      while (x < width && (data[row + x] as number)) x += 1;
      runs.push({ y, start, end: x });
    }
  }
  return runs;
}

/** Union-find over runs that touch in successive rows; a root is the first run of its part. */
function joinRuns(runs: readonly Run[]): Int32Array {
  const parents = Int32Array.from(runs, (_, index) => index);
  let above = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const run = at(runs, index);
    while (above < index && isPassed(at(runs, above), run)) above += 1;
    for (let other = above; other < index && at(runs, other).y === run.y - 1; other += 1) {
      if (at(runs, other).start >= run.end) break;
      join(parents, other, index);
    }
  }
  return parents;
}

/** Whether a run can touch neither this one nor those after it. */
function isPassed(above: Run, run: Run): boolean {
  return above.y < run.y - 1 || (above.y === run.y - 1 && above.end <= run.start);
}

function join(parents: Int32Array, one: number, other: number): void {
  const [first, second] = [findRoot(parents, one), findRoot(parents, other)];
  parents[Math.max(first, second)] = Math.min(first, second);
}

function findRoot(parents: Int32Array, index: number): number {
  let root = index;
  while ((parents[root] as number) !== root) root = parents[root] as number;
  for (let place = index; place !== root;) {
    const next = parents[place] as number;
    parents[place] = root;
    place = next;
  }
  return root;
}

function startWith(run: Run): Component {
  const length = run.end - run.start;
  return { left: run.start, top: run.y, width: length, height: 1, area: length, runs: [run] };
}

function grow(part: Component, run: Run): void {
  const left = Math.min(part.left, run.start);
  part.width = Math.max(part.left + part.width, run.end) - left;
  part.left = left;
  part.height = run.y - part.top + 1;
  part.area += run.end - run.start;
  part.runs.push(run);
}
