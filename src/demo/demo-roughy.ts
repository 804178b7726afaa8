import { createRandom, uuidV7, type Random } from './random';
import type { RoughyAssetJson, RoughyCutJson, RoughyProjectJson, RoughyRenderJson } from './roughy-contract';
import type { RoughyContents } from './roughy-library';

/** "Today" of the demo: fixed, or else the library would change from day to day. */
const ANCHOR = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;

interface Series {
  readonly name: string;
  readonly recordings: number;
  readonly language: string | null;
  readonly films: boolean;
  readonly archived: boolean;
}

const PROJECTS: readonly Series[] = [
  { name: 'Podcast S2 Ep14', recordings: 14, language: 'en', films: false, archived: false },
  { name: 'Interview — Hana', recordings: 9, language: 'ja', films: true, archived: false },
  { name: 'Product launch keynote', recordings: 22, language: 'en', films: true, archived: false },
  { name: 'Street voices: Marseille', recordings: 26, language: 'fr', films: true, archived: false },
  { name: 'Lecture series “Tides”', recordings: 18, language: null, films: true, archived: false },
  { name: 'Voice-over takes', recordings: 21, language: 'de', films: false, archived: false },
  { name: 'مقابلات القاهرة', recordings: 8, language: 'ar', films: true, archived: false },
  { name: 'Podcast S1 (finished)', recordings: 15, language: 'en', films: false, archived: true },
  { name: 'Wedding, raw', recordings: 7, language: null, films: true, archived: true },
];

const FAILURES = [
  ['no_speech_detected', 'No speech was found in this recording.'],
  ['unsupported_codec', 'The video stream uses a codec that cannot be read (ProRes RAW).'],
  ['file_corrupt', 'The file ends before its index; the upload may have been cut off.'],
] as const;

/** About 140 recordings in nine projects, with what was made from them: the same on every run and machine. */
export function demoRoughy(): Required<RoughyContents> {
  const random = createRandom(20_261_121);
  const projects = PROJECTS.map((series, index) => projectOf(random, series, index));
  const assets = PROJECTS.flatMap((series, index) => {
    const project = projects[index];
    return project === undefined ? [] : recordings(random, series, project);
  });
  const ready = assets.filter(({ state }) => state === 'ready');
  const cuts = ready.flatMap((asset) => cutsOf(random, asset));
  return { projects, assets, cuts, renders: ready.flatMap((asset) => rendersOf(random, asset, cuts)) };
}

/** Microseconds, as the service has them. */
const instant = (epochMs: number): string => new Date(epochMs).toISOString().replace('Z', '000Z');

function projectOf(random: Random, { name, archived }: Series, index: number): RoughyProjectJson {
  const created = ANCHOR - (archived ? 500 : 30 + index * 40) * DAY - random.integer(0, DAY);
  const changed = created + random.integer(1, 20) * DAY;
  return {
    id: uuidV7(random, created),
    name,
    state: archived ? 'archived' : 'active',
    archived_at: archived ? instant(changed) : null,
    created_at: instant(created),
    updated_at: instant(changed),
  };
}

const recordings = (random: Random, series: Series, project: RoughyProjectJson): readonly RoughyAssetJson[] =>
  Array.from({ length: series.recordings }, (_, index) => {
    const age = ANCHOR - Date.parse(project.created_at);
    const created = series.archived
      ? Date.parse(project.created_at) + random.integer(1, 18 * DAY)
      : ANCHOR - Math.floor(age * random.unit() * random.unit());
    const isFilm = series.films && !random.chance(0.25);
    const plain: RoughyAssetJson = {
      id: uuidV7(random, created),
      project_id: project.id,
      ...mediaOf(random, isFilm),
      state: 'ready',
      language: series.language,
      created_at: instant(created),
      error_code: null,
      error_message: null,
      upload_url: null,
    };
    return series.archived ? plain : inSomeState(random, plain, index);
  });

function mediaOf(random: Random, isFilm: boolean) {
  const milliseconds = random.integer(8_000, 90_000) * random.integer(1, 70);
  const bytesPerSecond = isFilm ? random.integer(250_000, 3_100_000) : random.integer(16_000, 176_400);
  const media = {
    size_bytes: Math.floor((milliseconds / 1000) * bytesPerSecond),
    duration_seconds: (milliseconds / 1000).toFixed(3),
  };
  if (!isFilm) {
    return random.chance(0.5)
      ? { ...media, type: 'audio' as const, extension: 'mp3', content_type: 'audio/mpeg' }
      : { ...media, type: 'audio' as const, extension: 'wav', content_type: 'audio/wav' };
  }
  return random.chance(0.7)
    ? { ...media, type: 'video' as const, extension: 'mp4', content_type: 'video/mp4' }
    : { ...media, type: 'video' as const, extension: 'mov', content_type: 'video/quicktime' };
}

/** The first few of a project are not done yet, or never will be. */
function inSomeState(random: Random, asset: RoughyAssetJson, index: number): RoughyAssetJson {
  if (index === 0) return { ...asset, state: 'processing', duration_seconds: null };
  if (index === 1) {
    return {
      ...asset,
      state: 'pending_upload',
      type: null,
      extension: null,
      size_bytes: null,
      content_type: null,
      duration_seconds: null,
      upload_url: `https://uploads.roughy.example/v1/uploads/${asset.id}`,
    };
  }
  if (index === 2) return { ...asset, state: 'pending_payment' };
  if (index === 3 || random.chance(0.03)) {
    const [code, message] = random.pick(FAILURES);
    return { ...asset, state: 'failed', duration_seconds: null, error_code: code, error_message: message };
  }
  return asset;
}

/** A piece of work that began after the recording was there. */
function workOn(random: Random, asset: RoughyAssetJson) {
  const created = Math.min(ANCHOR, Date.parse(asset.created_at) + random.integer(60_000, 6 * 3_600_000));
  const luck = random.unit();
  const state = luck < 0.86 ? 'completed' : luck < 0.92 ? 'failed' : luck < 0.96 ? 'processing' : 'pending';
  const isOver = state === 'completed' || state === 'failed';
  return {
    id: uuidV7(random, created),
    asset_id: asset.id,
    state,
    error_code: state === 'failed' ? 'cut_failed' : null,
    error_message: state === 'failed' ? 'Nothing in this recording follows the script.' : null,
    created_at: instant(created),
    started_at: state === 'pending' ? null : instant(created + 1500),
    completed_at: isOver ? instant(created + random.integer(8_000, 400_000)) : null,
  };
}

const SCRIPTS = [
  null,
  'Keep the best answer to each question.',
  'A two-minute teaser, no repetitions.',
] as const;

const cutsOf = (random: Random, asset: RoughyAssetJson): readonly RoughyCutJson[] =>
  Array.from({ length: Math.max(0, random.integer(-1, 3)) }, () => ({
    ...workOn(random, asset),
    script: random.pick(SCRIPTS),
  }));

const rendersOf = (
  random: Random,
  asset: RoughyAssetJson,
  cuts: readonly RoughyCutJson[],
): readonly RoughyRenderJson[] => {
  const own = cuts.filter((cut) => cut.asset_id === asset.id && cut.state === 'completed');
  return own
    .filter(() => random.chance(0.6))
    .map((cut) => {
      const work = workOn(random, asset);
      const isFilm = asset.type === 'video';
      return {
        ...work,
        ...(work.state === 'failed' && {
          error_code: 'render_failed',
          error_message: 'The encoder gave up.',
        }),
        cut_id: random.chance(0.9) ? cut.id : null,
        output: isFilm
          ? {
              format: 'mp4',
              resolution: random.pick(['720p', '1080p', '4k']),
              video_bitrate: random.pick([5, 10, 20]),
            }
          : { format: 'mp3', audio_bitrate: random.pick([128, 192, 320]) },
        size_bytes: work.state === 'completed' ? Math.floor((asset.size_bytes ?? 0) * 0.4) : null,
      };
    });
};
