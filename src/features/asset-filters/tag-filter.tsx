import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { formatNumber } from '@/lib/format';
import type { AssetProvider } from '@/providers/provider';
import { tagQueries } from '@/queries/tag-queries';
import { Combobox } from '@/ui/combobox';

/** Picks tags by name; the provider suggests its own, with how many assets have each. */
export function TagFilter({
  provider,
  label,
  placeholder,
  taken,
  onAdd,
}: {
  provider: AssetProvider;
  label: string;
  placeholder: string;
  taken: readonly string[];
  onAdd: (tag: string) => void;
}) {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  // The most used tags serve every field; a prefix asks the provider only when these do not hold it.
  const common = useQuery({ ...tagQueries.suggestions(provider, ''), enabled: asked });
  const local = matching(common.data ?? [], text, taken);
  const prefix = text.trim();
  const more = useQuery({
    ...tagQueries.suggestions(provider, prefix),
    enabled: asked && prefix !== '' && common.isSuccess && local.length === 0,
  });
  const options = local.length > 0 ? local : matching(more.data ?? [], text, taken);

  return (
    <div onFocus={() => setAsked(true)} className="min-w-0">
      <Combobox
        label={label}
        placeholder={placeholder}
        text={text}
        onTextChange={setText}
        problem={text.includes(',') ? 'The provider cannot filter on a tag with a comma' : null}
        options={options.map((tag) => ({ value: tag.name, detail: formatNumber(tag.count) }))}
        onPick={(tag) => {
          setText('');
          onAdd(tag);
        }}
      />
    </div>
  );
}

function matching<T extends { readonly name: string }>(
  tags: readonly T[],
  text: string,
  taken: readonly string[],
) {
  const wanted = text.trim().toLowerCase();
  return tags
    .filter(
      (tag) =>
        tag.name.toLowerCase().includes(wanted) && !taken.includes(tag.name) && !tag.name.includes(','),
    )
    .slice(0, 50);
}
