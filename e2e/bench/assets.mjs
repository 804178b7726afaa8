// @ts-check
/**
 * One asset as a self-hosted ComfyUI sends it, with the fields of the recorded answers.
 * @typedef {ReturnType<typeof makeAsset>} BenchAsset
 */

const SUBJECTS = [
  'portrait',
  'harbour',
  'meadow',
  'robot',
  'teapot',
  'skyline',
  'fox',
  'lantern',
  'glacier',
  'market',
];
const LABELS = [
  'draft',
  'final',
  'client-a',
  'client-b',
  'upscaled',
  'sdxl',
  'flux',
  'wan',
  'reference',
  'favourite',
];
const FORMATS = [
  { until: 0.8, extension: 'png', mime: 'image/png', root: 'output', bytes: 2_400_000 },
  { until: 0.88, extension: 'jpg', mime: 'image/jpeg', root: 'input', bytes: 900_000 },
  { until: 0.94, extension: 'mp4', mime: 'video/mp4', root: 'output', bytes: 60_000_000 },
  { until: 0.97, extension: 'wav', mime: 'audio/wav', root: 'output', bytes: 8_000_000 },
];
const MODEL = {
  extension: 'safetensors',
  mime: 'application/octet-stream',
  root: 'models',
  bytes: 6_500_000_000,
};
const NEWEST = Date.UTC(2026, 9, 30, 12);
const MINUTE = 60_000;

/** Mulberry32: the same library at every run.
 * @param {number} seed
 * @returns {() => number} the next number in [0, 1)
 */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Without a zone and with microseconds, as the server's Python writes it.
 * @param {number} time
 */
const pythonTime = (time) => new Date(time).toISOString().replace('Z', '000');

/**
 * @param {() => number} random
 * @param {number} length
 */
const hex = (random, length) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');

/** @param {() => number} random */
const uuid = (random) =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`;

/**
 * @param {number} index
 * @param {() => number} random
 */
function makeAsset(index, random) {
  const roll = random();
  const format = FORMATS.find(({ until }) => roll < until) ?? MODEL;
  const name = `${SUBJECTS[Math.floor(random() * SUBJECTS.length)]}_${String(index).padStart(5, '0')}_.${format.extension}`;
  const size = Math.floor(format.bytes * (0.3 + random()));
  const labels = [...LABELS].sort(() => random() - 0.5).slice(0, 1 + Math.floor(random() * 4));
  const hash = `blake3:${hex(random, 64)}`;
  const job = uuid(random);
  const created = NEWEST - index * 17 * MINUTE;
  const visible = format.mime.startsWith('image/') || format.mime.startsWith('video/');
  return {
    id: uuid(random),
    name,
    loader_path: name,
    display_name: name,
    hash,
    asset_hash: hash,
    size,
    mime_type: format.mime,
    tags: [format.root, 'uploaded', ...labels],
    ...(visible && { preview_url: `/api/view?type=${format.root}&filename=${name}` }),
    user_metadata: { filename: name },
    is_immutable: false,
    metadata: {
      filename: name,
      content_length: size,
      format: format.extension,
      content_type: format.mime,
      kind: format.mime.split('/')[0],
      width: 1024,
      height: 1216,
    },
    job_id: job,
    prompt_id: job,
    created_at: pythonTime(created),
    updated_at: pythonTime(created + Math.floor(random() * 9 * MINUTE)),
    last_access_time: pythonTime(created + Math.floor(random() * 900 * MINUTE)),
  };
}

/**
 * A made-up library, newest first, names unique.
 * @param {number} count
 */
export function makeLibrary(count) {
  const random = randomFrom(20261120);
  return Array.from({ length: count }, (_, index) => makeAsset(index, random));
}
