import { createColumnHelper } from '@tanstack/react-table';
import clsx from 'clsx';
import type { ReactNode } from 'react';

import type { Asset, AssetRow } from '@/domain/asset';
import type { SortField } from '@/domain/asset-query';
import type { ProviderKind } from '@/domain/connection';
import { KIND_LABELS } from '@/previews/kind-icon';
import { shownText } from '@/ui/shown-text';

import {
  dateCell,
  deleteCell,
  durationCell,
  nameCell,
  sizeCell,
  stateCell,
  tagsCell,
  thumbnailCell,
  unknown,
} from './cells';
import type { RowMarks, TableContext } from './table-context';
import type { assetTableFeatures } from './table-features';

/** One definition drives the header, the cells, the phone's cards and the column menu. */
interface ColumnSource {
  readonly id: string;
  readonly label: string;
  /** CSS grid track on wide screens; the name takes what is left. */
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
  readonly cell: (asset: Asset, context: TableContext, marks: RowMarks) => ReactNode;
}

export interface ColumnSpec extends ColumnSource {
  /** Classes of its cells, put together once and not for every cell. */
  readonly cellClass: string;
}

const COMFY_ONLY = { not: 'roughy' } as const;
const ROUGHY_ONLY = { only: 'roughy' } as const;

const COLUMN_SOURCES: readonly ColumnSource[] = [
  {
    id: 'preview',
    label: 'Preview',
    width: '3.5rem',
    hideable: true,
    phone: 'max-md:col-start-2 max-md:row-span-3 max-md:row-start-1',
    cell: thumbnailCell,
  },
  {
    id: 'name',
    label: 'Name',
    width: 'minmax(0, 1fr)',
    sort: 'name',
    ascendingFirst: true,
    hideable: false,
    phone: 'max-md:col-span-2 max-md:col-start-3 max-md:row-start-1',
    cell: nameCell,
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
    phone: 'max-md:col-start-3 max-md:row-start-2',
    cell: sizeCell,
  },
  {
    id: 'state',
    label: 'State',
    width: '9rem',
    hideable: true,
    ...ROUGHY_ONLY,
    phone: 'max-md:col-span-2 max-md:col-start-3 max-md:row-start-3',
    cell: stateCell,
  },
  {
    id: 'project',
    label: 'Project',
    width: '9rem',
    hideable: true,
    ...ROUGHY_ONLY,
    cell: ({ roughy }) => (
      <bdi className="truncate">{shownText(roughy?.projectName ?? roughy?.projectId ?? '')}</bdi>
    ),
  },
  {
    id: 'duration',
    label: 'Duration',
    width: '5.5rem',
    numeric: true,
    hideable: true,
    ...ROUGHY_ONLY,
    cell: durationCell,
  },
  {
    id: 'language',
    label: 'Language',
    width: '5rem',
    hideable: true,
    ...ROUGHY_ONLY,
    cell: ({ roughy }) => (roughy?.language == null ? unknown('language') : shownText(roughy.language)),
  },
  {
    id: 'tags',
    label: 'Tags',
    width: '15rem',
    hideable: true,
    ...COMFY_ONLY,
    phone: 'max-md:col-span-2 max-md:col-start-3 max-md:row-start-3',
    cell: tagsCell,
  },
  {
    id: 'created_at',
    label: 'Created',
    width: '7.25rem',
    sort: 'created_at',
    hideable: true,
    muted: true,
    phone: 'max-md:col-start-4 max-md:row-start-2',
    cell: (asset) => dateCell(asset.createdAt),
  },
  {
    id: 'updated_at',
    label: 'Updated',
    width: '7.25rem',
    sort: 'updated_at',
    hideable: true,
    muted: true,
    ...COMFY_ONLY,
    cell: (asset) => dateCell(asset.updatedAt),
  },
  {
    id: 'last_access_time',
    label: 'Last used',
    width: '7.25rem',
    sort: 'last_access_time',
    hideable: true,
    muted: true,
    ...COMFY_ONLY,
    cell: (asset) => dateCell(asset.lastAccessedAt),
  },
  {
    id: 'actions',
    label: 'Actions',
    width: '3.25rem',
    hideable: false,
    phone: 'max-md:col-start-5 max-md:row-span-3 max-md:row-start-1',
    cell: deleteCell,
  },
];

const COLUMN_SPECS: readonly ColumnSpec[] = COLUMN_SOURCES.map((source) => ({
  ...source,
  cellClass: clsx(
    'cell',
    source.numeric === true && 'justify-end max-md:justify-start',
    source.muted === true && 'text-muted',
    source.phone ?? 'max-md:hidden',
  ),
}));

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
