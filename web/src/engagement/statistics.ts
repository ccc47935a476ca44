/** Means and percentiles as NumPy takes them. */

/** The mean; NaN without values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] ?? 0;
  return sum / values.length;
}

/** The percentile, 0 to 100, between neighbouring values linearly, as `numpy.percentile`; NaN without values. */
export function percentile(values: Iterable<number>, percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const at = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(at)] ?? NaN;
  const above = sorted[Math.ceil(at)] ?? NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** The standard deviation of a sample (n - 1). */
export function sampleDeviation(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** The means of `parts` equal parts, or of as many as there are values; split as `numpy.array_split` does. */
export function averageParts(values: readonly number[], parts: number): number[] {
  const count = Math.min(parts, values.length);
  const size = Math.floor(values.length / count);
  const longer = values.length % count;
  let start = 0;
  return Array.from({ length: count }, (_, part) => {
    const end = start + size + (part < longer ? 1 : 0);
    const average = mean(values.slice(start, end));
    start = end;
    return average;
  });
}
