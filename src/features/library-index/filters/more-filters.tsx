import { useQuery } from '@tanstack/react-query';

import { ASSET_KINDS } from '@/domain/asset';
import { LEFTOVERS, type IndexFilters, type LibraryFilters } from '@/domain/library-query';
import { formatBytes, formatDuration } from '@/lib/format';
import { parseBytes, parseDuration } from '@/lib/parse-amount';
import type { IndexView, LibraryIndex } from '@/library/library-index';
import type { FacetName } from '@/library/store/facets';
import { KIND_LABELS } from '@/previews/kind-icon';
import type { AssetProvider } from '@/providers/provider';
import { libraryQueries, questionTime } from '@/queries/library-queries';
import type { Filters } from '@/search/use-asset-search';
import { writeWhere } from '@/search/where';
import { Select } from '@/ui/field';

import { FacetList } from './facet-list';
import { DraftField, FilterGroup, RangeFields, YesNoSelect } from './fields';
import { dayBound, dayOf } from './days';
import { extensionLabel, languageLabel, LEFTOVER_LABELS, stateLabel } from './words';

const COMFY_FACETS: readonly FacetName[] = ['kind', 'extension', 'tag'];
const ROUGHY_FACETS: readonly FacetName[] = ['kind', 'extension', 'state', 'project', 'language'];

export interface MoreFiltersProps {
  readonly provider: AssetProvider;
  readonly index: LibraryIndex;
  readonly view: IndexView;
  /** All that is in force. */
  readonly filters: LibraryFilters;
  readonly onRefine: (filters: Partial<Filters>) => void;
}

/** Every filter that only the index has, and beside each value how much there is of it with the other filters in force. */
export function MoreFilters({ provider, index, view, filters, onRefine }: MoreFiltersProps) {
  const isRoughy = provider.connection.kind === 'roughy';
  const hasTags = provider.filters.has('tags');
  const { data: facets } = useQuery({
    ...libraryQueries.call(index, 'facets', {
      filters,
      now: filters.index.unusedDays === null ? 0 : questionTime(),
      facets: isRoughy ? ROUGHY_FACETS : COMFY_FACETS,
    }),
    enabled: view.state === 'building' || view.state === 'ready',
  });
  const counting = view.state !== 'none' && view.state !== 'failed';
  const chosen = filters.index;
  const change = (part: Partial<IndexFilters>) => onRefine({ where: writeWhere({ ...chosen, ...part }) });

  const dates = (name: 'created' | 'updated' | 'lastUsed', label: string) => (
    <FilterGroup label={`${label} (days in UTC)`}>
      <RangeFields
        of={label}
        words={['first day', 'last day']}
        type="date"
        range={chosen[name]}
        writes={dayOf}
        reads={dayBound}
        problem="This is not a day."
        onChange={(range) => change({ [name]: range })}
      />
    </FilterGroup>
  );

  return (
    <>
      <FacetList
        label="Kind"
        facet={facets?.kind}
        counting={counting}
        picked={chosen.kinds}
        nameOf={({ value }) => KIND_LABELS[kindOf(value)]}
        onChange={(picked) => change({ kinds: picked.map(kindOf) })}
      />
      <FilterGroup label="Size">
        <RangeFields
          of="Size"
          words={['at least', 'at most']}
          placeholder="10 MB"
          range={chosen.size}
          writes={exactBytes}
          reads={parseBytes}
          problem="Write a size like 10 MB."
          onChange={(size) => change({ size })}
        />
      </FilterGroup>
      {!isRoughy && (
        <FilterGroup label="Not used for">
          <span className="flex items-center gap-2">
            <DraftField
              label="Not used for, in days"
              inputMode="numeric"
              placeholder="90"
              value={chosen.unusedDays}
              write={String}
              read={(text) => (/^\s*[1-9]\d{0,4}\s*$/.test(text) ? Number(text) : null)}
              problem="Write a number of days."
              onChange={(unusedDays) => change({ unusedDays })}
            />
            <span aria-hidden className="flex-1">
              days
            </span>
          </span>
        </FilterGroup>
      )}
      {isRoughy && (
        <>
          <FacetList
            label="State"
            facet={facets?.state}
            counting={counting}
            picked={chosen.states}
            nameOf={({ value }) => stateLabel(value)}
            onChange={(states) => change({ states })}
          />
          <FacetList
            label="Project"
            facet={facets?.project}
            counting={counting}
            picked={chosen.projects}
            nameOf={({ value, label }) => label ?? value.slice(-8)}
            onChange={(projects) => change({ projects })}
          />
          <FacetList
            label="Language"
            facet={facets?.language}
            counting={counting}
            picked={chosen.languages}
            nameOf={({ value }) => languageLabel(value)}
            onChange={(languages) => change({ languages })}
          />
          <FilterGroup label="Duration">
            <RangeFields
              of="Duration"
              words={['at least', 'at most']}
              placeholder="1:30"
              range={chosen.duration}
              writes={formatDuration}
              reads={parseDuration}
              problem="Write a duration like 1:30."
              onChange={(duration) => change({ duration })}
            />
          </FilterGroup>
        </>
      )}
      <FacetList
        label="Extension"
        facet={facets?.extension}
        counting={counting}
        picked={chosen.extensions}
        nameOf={({ value }) => extensionLabel(value)}
        onChange={(extensions) => change({ extensions })}
      />
      {hasTags && (
        <FacetList
          label="Tags, all of those ticked"
          facet={facets?.tag}
          counting={counting}
          picked={filters.includeTags}
          nameOf={({ value }) => value}
          onChange={(includeTags) => onRefine({ includeTags })}
        />
      )}
      {dates('created', 'Created')}
      {!isRoughy && dates('updated', 'Updated')}
      {!isRoughy && dates('lastUsed', 'Last used')}
      <FilterGroup label="Has or has not">
        <div className="flex flex-col gap-2">
          {hasTags && (
            <YesNoSelect
              label="Tags"
              words={['Has tags', 'Has no tags']}
              value={chosen.hasTags}
              onChange={(value) => change({ hasTags: value })}
            />
          )}
          {!isRoughy && (
            <YesNoSelect
              label="Content hash"
              words={['Has a content hash', 'Has no content hash']}
              value={chosen.hasHash}
              onChange={(hasHash) => change({ hasHash })}
            />
          )}
          <YesNoSelect
            label="Preview"
            words={['Has a preview', 'Preview missing']}
            value={chosen.hasPreview}
            onChange={(hasPreview) => change({ hasPreview })}
          />
          <YesNoSelect
            label="Protection"
            words={['Protected', 'Not protected']}
            value={chosen.isProtected}
            onChange={(isProtected) => change({ isProtected })}
          />
          <Select
            aria-label="Leftovers"
            value={chosen.leftover ?? ''}
            onChange={({ target }) =>
              change({ leftover: LEFTOVERS.find((each) => each === target.value) ?? null })
            }
          >
            <option value="">Leftovers: any or none</option>
            {LEFTOVERS.map((leftover) => (
              <option key={leftover} value={leftover}>
                {LEFTOVER_LABELS[leftover]}
              </option>
            ))}
          </Select>
        </div>
      </FilterGroup>
      {!isRoughy && (
        <FilterGroup label="Job">
          <DraftField
            label="Job id"
            placeholder="The whole id of a job"
            value={chosen.jobId}
            write={(id) => id}
            read={(text) => text.trim()}
            problem="Write the id of a job."
            onChange={(jobId) => change({ jobId })}
          />
        </FilterGroup>
      )}
    </>
  );
}

const kindOf = (value: string) => ASSET_KINDS.find((kind) => kind === value) ?? 'other';

/** Rounded only when that loses nothing: a filter must not move by being looked at. */
const exactBytes = (bytes: number): string =>
  parseBytes(formatBytes(bytes)) === bytes ? formatBytes(bytes) : String(bytes);
