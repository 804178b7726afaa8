import type { RoughyAssetJson, RoughyCutJson, RoughyProjectJson, RoughyRenderJson } from './roughy-contract';

let made = 0;

/** An id and a minute of its own for each call. */
function next(): { readonly id: string; readonly created_at: string } {
  made += 1;
  return {
    id: `01990000-0000-7000-8000-${String(made).padStart(12, '0')}`,
    created_at: new Date(Date.UTC(2026, 10, 1) + made * 60_000).toISOString().replace('Z', '000Z'),
  };
}

/** An active project for tests. */
export function roughyProject(overrides: Partial<RoughyProjectJson> = {}): RoughyProjectJson {
  const { id, created_at } = next();
  return {
    id,
    name: 'Podcast',
    state: 'active',
    archived_at: null,
    created_at,
    updated_at: created_at,
    ...overrides,
  };
}

/** A ready recording for tests. */
export function roughyAsset(overrides: Partial<RoughyAssetJson> = {}): RoughyAssetJson {
  return {
    ...next(),
    project_id: '01990000-0000-7000-8000-00000000aaaa',
    type: 'audio',
    state: 'ready',
    extension: 'mp3',
    size_bytes: 5_000_000,
    content_type: 'audio/mpeg',
    duration_seconds: '324.412',
    language: 'en',
    error_code: null,
    error_message: null,
    upload_url: null,
    ...overrides,
  };
}

const finished = () => {
  const { id, created_at } = next();
  return {
    id,
    state: 'completed',
    error_code: null,
    error_message: null,
    created_at,
    started_at: created_at,
    completed_at: created_at,
  };
};

/** A completed cut for tests. */
export const roughyCut = (
  overrides: Partial<RoughyCutJson> & Pick<RoughyCutJson, 'asset_id'>,
): RoughyCutJson => ({
  ...finished(),
  script: null,
  ...overrides,
});

/** A completed render of a whole recording for tests. */
export const roughyRender = (
  overrides: Partial<RoughyRenderJson> & Pick<RoughyRenderJson, 'asset_id'>,
): RoughyRenderJson => ({
  ...finished(),
  cut_id: null,
  output: { format: 'mp4', resolution: '1080p' },
  size_bytes: 12_000_000,
  ...overrides,
});
