import { useQuery } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';

import { ASSET_KINDS, type AssetKind } from '@/domain/asset';
import { NO_FILTERS, type LibraryFilters } from '@/domain/library-query';
import { formatCount, formatNumber, formatUpTo } from '@/lib/format';
import type { Likeness } from '@/library/store/copy-groups';
import type { DuplicatesPage, DuplicatesQuestion } from '@/library/store/duplicates';
import { KIND_LABELS } from '@/previews/kind-icon';
import { libraryQueries } from '@/queries/library-queries';
import { Button } from '@/ui/button';
import { Checkbox, Labelled, Select, TextField } from '@/ui/field';
import { Notice } from '@/ui/notice';
import { announce } from '@/ui/toaster';

import { Answer } from '../parts/answer';
import type { IndexViewProps } from '../parts/index-view-props';
import { Pager } from '../parts/pager';
import { useGather } from '../parts/use-gather';

import { GroupCard } from './group-card';
import { RuleList } from './rule-list';
import { useHiddenGroups, useKeeperRules } from './stored-rules';

const PAGE_SIZE = 10;
const PER_GROUP = 6;
/** Groups per answer of the index. */
const PART = 2_000;

const isKind = (value: string): value is AssetKind => ASSET_KINDS.some((kind) => kind === value);

/** Contents that are kept more than once: one copy of each stays, by rule or by hand, and the others can go. */
export default function DuplicatesView(props: IndexViewProps) {
  const { index, pinned, selection, onTick, onDelete } = props;
  const [likeness, setLikeness] = useState<Likeness>('same');
  const [rules, setRules] = useKeeperRules();
  const { hidden, hide, show } = useHiddenGroups(index.connectionId);
  const [onlyHidden, setOnlyHidden] = useState(false);
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const [kind, setKind] = useState<AssetKind | null>(null);
  const [tag, setTag] = useState('');
  const [page, setPage] = useState(1);
  /** Some of what is ticked was never on screen. */
  const [unseen, setUnseen] = useState(false);
  if (unseen && selection.size === 0) setUnseen(false);
  const groups = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { busy, gather } = useGather();
  const pinnedIds = useMemo(() => [...pinned.keys()].sort(), [pinned]);

  const question: DuplicatesQuestion = {
    ...{ likeness, filters: filtersFor(kind, tag), now: 0, hidden, onlyHidden },
    wish: { rules, pinned: pinnedIds, chosen: [...chosen] },
  };
  const duplicates = useQuery(
    libraryQueries.call(index, 'duplicates', { ...question, page, pageSize: PAGE_SIZE, perGroup: PER_GROUP }),
  );

  /** Of all groups, not only of those on this page. */
  function selectExtras() {
    const keepers = new Set<string>();
    void gather(
      async (after: string | null, options) => {
        const part = await index.store.call('extraCopies', { ...question, after, limit: PART }, options);
        for (const id of part.keeperIds) keepers.add(id);
        return { assets: part.extras, next: part.next };
      },
      (assets) => {
        // Other rules may have ticked what is to be kept now.
        onTick(
          [...selection.values()].filter(({ id }) => keepers.has(id)),
          false,
        );
        onTick(assets, true);
        const shown = new Set(duplicates.data?.list.flatMap(({ copies }) => copies.map(({ id }) => id)));
        setUnseen(assets.some(({ id }) => !shown.has(id)));
        announce(`Selected ${formatCount(assets.length, 'copy', 'copies')}. Nothing is deleted yet.`);
      },
    );
  }

  function step(from: number, by: 1 | -1) {
    groups.current?.querySelectorAll<HTMLElement>('[data-group]')[from + by]?.focus();
  }

  function goTo(next: number) {
    setPage(next);
    heading.current?.focus();
  }

  /** What is asked for changes: the first page is the only one that is sure to be there. */
  const refine = (change: () => void) => {
    change();
    setPage(1);
  };

  return (
    <section aria-labelledby="duplicates-heading">
      <header className="flex flex-col gap-3 border-b border-line px-4 py-3 max-md:px-2">
        <div>
          <h2 id="duplicates-heading" ref={heading} tabIndex={-1} className="text-base font-semibold">
            Duplicates
          </h2>
          <p className="text-muted">
            Assets with the same content. One copy of each always stays: by the rules below, or the one that
            you choose.
            <span className="max-md:hidden">
              {' '}
              In a group, press a number to keep that copy, n and p for the next and the previous group.
            </span>
          </p>
        </div>
        <div className="flex flex-wrap items-end gap-x-8 gap-y-3">
          <RuleList rules={rules} onChange={setRules} />
          <div className="flex flex-wrap items-end gap-2">
            <Labelled label="Compare by">
              <Select
                className="w-80"
                value={likeness}
                onChange={({ target }) =>
                  refine(() => setLikeness(target.value === 'maybe' ? 'maybe' : 'same'))
                }
              >
                <option value="same">Equal content</option>
                <option value="maybe">Maybe: equal size and name, no hash</option>
              </Select>
            </Labelled>
            <Labelled label="Kind of copies to go">
              <Select
                className="w-36"
                value={kind ?? ''}
                onChange={({ target }) => refine(() => setKind(isKind(target.value) ? target.value : null))}
              >
                <option value="">Any</option>
                {ASSET_KINDS.map((each) => (
                  <option key={each} value={each}>
                    {KIND_LABELS[each]}
                  </option>
                ))}
              </Select>
            </Labelled>
            <Labelled label="Tag of copies to go">
              <TextField
                className="w-36"
                value={tag}
                placeholder="Any"
                onChange={({ target }) => refine(() => setTag(target.value))}
              />
            </Labelled>
            {(hidden.length > 0 || onlyHidden) && (
              <label className="flex h-8 items-center gap-2">
                <Checkbox
                  checked={onlyHidden}
                  onChange={({ target }) => refine(() => setOnlyHidden(target.checked))}
                />
                Only hidden groups
              </label>
            )}
          </div>
        </div>
      </header>
      <Answer query={duplicates}>
        {(answer) => (
          <>
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2 max-md:px-2">
              <p role="status" className="min-w-0 flex-1 basis-60 wrap-anywhere">
                {totalsWords(answer)}
              </p>
              {likeness === 'same' && answer.groups > 0 && !onlyHidden && (
                <Button look="primary" aria-disabled={busy} onClick={selectExtras}>
                  {busy ? 'Selecting…' : 'Select all but the keepers'}
                </Button>
              )}
              {(answer.groups > 0 || selection.size > 0) && (
                <Button
                  look="danger"
                  aria-disabled={selection.size === 0}
                  onClick={() => {
                    if (selection.size > 0) onDelete([...selection.values()], { unseen, copies: true });
                  }}
                >
                  Delete selected copies…
                </Button>
              )}
            </div>
            {answer.list.length === 0 ? (
              <Notice icon={<Copy />} title={onlyHidden ? 'No group is hidden' : 'No duplicates'}>
                {likeness === 'same'
                  ? 'No content in the index is there more than once, as far as hashes and the filters above tell.'
                  : 'No assets without a hash have equal size and name.'}
              </Notice>
            ) : (
              <div ref={groups}>
                {answer.list.map((group, at) => (
                  <GroupCard
                    key={group.key}
                    {...props}
                    likeness={likeness}
                    group={group}
                    isHidden={onlyHidden}
                    onKeep={(key, id) => setChosen(new Map(chosen).set(key, id))}
                    onHide={(key, hiding) => {
                      (hiding ? hide : show)(key);
                      // The group goes with its buttons.
                      heading.current?.focus();
                    }}
                    onStep={(by) => step(at, by)}
                  />
                ))}
              </div>
            )}
            <Pager
              label="Pages of duplicates"
              page={page}
              pageSize={PAGE_SIZE}
              total={answer.groups}
              onPage={goTo}
            />
          </>
        )}
      </Answer>
    </section>
  );
}

const filtersFor = (kind: AssetKind | null, tag: string): LibraryFilters => ({
  ...NO_FILTERS,
  includeTags: tag.trim() === '' ? [] : [tag],
  index: { ...NO_FILTERS.index, kinds: kind === null ? [] : [kind] },
});

function totalsWords({ groups, extras, bytes, unknownSizes }: DuplicatesPage): string {
  if (groups === 0) return 'No groups.';
  const unknown = unknownSizes === 0 ? '' : `, and ${formatCount(unknownSizes, 'group')} of unknown size`;
  const size = unknownSizes === groups ? 'of unknown size' : `${formatUpTo(bytes)}${unknown}`;
  return `${formatCount(groups, 'group')}, ${formatNumber(extras)} ${extras === 1 ? 'copy' : 'copies'} more than needed: ${size}.`;
}
