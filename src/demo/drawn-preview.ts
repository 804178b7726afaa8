import { PALETTES, compositionFor, type Brush } from './compositions';
import { createRandom, seedOf } from './random';

export interface Scene {
  /** A prompt or a name: decides what is shown. */
  readonly subject: string;
  /** Decides the colours. */
  readonly mood: string;
  /** Decides where things stand; equal content must have an equal detail. */
  readonly detail: string;
  readonly width: number;
  readonly height: number;
  readonly longestSide: number;
}

const CANVAS = 400;

/** A small picture (SVG, 1–2 kB), the same for the same scene on every machine. */
export function drawPreview({ subject, mood, detail, width, height, longestSide }: Scene): string {
  // A panorama of 20:1 would leave nothing to see.
  const ratio = Math.min(2.4, Math.max(1 / 2.4, width / height));
  const canvasWidth = Math.round(ratio >= 1 ? CANVAS : CANVAS * ratio);
  const canvasHeight = Math.round(ratio >= 1 ? CANVAS / ratio : CANVAS);
  const scale = longestSide / CANVAS;
  const palette = createRandom(seedOf(mood)).pick(PALETTES);
  const brush: Brush = {
    random: createRandom(seedOf(detail)),
    palette,
    width: canvasWidth,
    height: canvasHeight,
  };
  const size = `width="${Math.round(canvasWidth * scale)}" height="${Math.round(canvasHeight * scale)}"`;
  const [top, bottom] = palette;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${canvasWidth} ${canvasHeight}">` +
    `<defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/>` +
    `</linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>${compositionFor(subject)(brush)}</svg>`
  );
}
