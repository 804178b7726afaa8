import { createRandom, seedOf, type Random } from './random';

/** Two for the backdrop, two for shapes, one that stands out. */
type Palette = readonly [top: string, bottom: string, far: string, near: string, accent: string];

export const PALETTES: readonly Palette[] = [
  ['#1b2a4a', '#e88d67', '#4a4e7c', '#20223f', '#ffd9a0'],
  ['#bfe3e0', '#f6e7cb', '#6ba5a0', '#2f5d62', '#e4572e'],
  ['#2d1e3e', '#8e4a6b', '#5a3059', '#1d1229', '#f2b5a7'],
  ['#f3d9c8', '#e7a98f', '#b9685c', '#5c2a33', '#fff4e6'],
  ['#0f2b3c', '#3f8fa3', '#1f5c70', '#0a1c28', '#f4e285'],
  ['#e9efe0', '#b4c79f', '#7c9a6d', '#36513b', '#d98e47'],
  ['#11131f', '#34406b', '#28305a', '#090a12', '#8ee3f5'],
  ['#fbe9b7', '#f4a259', '#c8553d', '#5b2333', '#fff8e7'],
  ['#d7dbe8', '#a3acc9', '#6c789f', '#2e3656', '#f0b429'],
  ['#10302b', '#5f9e7f', '#2d6a56', '#0b211d', '#f7d488'],
  ['#3a0f2b', '#d1495b', '#8c2f47', '#230818', '#ffd1ba'],
  ['#eceae4', '#c9bfae', '#9a8c78', '#4b4238', '#3d7ea6'],
];

export interface Brush {
  readonly random: Random;
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
}

type Composition = (brush: Brush) => string;

const circle = (x: number, y: number, radius: number, fill: string, opacity = 1) =>
  `<circle cx="${Math.round(x)}" cy="${Math.round(y)}" r="${Math.round(radius)}" fill="${fill}" opacity="${opacity}"/>`;

const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, extra = '') =>
  `<ellipse cx="${Math.round(x)}" cy="${Math.round(y)}" rx="${Math.round(rx)}" ry="${Math.round(ry)}" fill="${fill}" ${extra}/>`;

const path = (d: string, fill: string, opacity = 1) => `<path d="${d}" fill="${fill}" opacity="${opacity}"/>`;

const times = (count: number, draw: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => draw(i)).join('');

/** A soft ridge from edge to edge, filled down to the ground. */
function ridge(
  { random, width, height }: Brush,
  level: number,
  swing: number,
  fill: string,
  opacity = 1,
): string {
  const steps = 4;
  const at = () => Math.round(height * level + random.integer(-swing, swing));
  const bends = times(
    steps,
    (index) =>
      ` S${Math.round((width * (index + 0.6)) / steps)} ${at()} ${Math.round((width * (index + 1)) / steps)} ${at()}`,
  );
  return path(`M0 ${at()}${bends} V${height} H0Z`, fill, opacity);
}

const landscape: Composition = (brush) => {
  const { random, palette, width, height } = brush;
  const [, , far, near, accent] = palette;
  const sun = { x: random.integer(width * 0.2, width * 0.8), y: random.integer(height * 0.2, height * 0.45) };
  return (
    circle(sun.x, sun.y, height * 0.2, accent, 0.2) +
    circle(sun.x, sun.y, height * 0.11, accent, 0.95) +
    ridge(brush, 0.56, 26, far, 0.55) +
    ridge(brush, 0.68, 30, far) +
    ridge(brush, 0.83, 24, near)
  );
};

const sea: Composition = ({ random, palette: [, , far, near, accent], width, height }) => {
  const horizon = height * (0.5 + random.unit() * 0.15);
  const sunX = random.integer(width * 0.25, width * 0.75);
  const glints = times(14, () => {
    const y = random.integer(horizon + 8, height - 6);
    const length = random.integer(20, 30 + (y - horizon) * 0.5);
    const x = sunX - length / 2 + random.integer(-30, 30);
    return `<rect x="${Math.round(x)}" y="${y}" width="${length}" height="3" rx="2" fill="${accent}" opacity=".6"/>`;
  });
  return (
    circle(sunX, horizon - height * 0.05, height * 0.16, accent) +
    `<rect y="${Math.round(horizon)}" width="${width}" height="${height}" fill="${far}"/>` +
    `<rect y="${Math.round(height * 0.88)}" width="${width}" height="${height}" fill="${near}" opacity=".45"/>${glints}`
  );
};

const portrait: Composition = ({ random, palette: [top, , far, near, accent], width, height }) => {
  const x = width / 2 + random.integer(-24, 24);
  const face = Math.min(width, height) * (0.15 + random.unit() * 0.03);
  const y = height * 0.42;
  const lean = random.integer(-10, 10);
  return (
    circle(x + face * 0.9, y - face * 0.6, face * 2.5, accent, 0.22) +
    ellipse(
      x,
      y + face * 0.35,
      face * (1.25 + random.unit() * 0.35),
      face * (1.5 + random.unit() * 0.5),
      near,
    ) +
    ellipse(x, height * 1.02, face * 2.5, height * 0.36, far) +
    `<rect x="${Math.round(x - face * 0.34)}" y="${Math.round(y)}" width="${Math.round(face * 0.68)}" height="${Math.round(face * 1.9)}" rx="20" fill="${accent}"/>` +
    ellipse(
      x,
      y,
      face * 0.82,
      face * 1.08,
      accent,
      `transform="rotate(${lean} ${Math.round(x)} ${Math.round(y)})"`,
    ) +
    ellipse(x - face * 0.34, y + face * 0.1, face * 0.4, face * 0.85, top, 'opacity=".12"') +
    path(
      `M${Math.round(x - face)} ${Math.round(y)} Q${Math.round(x + lean)} ${Math.round(y - face * 2.2)} ${Math.round(x + face)} ${Math.round(y)} Q${Math.round(x + face * 0.5)} ${Math.round(y - face)} ${Math.round(x - face)} ${Math.round(y)}Z`,
      near,
    )
  );
};

const city: Composition = ({ random, palette: [, , far, near, accent], width, height }) => {
  const towers = (count: number, low: number, high: number, fill: string, lit: boolean) =>
    times(count, (index) => {
      const x = Math.round((width * index) / count);
      const tall = random.integer(height * low, height * high);
      const wide = Math.round(width / count) + 2;
      const lights = lit
        ? times(
            5,
            () =>
              `<rect x="${x + random.integer(5, wide - 10)}" y="${height - random.integer(12, Math.max(14, tall - 10))}" width="4" height="6" fill="${accent}"/>`,
          )
        : '';
      return `<rect x="${x}" y="${height - tall}" width="${wide}" height="${tall}" fill="${fill}"/>${lights}`;
    });
  return (
    circle(random.integer(40, width - 40), height * 0.22, height * 0.08, accent, 0.9) +
    towers(7, 0.35, 0.68, far, false) +
    towers(5, 0.15, 0.48, near, true)
  );
};

const forest: Composition = (brush) => {
  const {
    random,
    palette: [, , far, near, accent],
    width,
    height,
  } = brush;
  const trees = (count: number, base: number, size: number, fill: string) =>
    times(count, (index) => {
      const x = Math.round((width * (index + random.unit())) / count);
      const half = Math.round(size * (0.22 + random.unit() * 0.1));
      const y = Math.round(height * base);
      const tip = Math.round(y - size * (0.8 + random.unit() * 0.5));
      return path(`M${x - half} ${y}L${x} ${tip}L${x + half} ${y}Z`, fill);
    });
  return (
    circle(random.integer(60, width - 60), height * 0.28, height * 0.1, accent, 0.85) +
    trees(9, 0.8, height * 0.34, far) +
    ridge(brush, 0.78, 8, far) +
    trees(6, 0.98, height * 0.48, near) +
    ridge(brush, 0.95, 6, near)
  );
};

const planet: Composition = ({ random, palette: [, , far, near, accent], width, height }) => {
  const [x, y] = [random.integer(width * 0.35, width * 0.65), random.integer(height * 0.38, height * 0.62)];
  const radius = Math.min(width, height) * (0.2 + random.unit() * 0.09);
  const tilt = random.integer(-30, 30);
  const centre = `${x} ${y}`;
  return (
    times(16, () =>
      circle(random.integer(0, width), random.integer(0, height), random.integer(1, 2), accent, 0.8),
    ) +
    circle(x, y, radius, far) +
    circle(x - radius * 0.25, y - radius * 0.25, radius * 0.68, accent, 0.3) +
    circle(x + radius * 0.3, y + radius * 0.35, radius * 0.5, near, 0.3) +
    `<ellipse cx="${x}" cy="${y}" rx="${Math.round(radius * 1.7)}" ry="${Math.round(radius * 0.36)}" fill="none" stroke="${accent}" stroke-width="7" opacity=".75" transform="rotate(${tilt} ${centre})"/>`
  );
};

const flower: Composition = ({ random, palette: [, , far, near, accent], width, height }) => {
  const [x, y] = [Math.round(width / 2 + random.integer(-30, 30)), Math.round(height * 0.42)];
  const petals = random.integer(6, 10);
  const length = Math.min(width, height) * (0.19 + random.unit() * 0.05);
  const turn = random.integer(0, 40);
  return (
    `<path d="M${x} ${y}Q${x + random.integer(-40, 40)} ${Math.round(height * 0.75)} ${x + random.integer(-20, 20)} ${height}" stroke="${near}" stroke-width="9" fill="none"/>` +
    ellipse(
      x + 38,
      height * 0.8,
      46,
      16,
      near,
      `transform="rotate(-28 ${x + 38} ${Math.round(height * 0.8)})"`,
    ) +
    times(petals, (index) =>
      ellipse(
        x,
        y - length * 0.75,
        length * 0.42,
        length * 0.8,
        index % 2 === 0 ? accent : far,
        `transform="rotate(${Math.round((360 * index) / petals) + turn} ${x} ${y})" opacity=".88"`,
      ),
    ) +
    circle(x, y, length * 0.36, near)
  );
};

const tiles: Composition = ({ random, palette: [, , far, near, accent], width, height }) => {
  const columns = 5;
  const cell = Math.ceil(width / columns);
  return times(columns * Math.ceil(height / cell), (index) => {
    const [x, y] = [(index % columns) * cell, Math.floor(index / columns) * cell];
    const fill = random.pick([far, near, accent]);
    const shape = random.integer(0, 3);
    if (shape === 0) return '';
    if (shape === 1) return circle(x + cell / 2, y + cell / 2, cell * 0.36, fill);
    if (shape === 2) return path(`M${x} ${y}h${cell}A${cell} ${cell} 0 0 1 ${x} ${y + cell}Z`, fill, 0.9);
    return path(`M${x + cell} ${y + cell}v-${cell}A${cell} ${cell} 0 0 0 ${x} ${y + cell}Z`, fill, 0.9);
  });
};

const blobs: Composition = ({ random, palette: [, , far, near, accent], width, height }) =>
  times(9, () => {
    const [x, y] = [random.integer(0, width), random.integer(0, height)];
    const radius = random.integer(40, 120);
    const fill = random.pick([far, near, accent, far]);
    return circle(x, y, radius, fill, 0.28) + circle(x, y, radius * 0.7, fill, 0.35);
  });

const vessel: Composition = ({ random, palette: [, , far, near, accent], width, height }) => {
  const x = Math.round(width / 2 + random.integer(-30, 30));
  const [floor, tall] = [Math.round(height * 0.8), Math.round(height * (0.34 + random.unit() * 0.14))];
  const [belly, neck] = [random.integer(46, 80), random.integer(12, 24)];
  const top = floor - tall;
  return (
    `<rect y="${Math.round(height * 0.7)}" width="${width}" height="${height}" fill="${far}"/>` +
    ellipse(x + 26, floor, belly * 1.3, 13, near, 'opacity=".35"') +
    path(
      `M${x - neck} ${top}C${x - neck} ${top + 50} ${x - belly} ${top + 50} ${x - belly} ${floor - 40}Q${x - belly} ${floor} ${x} ${floor}T${x + belly} ${floor - 40}C${x + belly} ${top + 50} ${x + neck} ${top + 50} ${x + neck} ${top}Z`,
      accent,
    ) +
    ellipse(x - belly * 0.45, floor - tall * 0.35, 8, tall * 0.2, '#fff', 'opacity=".35"') +
    ellipse(x, top, neck, 5, near)
  );
};

const animal: Composition = ({ random, palette: [, , far, near, accent], width, height }) => {
  const x = Math.round(width / 2 + random.integer(-26, 26));
  const y = Math.round(height * 0.52);
  const head = Math.round(Math.min(width, height) * (0.23 + random.unit() * 0.05));
  const ear = Math.round(head * (0.9 + random.unit() * 0.5));
  const side = (sign: number) =>
    path(
      `M${x + sign * head} ${y}L${x + sign * Math.round(head * 0.9)} ${y - ear - 10}L${x + sign * Math.round(head * 0.15)} ${y - Math.round(head * 0.6)}Z`,
      far,
    ) + circle(x + sign * head * 0.4, y - head * 0.05, head * 0.1, near);
  return (
    ellipse(x, height * 1.05, head * 1.5, height * 0.34, far) +
    side(-1) +
    side(1) +
    path(
      `M${x - head} ${y}Q${x - head} ${y - head} ${x} ${y - head}T${x + head} ${y}Q${x + Math.round(head * 0.7)} ${y + Math.round(head * 0.7)} ${x} ${y + head}Q${x - Math.round(head * 0.7)} ${y + Math.round(head * 0.7)} ${x - head} ${y}Z`,
      far,
    ) +
    path(
      `M${x - head} ${y}Q${x} ${y + 10} ${x} ${y + head}Q${x} ${y + 10} ${x + head} ${y}Q${x + Math.round(head * 0.6)} ${y + Math.round(head * 0.8)} ${x} ${y + head}Q${x - Math.round(head * 0.6)} ${y + Math.round(head * 0.8)} ${x - head} ${y}Z`,
      accent,
    ) +
    times(2, (index) => circle(x + (index * 2 - 1) * head * 0.4, y - head * 0.05, head * 0.09, near)) +
    ellipse(x, y + head * 0.92, head * 0.13, head * 0.1, near)
  );
};

const BY_WORD: readonly (readonly [RegExp, Composition])[] = [
  [/portrait|woman|man\b|face|headshot|selfie|dancer/i, portrait],
  [/city|street|skyline|neon|market|tower/i, city],
  [/forest|pine|tree|jungle/i, forest],
  [/sea|ocean|beach|harbou?r|lake|lighthouse/i, sea],
  [/planet|space|star|nebula|astronaut/i, planet],
  [/flower|rose|garden|botanical|peony/i, flower],
  [/product|bottle|vase|perfume|ceramic|mug/i, vessel],
  [/fox|cat|wolf|dog|creature|bear/i, animal],
  [/pattern|tile|logo|texture|icon|depth|mask/i, tiles],
  [/mountain|valley|desert|landscape|sunset|dune/i, landscape],
];

const ANY: readonly Composition[] = [landscape, sea, portrait, city, blobs, tiles, vessel, forest];

/** What the words say, or else one that fits no worse than any other. */
export const compositionFor = (subject: string): Composition =>
  BY_WORD.find(([words]) => words.test(subject))?.[1] ?? createRandom(seedOf(`${subject}!`)).pick(ANY);
