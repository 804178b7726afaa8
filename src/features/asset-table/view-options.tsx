import { SlidersHorizontal } from 'lucide-react';

import type { ProviderKind } from '@/domain/connection';
import { Checkbox } from '@/ui/field';
import { Popover } from '@/ui/popover';

import { columnsFor } from './columns';
import type { Density, TableView } from './use-table-view';

const DENSITIES: readonly { readonly value: Density; readonly label: string }[] = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
];

/** Which columns are shown, how tall rows are, and whether single keys do something. */
export function ViewOptions({
  kind,
  view,
  onChange,
}: {
  kind: ProviderKind;
  view: TableView;
  onChange: (view: TableView) => void;
}) {
  return (
    <Popover
      label="View options"
      buttonProps={{ 'aria-label': 'View options', title: 'View options' }}
      trigger={
        <>
          <SlidersHorizontal aria-hidden className="size-4" />
          <span className="max-lg:hidden">View</span>
        </>
      }
      className="w-56"
    >
      <fieldset>
        <legend className="mb-1 text-xs font-medium text-muted">Columns</legend>
        {columnsFor(kind)
          .filter((column) => column.hideable)
          .map((column) => (
            <label key={column.id} className="flex h-7 items-center gap-2 rounded px-1 hover:bg-hover">
              <Checkbox
                checked={view.visibility[column.id] ?? true}
                onChange={(event) =>
                  onChange({ ...view, visibility: { ...view.visibility, [column.id]: event.target.checked } })
                }
              />
              {column.label}
            </label>
          ))}
      </fieldset>
      <fieldset className="mt-3">
        <legend className="mb-1 text-xs font-medium text-muted">Row height</legend>
        {DENSITIES.map(({ value, label }) => (
          <label key={value} className="flex h-7 items-center gap-2 rounded px-1 hover:bg-hover">
            <input
              type="radio"
              name="density"
              className="size-4 accent-accent"
              checked={view.density === value}
              onChange={() => onChange({ ...view, density: value })}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <fieldset className="mt-3">
        <legend className="mb-1 text-xs font-medium text-muted">Keyboard</legend>
        <label className="flex h-7 items-center gap-2 rounded px-1 hover:bg-hover">
          <Checkbox
            checked={view.shortcuts}
            onChange={(event) => onChange({ ...view, shortcuts: event.target.checked })}
          />
          Single-key shortcuts
        </label>
        <p className="px-1 text-xs text-muted">
          <kbd className="font-sans font-medium">m</kbd> in a row: mark for deletion
        </p>
      </fieldset>
    </Popover>
  );
}
