import { useQuery } from '@tanstack/react-query';
import { Shapes } from 'lucide-react';
import { useState } from 'react';

import { NO_INDEX_FILTERS } from '@/domain/library-query';
import { formatCount } from '@/lib/format';
import { libraryQueries } from '@/queries/library-queries';
import type { Measure, TreemapBy } from '@/library/treemap-cells';
import type { OverviewAnswer } from '@/library/store/overview';
import { KIND_LABELS } from '@/previews/kind-icon';
import { Labelled, Select } from '@/ui/field';
import { Notice } from '@/ui/notice';
import { shownText } from '@/ui/shown-text';

import { Answer } from '../parts/answer';
import type { IndexViewProps } from '../parts/index-view-props';
import { formatCost, usePrice } from '../parts/price';
import { Section } from '../parts/section';
import { sizeWords } from '../parts/size-words';

import { MonthChart } from './month-chart';
import { periodsOf } from './periods';
import { PriceForm } from './price-form';
import { SinceLastSync } from './since-last-sync';
import { TotalsTable } from './totals-table';
import { TreemapSection } from './treemap-section';
import { periodText } from './words';

/** As many tags and projects as a person looks through. */
const MOST = 100;

/** What a library is made of: kinds, tags, months and projects, and what it may cost. */
export default function OverviewView(props: IndexViewProps) {
  const overview = useQuery(libraryQueries.call(props.index, 'overview', { most: MOST }));
  return (
    <section aria-labelledby="overview-heading" className="flex flex-col gap-6 p-4 max-md:px-2">
      <h2 id="overview-heading" tabIndex={-1} className="text-base font-semibold">
        Overview
      </h2>
      <Answer query={overview}>
        {(answer) =>
          answer.all.count === 0 ? (
            <Notice icon={<Shapes />} title="There is nothing in the index">
              As soon as there are assets in it, this page shows what they are.
            </Notice>
          ) : (
            <Parts {...props} answer={answer} />
          )
        }
      </Answer>
    </section>
  );
}

function Parts({ answer, ...props }: IndexViewProps & { readonly answer: OverviewAnswer }) {
  const [chosen, setMeasure] = useState<Measure | null>(null);
  const [price] = usePrice();
  // Where no size is known there would be nothing to see.
  const measure = chosen ?? (answer.all.bytes > 0 ? 'bytes' : 'count');
  const hasProjects = answer.projects.length > 0;
  const choices: readonly TreemapBy[] = hasProjects ? ['project', 'extension'] : ['tag', 'extension'];
  const { all, neverUsed } = answer;
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-12 gap-y-4">
        <div className="flex min-w-0 flex-1 basis-96 flex-col gap-1 max-sm:basis-full">
          <p>
            <strong className="font-semibold">{sizeWords(all)}.</strong>
            {price !== null && ` At your price that is ${formatCost(all.bytes, price)}.`}
          </p>
          {all.unknownSizes > 0 && (
            <p className="text-muted">
              What is of unknown size is in no sum of bytes, and in no area or bar of them.
            </p>
          )}
          {neverUsed.count > 0 && (
            <p className="text-muted">
              {neverUsed.count === all.count
                ? 'When they were last used is not known of any.'
                : `When it was last used is not known of ${sizeWords(neverUsed)}.`}
            </p>
          )}
          <SinceLastSync {...props} oldest={answer.oldest} newest={answer.newest} />
        </div>
        <PriceForm />
      </div>

      <TreemapSection {...props} choices={choices} measure={measure} projects={answer.projects}>
        <Labelled label="Areas and bars show">
          <Select
            className="w-44"
            value={measure}
            onChange={({ target }) => setMeasure(target.value === 'count' ? 'count' : 'bytes')}
          >
            <option value="bytes">Size</option>
            <option value="count">Number of assets</option>
          </Select>
        </Labelled>
      </TreemapSection>

      <Months {...props} answer={answer} measure={measure} />

      <div className="grid gap-6 lg:grid-cols-2">
        <Section title="By kind">
          <TotalsTable
            caption="Assets by kind"
            head="Kind"
            links={props}
            rows={answer.kinds.map(({ kind, ...totals }) => ({
              ...{ key: kind, label: KIND_LABELS[kind], ...totals },
              filters: { index: { ...NO_INDEX_FILTERS, kinds: [kind] } },
            }))}
          />
        </Section>
        {hasProjects ? (
          <Section title="By project" hint={moreText(answer.moreProjects, 'project')}>
            <TotalsTable
              caption="Assets by project"
              head="Project"
              links={props}
              rows={answer.projects.map(({ id, name, ...totals }) => ({
                ...{ key: id, label: shownText(name ?? id), ...totals },
                filters: { project: id },
              }))}
            />
          </Section>
        ) : (
          <Section
            title="By tag"
            hint={`An asset with several tags counts in each of them. ${moreText(answer.moreTags, 'tag')}`}
          >
            <TotalsTable caption="Assets by tag" head="Tag" links={props} rows={tagRows(answer)} />
          </Section>
        )}
      </div>
    </>
  );
}

function Months({
  answer,
  measure,
  ...links
}: IndexViewProps & { answer: OverviewAnswer; measure: Measure }) {
  const periods = periodsOf(answer.months);
  const inYears = periods.some(({ key }) => key.length === 4);
  return (
    <Section
      title={inYears ? 'By year of creation' : 'By month of creation'}
      hint="Months as they are in UTC. In the chart, arrow keys go from bar to bar."
    >
      <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <MonthChart periods={periods} measure={measure} links={links} />
        <TotalsTable
          caption={inYears ? 'Assets by year of creation' : 'Assets by month of creation'}
          head="Created in"
          links={links}
          rows={periods
            .filter(({ count }) => count > 0)
            .toReversed()
            .map((period) => ({ ...period, label: periodText(period.key) }))}
        />
      </div>
    </Section>
  );
}

const tagRows = ({ tags, untagged }: OverviewAnswer) => [
  ...tags.map(({ tag, ...totals }) => ({
    ...{ key: tag, label: shownText(tag), ...totals },
    filters: { includeTags: [tag] },
  })),
  {
    ...{ key: '', label: <i>without tags</i>, ...untagged },
    filters: { index: { ...NO_INDEX_FILTERS, hasTags: false } },
  },
];

const moreText = (more: number, what: string): string =>
  more === 0 ? '' : `${formatCount(more, `smaller ${what}`)} ${more === 1 ? 'is' : 'are'} not listed.`;
