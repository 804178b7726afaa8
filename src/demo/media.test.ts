import { describe, expect, it } from 'vitest';
import { comfyAsset } from './comfy-library';
import { demoComfyAssets } from './demo-comfy';
import { demoClip } from './demo-clip';
import { bytesResponse, drawnContent } from './media';
import { tone } from './tone';

const request = (range?: string) =>
  new Request('http://demo.test/file', range === undefined ? {} : { headers: { range } });
const draw = (asset: Parameters<typeof drawnContent>[0]) =>
  drawnContent(asset, request(), { res: 256 }).text();

describe('drawn previews', () => {
  it('stay small, and differ between assets', async () => {
    const images = demoComfyAssets().filter(({ mime_type }) => mime_type === 'image/png');
    const drawn = await Promise.all(images.slice(0, 200).map(draw));
    expect(Math.max(...drawn.map((svg) => svg.length))).toBeLessThan(4000);
    expect(new Set(drawn).size).toBeGreaterThan(190);
    expect(
      drawn.every(
        (svg) => svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" ') && !/NaN|script/.test(svg),
      ),
    ).toBe(true);
  });

  it('are equal for equal content, however its hash is written', async () => {
    const hex = 'ab'.repeat(32);
    const first = comfyAsset({ name: 'x.png', asset_hash: `blake3:${hex}` });
    const second = comfyAsset({ name: 'x.png', hash: `${hex}.png` });
    expect(await draw(first)).toBe(await draw(second));
  });
});

describe('bytes', () => {
  const bytes = new Uint8Array([0, 1, 2, 3, 4]);
  it.each([
    ['bytes=1-2', 206, 'bytes 1-2/5', [1, 2]],
    ['bytes=3-', 206, 'bytes 3-4/5', [3, 4]],
    ['bytes=0-99', 206, 'bytes 0-4/5', [0, 1, 2, 3, 4]],
    ['bytes=9-', 416, 'bytes */5', []],
    ['rubbish', 200, null, [0, 1, 2, 3, 4]],
  ])('answer %s with %i', async (range, status, contentRange, sent) => {
    const response = bytesResponse(bytes, request(range), {});
    expect([response.status, response.headers.get('content-range')]).toEqual([status, contentRange]);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual(sent);
  });
});

it('is a real WAV, a real WebM and readable text', async () => {
  const text = new TextDecoder('latin1');
  const sound = tone('an id');
  expect(text.decode(sound.slice(0, 16))).toMatch(/^RIFF.{4}WAVEfmt /s);
  expect(new DataView(sound.buffer).getUint32(4, true)).toBe(sound.length - 8);
  expect([...demoClip().slice(0, 4)]).toEqual([0x1a, 0x45, 0xdf, 0xa3]);
  expect(
    JSON.parse(await draw(comfyAsset({ name: 'w.json', mime_type: 'application/json' }))),
  ).toHaveProperty('nodes');
});
