import { useQuery } from '@tanstack/react-query';
import { Tags } from 'lucide-react';
import { useState } from 'react';

import { isRootTag } from '@/domain/tags';
import { formatCount, formatNumber } from '@/lib/format';
import type { LibraryIndex } from '@/library/library-index';
import type { TagFilters } from '@/library/store/tags';
import { libraryQueries } from '@/queries/library-queries';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { announceProblem } from '@/ui/toaster';

import { Answer } from '../parts/answer';
import { Pager } from '../parts/pager';

import { SpellingGroups } from './spelling-groups';
import type { Picking, TagLinks } from './tag-row';
import { TagTable, type TagOrder } from './tag-table';

interface TagListProps extends Picking, TagLinks {
  readonly index: LibraryIndex;
  readonly filters: TagFilters;
  readonly page: number;
  readonly onPage: (page: number) => void;
}

const PAGE_SIZE = 50;
const GROUPS = 20;

/** Tags as one table, sorted by any column. */
export function TagList({
  index,
  filters,
  page,
  onPage,
  picksAll,
  ...rest
}: TagListProps & {
  /** Offers to pick all of them, and not only this page. */
  picksAll: boolean;
}) {
  const { onPick } = rest;
  const [sorting, setSorting] = useState<TagOrder>({ sort: 'count', order: 'desc' });
  const tags = useQuery(
    libraryQueries.call(index, 'tags', { ...filters, ...sorting, page, pageSize: PAGE_SIZE }),
  );

  async function pickAll(total: number) {
    try {
      const all = await index.store.call('tags', { ...filters, ...sorting, page: 1, pageSize: total });
      onPick?.(
        all.tags.map(({ name }) => name).filter((name) => !isRootTag(name)),
        true,
      );
    } catch (error) {
      announceProblem(`The tags could not be read. ${error instanceof Error ? error.message : ''}`.trim());
    }
  }

  return (
    <Answer query={tags}>
      {({ tags: shown, total, all }) =>
        total === 0 ? (
          <NoTags none={all === 0} />
        ) : (
          <>
            <div className="flex min-h-10 flex-wrap items-center gap-3 px-4 py-1 max-md:px-2">
              <p role="status" className="text-muted">
                {total === all
                  ? formatCount(total, 'tag')
                  : `${formatNumber(total)} of ${formatCount(all, 'tag')}`}
              </p>
              {picksAll && onPick !== null && total > shown.length && (
                <Button size="small" onClick={() => void pickAll(total)}>
                  Pick all {formatNumber(total)}
                </Button>
              )}
            </div>
            <TagTable
              {...rest}
              tags={shown}
              sorting={sorting}
              onSort={(next) => {
                setSorting(next);
                onPage(1);
              }}
            />
            <Pager label="Pages of tags" page={page} pageSize={PAGE_SIZE} total={total} onPage={onPage} />
          </>
        )
      }
    </Answer>
  );
}

/** Tags that are nearly equal, in groups. */
export function SpellingList({ index, filters, page, onPage, ...rest }: TagListProps) {
  const spellings = useQuery(libraryQueries.call(index, 'spellings', { ...filters, page, pageSize: GROUPS }));
  return (
    <Answer query={spellings}>
      {({ groups, total }) => (
        <>
          <p className="max-w-[80ch] px-4 py-2 text-muted max-md:px-2">
            {formatCount(total, 'group')} of tags that differ only in case, accents’ encoding, what stands
            between words, or an English plural at the end. Taking a spelling off puts no other in its place.
          </p>
          {total === 0 ? <NoTags none={false} /> : <SpellingGroups {...rest} groups={groups} />}
          <Pager label="Pages of spellings" page={page} pageSize={GROUPS} total={total} onPage={onPage} />
        </>
      )}
    </Answer>
  );
}

const NoTags = ({ none }: { none: boolean }) => (
  <Notice icon={<Tags />} title={none ? 'No tags' : 'No such tags'}>
    {none
      ? 'No asset in the index has a tag.'
      : 'No tag is like that. Show all tags, or change what you look for.'}
  </Notice>
);
