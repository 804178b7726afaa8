import { createColumnHelper } from '@tanstack/react-table';
import type { ReactNode } from 'react';

import { isAsset, type Asset, type AssetRow } from '@/domain/asset';
import type { SortField } from '@/domain/asset-query';
import type { ProviderKind } from '@/domain/connection';
import { KIND_LABELS } from '@/previews/kind-icon';

import {
  DateCell,
  DeleteCell,
  DurationCell,
  NameCell,
  SizeCell,
  StateCell,
  TagsCell,
  ThumbnailCell,
  Unknown,
} from './cells';
import type { assetTableFeatures } from './table-features';

/** One definition drives the header, the cells, the phone's cards and the column menu. */
export interface ColumnSpec {
  readonly id: string;
  readonly label: string;
  /** CSS width on wide screens; the name takes what is left. */
  readonly width: string;
  readonly sort?: SortField;
  /** The field sorts upwards first (names), not newest or largest first. */
  readonly ascendingFirst?: boolean;
  readonly numeric?: boolean;
  readonly hideable: boolean;
  readonly muted?: boolean;
  /** Its place on a phone's card; hidden there without one. */
  readonly phone?: string;
  readonly only?: ProviderKind;
  readonly not?: ProviderKind;
  readonly cell: (asset: Asset) => ReactNode;
}

const COMFY_ONLY = { not: 'roughy' } as const;
const ROUGHY_ONLY = { only: 'roughy' } as const;

export const COLUMN_SPECS: readonly ColumnSpec[] = [
  {
    id: 'preview',
    label: 'Preview',
    width: '3.5rem',
    hideable: true,
    phone: 'col-start-2 row-span-3 row-start-1',
    cell: (asset) => <ThumbnailCell asset={asset} />,
  },
  {
    id: 'name',
    label: 'Name',
    width: 'auto',
    sort: 'name',
    ascendingFirst: true,
    hideable: false,
    phone: 'col-span-2 col-start-3 row-start-1',
    cell: (asset) => <NameCell asset={asset} />,
  },
  {
    id: 'kind',
    label: 'Kind',
    width: '4.5rem',
    hideable: true,
    muted: true,
    cell: (asset) => KIND_LABELS[asset.kind],
  },
  {
    id: 'size',
    label: 'Size',
    width: '5rem',
    sort: 'size',
    numeric: true,
    hideable: true,
    muted: true,
    phone: 'col-start-3 row-start-2',
    cell: (asset) => <SizeCell asset={asset} />,
  },
  {
    id: 'state',
    label: 'State',
    width: '8rem',
    hideable: true,
    ...ROUGHY_ONLY,
    phone: 'col-span-2 col-start-3 row-start-3',
    cell: (asset) => <StateCell asset={asset} />,
  },
  {
    id: 'project',
    label: 'Project',
    width: '11rem',
    hideable: true,
    ...ROUGHY_ONLY,
    cell: (asset) => <bdi>{asset.roughy?.projectName ?? asset.roughy?.projectId}</bdi>,
  },
  {
    id: 'duration',
    label: 'Duration',
    width: '6rem',
    numeric: true,
    hideable: true,
    ...ROUGHY_ONLY,
    cell: (asset) => <DurationCell asset={asset} />,
  },
  {
    id: 'language',
    label: 'Language',
    width: '6rem',
    hideable: true,
    ...ROUGHY_ONLY,
    cell: (asset) => asset.roughy?.language ?? <Unknown what="language" />,
  },
  {
    id: 'tags',
    label: 'Tags',
    width: '15rem',
    hideable: true,
    ...COMFY_ONLY,
    phone: 'col-span-2 col-start-3 row-start-3',
    cell: (asset) => <TagsCell asset={asset} />,
  },
  {
    id: 'created_at',
    label: 'Created',
    width: '7.25rem',
    sort: 'created_at',
    hideable: true,
    muted: true,
    phone: 'col-start-4 row-start-2',
    cell: (asset) => <DateCell instant={asset.createdAt} what="date" />,
  },
  {
    id: 'updated_at',
    label: 'Updated',
    width: '7.25rem',
    sort: 'updated_at',
    hideable: true,
    muted: true,
    ...COMFY_ONLY,
    cell: (asset) => <DateCell instant={asset.updatedAt} what="date" />,
  },
  {
    id: 'last_access_time',
    label: 'Last used',
    width: '7.25rem',
    sort: 'last_access_time',
    hideable: true,
    muted: true,
    ...COMFY_ONLY,
    cell: (asset) => <DateCell instant={asset.lastAccessedAt} what="date" />,
  },
  {
    id: 'actions',
    label: 'Actions',
    width: '3.25rem',
    hideable: false,
    phone: 'col-start-5 row-span-3 row-start-1',
    cell: (asset) => <DeleteCell asset={asset} />,
  },
];

const SPECS_BY_ID: ReadonlyMap<string, ColumnSpec> = new Map(COLUMN_SPECS.map((spec) => [spec.id, spec]));

export function specOf(columnId: string): ColumnSpec {
  const spec = SPECS_BY_ID.get(columnId);
  if (spec === undefined) throw new Error(`No column is called ${columnId}`);
  return spec;
}

export const columnsFor = (kind: ProviderKind): readonly ColumnSpec[] =>
  COLUMN_SPECS.filter((spec) => (spec.only === undefined || spec.only === kind) && spec.not !== kind);

const helper = createColumnHelper<typeof assetTableFeatures, AssetRow>();

const toColumnDefs = (kind: ProviderKind) =>
  helper.columns(
    columnsFor(kind).map((spec) =>
      helper.display({
        id: spec.id,
        header: spec.label,
        cell: ({ row }) => (isAsset(row.original) ? spec.cell(row.original) : null),
        enableHiding: spec.hideable,
      }),
    ),
  );

/** Made once for each kind: TanStack Table rebuilds its models when the array changes. */
export const COLUMN_DEFS: Readonly<Record<ProviderKind, ReturnType<typeof toColumnDefs>>> = {
  'comfy-cloud': toColumnDefs('comfy-cloud'),
  comfyui: toColumnDefs('comfyui'),
  roughy: toColumnDefs('roughy'),
};
