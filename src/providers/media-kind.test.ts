import { describe, expect, it } from 'vitest';
import { extensionOf, mediaKind } from './media-kind';

describe('mediaKind', () => {
  it.each([
    ['image/png; charset=binary', 'x', [], 'image'],
    ['VIDEO/MP4', 'x', [], 'video'],
    ['audio/x-wav', 'x', [], 'audio'],
    ['text/plain; charset=utf-8', 'x', [], 'text'],
    ['application/json', 'x', [], 'text'],
    ['image/svg+xml', 'x.svg', [], 'image'],
    ['model/gltf-binary', 'x', [], '3d'],
    ['application/octet-stream', 'film.WEBM', [], 'video'],
    [null, 'scan.splat', [], '3d'],
    [null, 'chair.glb', ['models'], '3d'],
    ['application/octet-stream', 'flux.safetensors', [], 'model'],
    ['application/safetensors', 'a/b/flux.gguf', [], 'model'],
    [null, 'weights.bin', [], 'other'],
    [null, 'weights.bin', ['models'], 'model'],
    [null, 'weights', ['model_type:loras'], 'model'],
    ['image/png', 'flux.preview.png', ['models'], 'image'],
    ['application/zip', 'x.zip', [], 'other'],
    [null, '.png', [], 'other'],
  ] as const)('%s, %s, %j is %s', (mime, name, tags, kind) =>
    expect(mediaKind(mime, [name], tags)).toBe(kind),
  );

  it('looks at the next name when the first has no known extension', () => {
    expect(mediaKind(null, ['A chair', 'outputs/chair.obj'])).toBe('3d');
  });
});

describe('extensionOf', () => {
  it.each([
    ['a.PNG', 'png'],
    ['a.tar.gz', 'gz'],
    ['a', ''],
    ['.hidden', ''],
    ['dir.v1/file', ''],
  ])('of %s is "%s"', (name, extension) => expect(extensionOf(name)).toBe(extension));
});
