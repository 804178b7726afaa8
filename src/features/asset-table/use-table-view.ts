import { useCallback, useMemo } from 'react';
import * as v from 'valibot';

import type { ProviderKind } from '@/domain/connection';
import { useStored, writeStored } from '@/lib/use-stored';

export type Density = 'comfortable' | 'compact';

/** Pixels; the same numbers place the virtual rows. */
export const ROW_HEIGHTS = { comfortable: 56, compact: 44, phone: 92 } as const;

export interface TableView {
  readonly density: Density;
  /** Column id → shown; columns that are not named are shown. */
  readonly visibility: Readonly<Record<string, boolean>>;
  /** Whether keys without a modifier do something (WCAG 2.1.4: they can be switched off). */
  readonly shortcuts: boolean;
}

const viewSchema = v.fallback(
  v.object({
    density: v.fallback(v.picklist(['comfortable', 'compact']), 'comfortable'),
    visibility: v.fallback(v.record(v.string(), v.boolean()), {}),
    shortcuts: v.fallback(v.boolean(), true),
  }),
  { density: 'comfortable', visibility: {}, shortcuts: true },
);

/** Density, visible columns and shortcuts, remembered on this device for each kind of provider. */
export function useTableView(kind: ProviderKind): [TableView, (view: TableView) => void] {
  const name = `winnow.table.${kind}`;
  const [stored] = useStored(name, '{}');
  const view = useMemo(() => v.parse(viewSchema, parseJson(stored)), [stored]);
  const change = useCallback((next: TableView) => void writeStored(name, JSON.stringify(next)), [name]);
  return [view, change];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // edited by hand, or by another version
  }
}
