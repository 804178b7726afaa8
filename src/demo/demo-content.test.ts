import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ROUGHY_STATES } from '@/domain/asset';
import { demoComfyAssets } from './demo-comfy';
import { demoRoughy } from './demo-roughy';
import { isUuid } from './strict-request';

const digest = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
const counted = (values: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

describe('the made-up Comfy library', () => {
  const all = demoComfyAssets();
  const own = all.filter((asset) => asset.is_public !== true);
  const share = (test: (asset: (typeof own)[number]) => boolean) => own.filter(test).length / own.length;

  it('is the same on every run and machine', () => {
    expect(demoComfyAssets()).toEqual(all);
    expect(digest(all)).toBe('6bc0b91d0f8e51ba');
  });

  it('holds 2,400 assets of the person and 60 public ones', () => {
    expect(own).toHaveLength(2400);
    expect(all).toHaveLength(2460);
    expect(
      all.filter((asset) => asset.is_public === true).every((asset) => asset.is_immutable === true),
    ).toBe(true);
    expect(own.filter((asset) => asset.is_immutable === true)).toHaveLength(12);
  });

  it('keeps the contract: required fields, unique ids, instants in order', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const asset of all) {
      expect(isUuid(asset.id), asset.id).toBe(true);
      expect(asset.name).not.toBe('');
      for (const time of [asset.created_at, asset.updated_at])
        expect(new Date(time).toISOString()).toBe(time);
      expect(asset.updated_at >= asset.created_at && asset.updated_at <= '2026-11-20T12:00:00.000Z').toBe(
        true,
      );
      if (asset.size != null) expect(Number.isSafeInteger(asset.size) && asset.size >= 0).toBe(true);
    }
    // The published contract requires a size, but servers send 0 or nothing for some.
    expect(share(({ size }) => size === undefined)).toBeLessThan(0.03);
  });

  it('has gaps, copies and broken previews in believable numbers', () => {
    expect(share(({ size }) => (size ?? 0) === 0)).toBeCloseTo(0.03, 1);
    expect(share(({ hash, asset_hash }) => (hash ?? asset_hash) == null)).toBeGreaterThan(0.05);
    expect(share(({ preview_url }) => preview_url?.includes('expired_') === true)).toBeCloseTo(0.02, 1);
    const contents = own.flatMap(
      ({ hash, asset_hash }) => (hash ?? asset_hash)?.replace(/^blake3:|\.\w+$/g, '') ?? [],
    );
    const groups = [...counted(contents).values()].filter((count) => count > 1);
    expect(groups.reduce((sum, count) => sum + count, 0)).toBe(120);
    expect(new Set(groups)).toEqual(new Set([2, 3, 4, 5]));
  });

  it('has jobs of one to eight files, links to previews, and three years of history', () => {
    const jobs = counted(own.flatMap(({ job_id, prompt_id }) => job_id ?? prompt_id ?? []));
    expect(new Set(jobs.values())).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
    const ids = new Set(own.map(({ id }) => id));
    const links = own.flatMap(({ preview_id }) => preview_id ?? []);
    expect(links.length).toBeGreaterThan(30);
    expect(links.every((id) => ids.has(id))).toBe(true);
    expect(share(({ created_at }) => created_at < '2025')).toBeGreaterThan(0.05);
    expect(share(({ created_at }) => created_at > '2026-06')).toBeGreaterThan(0.4);
  });
});

describe('the made-up Roughy library', () => {
  const { projects, assets, cuts, renders } = demoRoughy();

  it('is the same on every run and machine', () => {
    expect(demoRoughy()).toEqual({ projects, assets, cuts, renders });
    expect(digest([projects, assets, cuts, renders])).toBe('f6f9a8cb5116c7a0');
  });

  it('holds 140 recordings in nine projects, in all five states', () => {
    expect(assets).toHaveLength(140);
    expect(projects.map(({ state }) => state).filter((state) => state === 'archived')).toHaveLength(2);
    expect(projects).toHaveLength(9);
    expect(new Set(assets.map(({ state }) => state))).toEqual(new Set(ROUGHY_STATES));
  });

  it('belongs together', () => {
    const projectIds = new Set(projects.map(({ id }) => id));
    const assetIds = new Set(assets.map(({ id }) => id));
    const cutIds = new Set(cuts.map(({ id }) => id));
    expect(assets.every((asset) => projectIds.has(asset.project_id))).toBe(true);
    expect([...cuts, ...renders].every((work) => assetIds.has(work.asset_id))).toBe(true);
    expect(renders.every(({ cut_id }) => cut_id === null || cutIds.has(cut_id))).toBe(true);
    expect([cuts.length, renders.length].every((count) => count > 40)).toBe(true);
  });

  it('knows of a recording only what its state allows', () => {
    for (const asset of assets) {
      const isKnown = asset.state === 'ready' || asset.state === 'pending_payment';
      expect(asset.duration_seconds !== null).toBe(isKnown);
      expect(asset.size_bytes === null).toBe(asset.state === 'pending_upload');
      expect(asset.upload_url !== null).toBe(asset.state === 'pending_upload');
      expect(asset.error_code !== null).toBe(asset.state === 'failed');
    }
  });
});
