/** A line over time by uPlot, with its summary for screen readers. */
import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

import { formatClock } from '../texts/language';

const HEIGHT_PX = 190;

export interface Line {
  readonly name: string;
  /** The name of a colour of the theme. */
  readonly colour: string;
  readonly values: readonly (number | null)[];
  readonly dash?: readonly number[];
}

interface ChartProps {
  readonly seconds: readonly number[];
  readonly lines: readonly Line[];
  readonly range: readonly [number, number];
  /** The chart in one sentence. */
  readonly summary: string;
}

/** Lines differ in dash as well as in colour. */
export function Chart({ seconds, lines, range, summary }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const data = [[...seconds], ...lines.map((line) => [...line.values])] as UPlot.AlignedData;
  const latest = useRef(data);
  latest.current = data;
  const shape = JSON.stringify([lines.map(({ name, colour, dash }) => [name, colour, dash]), range]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = new UPlot(makeOptions(element, shape), latest.current, element);
    plot.current = made;
    const observer = new ResizeObserver(() => {
      made.setSize({ width: element.clientWidth, height: HEIGHT_PX });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [shape]);
  useEffect(() => {
    plot.current?.setData(latest.current);
  }, [seconds, lines]);
  return <div class="chart" ref={box} role="img" aria-label={summary} />;
}

function makeOptions(element: HTMLElement, shape: string): UPlot.Options {
  const [lines, range] = JSON.parse(shape) as [[string, string, number[] | null][], [number, number]];
  const colour = (name: string) => getComputedStyle(element).getPropertyValue(`--${name}`).trim();
  const axis = { stroke: colour('muted'), grid: { stroke: colour('border') }, ticks: { stroke: colour('border') } };
  return {
    width: element.clientWidth,
    height: HEIGHT_PX,
    scales: { x: { time: false }, y: { range } },
    axes: [
      { ...axis, values: (_, seconds) => seconds.map(formatClock) },
      { ...axis, size: 44 },
    ],
    series: [
      {},
      ...lines.map(([label, stroke, dash]) => ({
        label,
        stroke: colour(stroke),
        width: 2,
        spanGaps: false,
        ...(dash ? { dash } : {}),
      })),
    ],
    cursor: { drag: { x: false, y: false } },
    legend: { show: lines.length > 1, live: false },
  };
}
