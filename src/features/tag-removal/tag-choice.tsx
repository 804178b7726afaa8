import type { TagUse } from '@/domain/tags';
import { formatNumber } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import { Checkbox } from '@/ui/field';
import { shownText } from '@/ui/shown-text';

/** Tags to tick, each with how many of the assets have it. */
export function TagChoice({
  tags,
  picked,
  disabled,
  onPick,
}: {
  tags: readonly TagUse[];
  picked: ReadonlySet<string>;
  disabled: boolean;
  onPick: (picked: ReadonlySet<string>) => void;
}) {
  return (
    <fieldset disabled={disabled} className="max-h-72 overflow-y-auto rounded-md border border-line p-1">
      <legend className="sr-only">Tags to remove</legend>
      {tags.map((tag) => (
        <label key={tag.name} className="flex min-h-8 items-center gap-2 rounded px-2 hover:bg-hover">
          <Checkbox
            checked={picked.has(tag.name)}
            onChange={(event) => {
              const next = new Set(picked);
              if (event.target.checked) next.add(tag.name);
              else next.delete(tag.name);
              onPick(next);
            }}
          />
          <bdi className="min-w-0 flex-1 truncate" title={shownName(tag.name)}>
            {shownText(tag.name)}
          </bdi>
          <span className="text-muted">{formatNumber(tag.count)}</span>
        </label>
      ))}
    </fieldset>
  );
}
