import { createRandom, seedOf } from './random';

const SAMPLE_RATE = 8000;
const SECONDS = 1;
const HEADER_BYTES = 44;
const TUNING = [220, 246.94, 277.18, 329.63, 369.99, 440] as const;

export const TONE_TYPE = 'audio/wav';

/** A short, soft bell of its own pitch for each id: WAV, 8-bit mono, about 8 kB. */
export function tone(id: string): Uint8Array<ArrayBuffer> {
  const pitch = createRandom(seedOf(id)).pick(TUNING);
  const samples = SAMPLE_RATE * SECONDS;
  const bytes = new Uint8Array(HEADER_BYTES + samples);
  writeHeader(new DataView(bytes.buffer), samples);
  for (let index = 0; index < samples; index += 1) {
    const time = index / SAMPLE_RATE;
    const fade = Math.min(1, time * 40) * (1 - time / SECONDS) ** 2;
    const wave = Math.sin(2 * Math.PI * pitch * time) + 0.4 * Math.sin(4 * Math.PI * pitch * time);
    bytes[HEADER_BYTES + index] = 128 + Math.round(wave * fade * 50);
  }
  return bytes;
}

function writeHeader(view: DataView, samples: number): void {
  const text = (offset: number, word: string) => {
    for (let index = 0; index < word.length; index += 1)
      view.setUint8(offset + index, word.charCodeAt(index));
  };
  text(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + samples, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // mono
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(36, 'data');
  view.setUint32(40, samples, true);
}
