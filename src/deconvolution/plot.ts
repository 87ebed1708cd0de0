/** A picture of deconvolved cells: each one's trace, its reconvolution and its spikes, as SVG. */

/** What is drawn of a cell. Arrays of one length. */
export interface PlottedCell {
  /** What stands over its panel. */
  title: string;
  trace: ArrayLike<number>;
  reconvolution: ArrayLike<number>;
  spikes: ArrayLike<number>;
}

const WIDTH = 1000;
const LEFT = 64;
const RIGHT = 16;
const TOP = 40;
const PANEL = 200;
/** The share of a panel that traces take; spikes stand below. */
const TRACE_PART = 130;
const SPIKE_TOP = 146;
const SPIKE_PART = 30;
const BOTTOM = 40;
const COLORS = { trace: "#9aa5b1", reconvolution: "#0b62a8", spikes: "#c2410c", text: "#1f2933" };

/**
 * One panel a cell, below one another, over one axis of seconds.
 *
 * @param fs samples a second
 */
export function plotCells(cells: readonly PlottedCell[], fs: number): string {
  const height = TOP + PANEL * cells.length + BOTTOM;
  const seconds = Math.max(1, ...cells.map(({ trace }) => trace.length)) / fs;
  const ticks = ticksOf(0, seconds, 8);
  const x = (time: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * time) / seconds;
  const axis = ticks.map(
    (time) =>
      `<line x1="${round(x(time))}" x2="${round(x(time))}" y1="${TOP}" y2="${height - BOTTOM}" stroke="#e4e7eb"/>` +
      `<text x="${round(x(time))}" y="${height - BOTTOM + 16}" text-anchor="middle">${label(time)}</text>`,
  );
  const legend = (["trace", "reconvolution", "spikes"] as const).map(
    (name, at) =>
      `<rect x="${LEFT + 130 * at}" y="14" width="18" height="4" fill="${COLORS[name]}"/>` +
      `<text x="${LEFT + 24 + 130 * at}" y="20">${name}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="${COLORS.text}">`,
    `<rect width="100%" height="100%" fill="white"/>`,
    ...legend,
    ...axis,
    `<text x="${(WIDTH + LEFT - RIGHT) / 2}" y="${height - 6}" text-anchor="middle">seconds</text>`,
    ...cells.map((cell, at) => panel(cell, TOP + PANEL * at)),
    "</svg>",
    "",
  ].join("\n");
}

function panel({ title, trace, reconvolution, spikes }: PlottedCell, top: number): string {
  const [low, high] = extent([trace, reconvolution]);
  const y = (value: number): number =>
    top + 18 + (TRACE_PART - 18) * (1 - (value - low) / (high - low));
  const values = ticksOf(low, high, 3).map(
    (value) =>
      `<text x="${LEFT - 6}" y="${round(y(value) + 4)}" text-anchor="end">${label(value)}</text>`,
  );
  return [
    `<text x="${LEFT}" y="${top + 12}" font-weight="bold">${escape(title)}</text>`,
    ...values,
    line(trace, y, COLORS.trace, 1),
    line(reconvolution, y, COLORS.reconvolution, 1.5),
    spikeBars(spikes, top + SPIKE_TOP),
  ].join("\n");
}

/** A line through the samples; where several share a pixel, through their least and largest. */
function line(
  values: ArrayLike<number>,
  y: (value: number) => number,
  color: string,
  width: number,
): string {
  const points: string[] = [];
  forColumns(values, (x, from, to) => {
    let [low, high] = [from, from];
    for (let i = from; i < to; i++) {
      if ((values[i] ?? 0) < (values[low] ?? 0)) low = i;
      if ((values[i] ?? 0) > (values[high] ?? 0)) high = i;
    }
    for (const i of new Set([Math.min(low, high), Math.max(low, high)])) {
      points.push(`${round(x)},${round(y(values[i] ?? 0))}`);
    }
  });
  return `<polyline points="${points.join(" ")}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linejoin="round"/>`;
}

/** A bar for each spike, as high as the largest of its pixel. */
function spikeBars(spikes: ArrayLike<number>, top: number): string {
  const [, largest] = extent([spikes]);
  const path: string[] = [];
  forColumns(spikes, (x, from, to) => {
    let high = 0;
    for (let i = from; i < to; i++) high = Math.max(high, spikes[i] ?? 0);
    if (high > 0) {
      const size = Math.max(0.5, (SPIKE_PART * high) / largest);
      path.push(`M${round(x)} ${top + SPIKE_PART}v${-round(size)}`);
    }
  });
  const base = top + SPIKE_PART;
  return (
    `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${base}" y2="${base}" stroke="#cbd2d9"/>` +
    `<path d="${path.join("")}" fill="none" stroke="${COLORS.spikes}" stroke-width="1.2"/>`
  );
}

/** Calls with each column's place and its samples: one sample each, or as many as share a pixel. */
function forColumns(
  { length }: ArrayLike<number>,
  draw: (x: number, from: number, to: number) => void,
): void {
  const columns = Math.min(length, WIDTH - LEFT - RIGHT);
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * length) / columns);
    const to = Math.floor(((column + 1) * length) / columns);
    draw(LEFT + ((WIDTH - LEFT - RIGHT) * from) / length, from, to);
  }
}

/** The least and the largest value, never the same. */
function extent(lists: readonly ArrayLike<number>[]): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const values of lists) {
    for (let i = 0; i < values.length; i++) {
      low = Math.min(low, values[i] ?? 0);
      high = Math.max(high, values[i] ?? 0);
    }
  }
  return high > low ? [low, high] : [low, low + (Math.abs(low) || 1)];
}

/** At most `most` + 1 round numbers between the two. */
function ticksOf(low: number, high: number, most: number): number[] {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

function label(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
