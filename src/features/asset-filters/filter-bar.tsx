import { Filter, ListFilter } from 'lucide-react';
import { memo, useState } from 'react';

import type { AssetQuery } from '@/domain/asset-query';
import { useMediaQuery } from '@/lib/use-media-query';
import type { AssetProvider } from '@/providers/provider';
import type { AssetSearch } from '@/search/use-asset-search';
import { Button } from '@/ui/button';
import { Checkbox } from '@/ui/field';

import { MetadataFilter } from './metadata-filter';
import { ProjectFilter, StateFilter } from './roughy-filters';
import { SearchBox } from './search-box';
import { TagFilter } from './tag-filter';

/** Every filter that this provider has, and search by name, which the index has for all; on a phone the others hide behind a button. */
export const FilterBar = memo(function FilterBar({
  provider,
  query,
  refine,
  activeCount,
  clears,
  onMore,
  moreOpen,
}: {
  provider: AssetProvider;
  query: AssetQuery;
  refine: AssetSearch['refine'];
  activeCount: number;
  /** How often all filters were cleared: text that has not settled yet goes with them. */
  clears: number;
  /** Opens the filters that only the library index has, or closes them. */
  onMore: () => void;
  moreOpen: boolean;
}) {
  const phone = useMediaQuery('(max-width: 767px)');
  const [unfolded, setUnfolded] = useState(false);
  const has = (name: Parameters<typeof provider.filters.has>[0]) => provider.filters.has(name);

  return (
    <div
      role="search"
      aria-label="Filters"
      className="flex flex-wrap items-center gap-2 px-4 pt-2 max-md:px-2"
    >
      <div data-filter-start className="max-w-64 grow basis-40 max-md:max-w-none max-md:flex-1">
        <SearchBox
          text={query.text}
          clears={clears}
          onSearch={(text) => refine({ text }, query.text === '' || text === '' ? 'push' : 'replace')}
        />
      </div>
      {phone && (
        <Button aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          <Filter aria-hidden className="size-4" />
          Filters{activeCount > 0 && ` (${activeCount})`}
        </Button>
      )}
      {(!phone || unfolded) && (
        <div className="contents max-md:flex max-md:w-full max-md:flex-col max-md:items-stretch max-md:gap-2 max-md:*:w-full">
          {has('project') && (
            <div className="max-w-64 grow basis-40 max-md:max-w-none max-md:grow-0 max-md:basis-auto">
              <ProjectFilter
                provider={provider}
                project={query.project}
                onChange={(project) => refine({ project })}
              />
            </div>
          )}
          {has('state') && (
            <div className="max-w-44 grow basis-28 max-md:max-w-none max-md:grow-0 max-md:basis-auto">
              <StateFilter state={query.state} onChange={(state) => refine({ state })} />
            </div>
          )}
          {has('tags') && (
            <>
              <div className="max-w-44 grow basis-28 max-md:max-w-none max-md:grow-0 max-md:basis-auto">
                <TagFilter
                  provider={provider}
                  label="Include tags"
                  placeholder="Include tags"
                  taken={query.includeTags}
                  onAdd={(tag) => refine({ includeTags: unique([...query.includeTags, tag]) })}
                />
              </div>
              <div className="max-w-44 grow basis-28 max-md:max-w-none max-md:grow-0 max-md:basis-auto">
                <TagFilter
                  provider={provider}
                  label="Exclude tags"
                  placeholder="Exclude tags"
                  taken={query.excludeTags}
                  onAdd={(tag) => refine({ excludeTags: unique([...query.excludeTags, tag]) })}
                />
              </div>
            </>
          )}
          {has('metadata') && (
            <MetadataFilter
              onAdd={(match) =>
                refine({ metadata: [...query.metadata.filter((each) => each.key !== match.key), match] })
              }
            />
          )}
          {has('public') && (
            <label className="flex h-8 items-center gap-2 whitespace-nowrap">
              <Checkbox
                checked={query.includePublic}
                onChange={(event) => refine({ includePublic: event.target.checked })}
              />
              Show public
            </label>
          )}
          <Button data-more-filters aria-expanded={moreOpen} onClick={onMore}>
            <ListFilter aria-hidden className="size-4" />
            More filters
          </Button>
        </div>
      )}
    </div>
  );
});

const unique = (tags: readonly string[]) => [...new Set(tags)];
