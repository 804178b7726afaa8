export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Cuts a rectangle into one for each weight, with areas in proportion and shapes as square as they come (Bruls, Huizing
 * and van Wijk, “Squarified Treemaps”, 2000): squares can be compared by eye, slivers cannot.
 * @param weights positive; the largest first gives the best shapes
 */
export function squarify(weights: readonly number[], bounds: Rect): readonly Rect[] {
  const scale = (bounds.width * bounds.height) / sum(weights);
  const areas = weights.map((weight) => weight * scale);
  const rects: Rect[] = [];
  let free = bounds;
  while (rects.length < areas.length) {
    const row = nextRow(areas.slice(rects.length), Math.min(free.width, free.height));
    const [placed, rest] = place(row, free);
    rects.push(...placed);
    free = rest;
  }
  return rects;
}

/** As many of the next areas as make the row's worst shape no worse. */
function nextRow(areas: readonly number[], side: number): readonly number[] {
  let length = 1;
  let worst = worstShape(areas.slice(0, 1), side);
  while (length < areas.length) {
    const longer = worstShape(areas.slice(0, length + 1), side);
    if (longer > worst) break;
    worst = longer;
    length += 1;
  }
  return areas.slice(0, length);
}

/** How many times as long as it is wide the longest rectangle of a row would be. */
function worstShape(row: readonly number[], side: number): number {
  const area = sum(row) ** 2;
  return Math.max((side ** 2 * Math.max(...row)) / area, area / (side ** 2 * Math.min(...row)));
}

/** Lays a row along the shorter side. @returns its rectangles, and what is left beside them */
function place(row: readonly number[], free: Rect): readonly [readonly Rect[], Rect] {
  const upright = free.width >= free.height;
  const area = sum(row);
  const side = upright ? free.height : free.width;
  const thickness = Math.min(upright ? free.width : free.height, side > 0 ? area / side : 0);
  let before = 0;
  const placed = row.map((each) => {
    const from = (before / area) * side;
    const length = (each / area) * side;
    before += each;
    return upright
      ? { x: free.x, y: free.y + from, width: thickness, height: length }
      : { x: free.x + from, y: free.y, width: length, height: thickness };
  });
  const rest = upright
    ? { ...free, x: free.x + thickness, width: free.width - thickness }
    : { ...free, y: free.y + thickness, height: free.height - thickness };
  return [placed, rest];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
