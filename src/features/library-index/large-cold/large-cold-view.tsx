import { useQuery } from '@tanstack/react-query';
import { Archive } from 'lucide-react';
import { useState } from 'react';

import { ASSET_KINDS, type AssetKind } from '@/domain/asset';
import { formatCount, formatNumber } from '@/lib/format';
import type { SizeBin } from '@/library/store/size-plot';
import { KIND_LABELS } from '@/previews/kind-icon';
import { libraryQueries } from '@/queries/library-queries';
import { Labelled, Select } from '@/ui/field';
import { Notice } from '@/ui/notice';

import { Answer } from '../parts/answer';
import type { IndexViewProps } from '../parts/index-view-props';
import { Section } from '../parts/section';

import { Curve, PERCENTS } from './curve';
import { beyond, FIRST_CUT_OFF, kindFilters } from './cut-off';
import { CutOffPanel } from './cut-off-panel';
import { DensityPlot } from './density-plot';
import { PlotTable } from './plot-table';

/** What is large and has not been used for long: where that is, how much it is, and a way to select it. */
export default function LargeColdView(props: IndexViewProps) {
  // One moment for all that is asked here, or the numbers would not be of the same assets.
  const [now] = useState(() => Date.now());
  const [kind, setKind] = useState<AssetKind | null>(null);
  const [cutOff, setCutOff] = useState(FIRST_CUT_OFF);
  const filters = kindFilters(kind);
  const plot = useQuery(libraryQueries.call(props.index, 'sizePlot', { filters, now }));
  const curve = useQuery(libraryQueries.call(props.index, 'sizeCurve', { filters, now, percents: PERCENTS }));
  return (
    <section aria-labelledby="large-cold-heading" className="flex flex-col gap-6 p-4 max-md:px-2">
      <div className="flex flex-wrap items-end gap-x-8 gap-y-2">
        <div className="min-w-0 flex-1 max-sm:basis-full">
          <h2 id="large-cold-heading" tabIndex={-1} className="text-base font-semibold">
            Large and cold
          </h2>
          <p className="text-muted">What takes much room and has not been used for long.</p>
        </div>
        <Labelled label="Kind">
          <Select
            className="w-40"
            value={kind ?? ''}
            onChange={({ target }) => setKind(ASSET_KINDS.find((each) => each === target.value) ?? null)}
          >
            <option value="">All kinds</option>
            {ASSET_KINDS.map((each) => (
              <option key={each} value={each}>
                {KIND_LABELS[each]}
              </option>
            ))}
          </Select>
        </Labelled>
      </div>
      <Answer query={plot}>
        {(bins) =>
          bins.length === 0 ? (
            <Notice icon={<Archive />} title="Nothing to show">
              {kind === null ? 'There is no asset in the index.' : 'No asset in the index is of this kind.'}
            </Notice>
          ) : (
            <Section title="Size against time without use" hint={plotHint(bins)}>
              <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
                <DensityPlot bins={bins} cutOff={cutOff} onCutOff={setCutOff} />
                <CutOffPanel
                  {...props}
                  {...{ bins, kind, now, cutOff }}
                  stale={plot.isPlaceholderData}
                  onCutOff={setCutOff}
                />
              </div>
              <PlotTable bins={bins} />
            </Section>
          )
        }
      </Answer>
      <Answer query={curve}>
        {(answer) =>
          answer.count + answer.unknownSizes > 0 && (
            <Section title="What the largest hold">
              <Curve curve={answer} />
            </Section>
          )
        }
      </Answer>
    </section>
  );
}

function plotHint(bins: readonly SizeBin[]): string {
  const { count, unknownSizes, neverUsed } = beyond(bins, { size: 0, days: 0 });
  return [
    'Point into the plot, or move the sliders, to set the cut-off.',
    ...(count > 0 && neverUsed === count
      ? ['When they were last used is not known of any: days count from creation.']
      : neverUsed > 0
        ? [`Of ${formatNumber(neverUsed)} the last use is not known: their days count from creation.`]
        : []),
    ...(unknownSizes > 0
      ? [
          `${formatCount(unknownSizes, 'asset')} of unknown size ${unknownSizes === 1 ? 'is' : 'are'} not in the plot.`,
        ]
      : []),
  ].join(' ');
}
