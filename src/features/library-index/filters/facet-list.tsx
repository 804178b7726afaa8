import { useLayoutEffect, useRef, useState } from 'react';

import type { Facet, FacetValue } from '@/library/store/facets';
import { formatBytes, formatCount, formatNumber } from '@/lib/format';
import { Button } from '@/ui/button';
import { Checkbox } from '@/ui/field';
import { shownText } from '@/ui/shown-text';

import { FilterGroup } from './fields';

const FIRST = 8;

/** The values that assets have of one kind, each with how many have it and how much they hold: any of them may be picked. */
export function FacetList({
  label,
  facet,
  counting,
  picked,
  nameOf,
  onChange,
}: {
  label: string;
  /** Undefined until the index has said. */
  facet: Facet | undefined;
  /** It is about to say. */
  counting: boolean;
  picked: readonly string[];
  nameOf: (value: FacetValue) => string;
  onChange: (picked: readonly string[]) => void;
}) {
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const toggled = useRef<string | null>(null);
  const values = valuesOf(facet, picked);
  const shown = all ? values : values.slice(0, FIRST);

  // A row that moves up with its new count would lose the focus on the way.
  useLayoutEffect(() => {
    if (toggled.current === null || document.activeElement !== document.body) return;
    const boxes = list.current?.querySelectorAll('input') ?? [];
    [...boxes].find(({ value }) => value === toggled.current)?.focus();
  });

  return (
    <FilterGroup label={label}>
      {facet === undefined && values.length === 0 ? (
        // As high as what comes, so that what is below stays where it is.
        <p className={counting ? 'h-56 text-muted' : 'text-muted'}>
          {counting ? 'Counting…' : 'Not counted'}
        </p>
      ) : (
        values.length === 0 && <p className="text-muted">Nothing here has any</p>
      )}
      <ul ref={list}>
        {shown.map((each) => (
          <li key={each.value}>
            <label className="flex min-h-7 items-center gap-2 rounded hover:bg-hover">
              <Checkbox
                value={each.value}
                checked={picked.includes(each.value)}
                onChange={({ target }) => {
                  toggled.current = each.value;
                  onChange(
                    target.checked ? [...picked, each.value] : picked.filter((value) => value !== each.value),
                  );
                }}
              />
              <bdi className="min-w-0 flex-1 truncate">{shownText(nameOf(each))}</bdi>
              {facet !== undefined && <Amount {...each} />}
            </label>
          </li>
        ))}
      </ul>
      {values.length > FIRST && (
        <Button look="quiet" size="small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${formatNumber(values.length)}`}
        </Button>
      )}
      {all && facet !== undefined && facet.more > 0 && (
        <p className="text-xs text-muted">{formatNumber(facet.more)} rarer ones are not listed.</p>
      )}
    </FilterGroup>
  );
}

function Amount({ count, bytes, unknownSizes }: FacetValue) {
  return (
    <span
      className="shrink-0 text-xs text-muted"
      title={unknownSizes === 0 ? undefined : `${formatCount(unknownSizes, 'asset')} of unknown size`}
    >
      {formatNumber(count)}
      <span className="ml-2 inline-block min-w-14 text-right">
        {bytes === 0 && unknownSizes > 0 ? 'size unknown' : formatBytes(bytes)}
      </span>
    </span>
  );
}

/** What was picked stays to be unpicked, even if nothing has it any more. */
function valuesOf(facet: Facet | undefined, picked: readonly string[]): readonly FacetValue[] {
  const values = facet?.values ?? [];
  const missing = picked.filter((value) => !values.some((each) => each.value === value));
  return [
    ...values,
    ...missing.map((value) => ({ value, label: null, count: 0, bytes: 0, unknownSizes: 0 })),
  ];
}
