/** Arithmetic as Python and NumPy do it, where JavaScript differs. */

/** To the nearest whole number, halves to the even one, as Python's `round` and OpenCV's `cvRound` do. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/** The middle value, or the mean of the two middle ones; NaN of none. */
export function median(values: Iterable<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? at(sorted, middle) : (at(sorted, middle - 1) + at(sorted, middle)) / 2;
}

/** Percentile with linear interpolation, as `numpy.percentile` has it; `share` is 0 to 1. */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return at(sorted, below) + (place - below) * (at(sorted, above) - at(sorted, below));
}

/** Indices that sort the values from low to high; equal ones keep their order. */
export function argsort(values: ArrayLike<number>): number[] {
  return Array.from({ length: values.length }, (_, index) => index).sort((a, b) => at(values, a) - at(values, b));
}

/** The index of the first greatest value; -1 of none. */
export function argmax(values: ArrayLike<number>): number {
  let best = values.length ? 0 : -1;
  for (let index = 1; index < values.length; index += 1) if (at(values, index) > at(values, best)) best = index;
  return best;
}

/** The index of the first least value; -1 of none. */
export function argmin(values: ArrayLike<number>): number {
  let best = values.length ? 0 : -1;
  for (let index = 1; index < values.length; index += 1) if (at(values, index) < at(values, best)) best = index;
  return best;
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-clamp(logit, -100, 100)));
}

/** The element with the greatest `rate`, the first of equal ones; undefined of none. */
export function maxBy<Item>(items: Iterable<Item>, rate: (item: Item) => number): Item | undefined {
  let best: Item | undefined;
  let highest = -Infinity;
  for (const item of items) {
    const value = rate(item);
    if (best === undefined || value > highest) [best, highest] = [item, value];
  }
  return best;
}

/** An element that is there: the index was checked by the caller. */
export function at<Element>(values: ArrayLike<Element>, index: number): Element {
  return values[index] as Element;
}
