import { ASSET_KINDS, type Asset } from '@/domain/asset';
import { DAY_STOPS, SIZE_STOPS, stopOf } from '@/library/cut-offs';
import type { OverviewAnswer } from '@/library/store/overview';
import type { SizeBin, SizeCurve } from '@/library/store/size-plot';
import type { Totals } from '@/library/totals';

import { naiveSorted } from './naive-library';

/** What `overview` answers, by plain counting. */
export function naiveOverview(assets: readonly Asset[], most: number): OverviewAnswer {
  const tags = largestFirst(unique(assets.flatMap((asset) => asset.tags)), (tag) =>
    totalsOf(assets.filter((asset) => asset.tags.includes(tag))),
  );
  const roughy = assets.filter((asset) => asset.roughy !== null);
  const projects = largestFirst(unique(roughy.map((asset) => asset.roughy?.projectId ?? '')), (id) =>
    totalsOf(roughy.filter((asset) => asset.roughy?.projectId === id)),
  );
  const months = unique(assets.map((asset) => asset.createdAt.slice(0, 7))).sort();
  return {
    all: totalsOf(assets),
    kinds: ASSET_KINDS.map((kind) => ({
      kind,
      ...totalsOf(assets.filter((asset) => asset.kind === kind)),
    })).filter(({ count }) => count > 0),
    tags: tags.slice(0, most).map(([tag, totals]) => ({ tag, ...totals })),
    moreTags: Math.max(0, tags.length - most),
    untagged: totalsOf(assets.filter((asset) => asset.tags.length === 0)),
    projects: projects.slice(0, most).map(([id, totals]) => ({
      id,
      name: nameOf(roughy, id),
      ...totals,
    })),
    moreProjects: Math.max(0, projects.length - most),
    months: months.map((month) => ({
      month,
      ...totalsOf(assets.filter((asset) => asset.createdAt.startsWith(month))),
    })),
    neverUsed: totalsOf(assets.filter((asset) => asset.lastAccessedAt === null)),
    oldest: endOf(naiveSorted(assets, 'created_at', 'asc')[0]),
    newest: endOf(naiveSorted(assets, 'created_at', 'desc')[0]),
  };
}

const nameOf = (assets: readonly Asset[], projectId: string): string | null =>
  assets
    .map(({ roughy }) => (roughy?.projectId === projectId ? roughy.projectName : null))
    .filter((name) => name !== null)
    .sort()
    .at(-1) ?? null;

const endOf = (asset: Asset | undefined): OverviewAnswer['oldest'] =>
  asset === undefined ? null : { id: asset.id, name: asset.name, createdAt: asset.createdAt };

/** What `sizePlot` answers of these assets, bin by bin. */
export function naiveSizePlot(assets: readonly Asset[], now: number): readonly SizeBin[] {
  const bins: SizeBin[] = [];
  for (const [days] of DAY_STOPS.entries()) {
    for (const size of [null, ...SIZE_STOPS.keys()]) {
      const inside = assets.filter(
        (asset) => stopOf(DAY_STOPS, idleDays(asset, now)) === days && sizeStop(asset) === size,
      );
      if (inside.length === 0) continue;
      bins.push({
        ...{ days, size, count: inside.length, bytes: totalsOf(inside).bytes },
        neverUsed: inside.filter((asset) => asset.lastAccessedAt === null).length,
        protectedCount: inside.filter((asset) => asset.protection !== null).length,
      });
    }
  }
  return bins;
}

const idleDays = ({ lastAccessedAt, createdAt }: Asset, now: number): number =>
  (now - new Date(lastAccessedAt ?? createdAt).getTime()) / 86_400_000;
const sizeStop = ({ sizeBytes }: Asset): number | null =>
  sizeBytes === null ? null : stopOf(SIZE_STOPS, sizeBytes);

/** What `sizeCurve` answers of these assets: by sorting them. */
export function naiveSizeCurve(assets: readonly Asset[], percents: readonly number[]): SizeCurve {
  const sizes = assets
    .map((asset) => asset.sizeBytes)
    .filter((size) => size !== null)
    .sort((a, b) => b - a);
  const { bytes, unknownSizes } = totalsOf(assets);
  return {
    count: sizes.length,
    bytes,
    unknownSizes,
    shares: percents.map((percent) => {
      const largest = sizes.slice(0, Math.ceil((sizes.length * percent) / 100));
      return { percent, count: largest.length, bytes: largest.reduce((sum, size) => sum + size, 0) };
    }),
  };
}

/** What the header of a table would say of these. */
export const totalsOf = (assets: readonly Asset[]): Totals => ({
  count: assets.length,
  bytes: assets.reduce((sum, asset) => sum + (asset.sizeBytes ?? 0), 0),
  unknownSizes: assets.filter((asset) => asset.sizeBytes === null).length,
});

const unique = (values: readonly string[]): string[] => [...new Set(values)];
const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const largestFirst = (values: readonly string[], count: (value: string) => Totals) =>
  values
    .map((value) => [value, count(value)] as const)
    .sort(([a, ofA], [b, ofB]) => ofB.bytes - ofA.bytes || ofB.count - ofA.count || byText(a, b));
