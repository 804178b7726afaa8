import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

import { libraryQueries } from '@/queries/library-queries';
import type { TreemapAnswer } from '@/library/store/asset-groups';
import type { ProjectTotals } from '@/library/store/overview';
import { KIND_LABELS } from '@/previews/kind-icon';
import type { Measure, TreemapBy, TreemapCell } from '@/library/treemap-cells';
import { Labelled, Select } from '@/ui/field';

import { Answer } from '../parts/answer';
import type { IndexViewProps } from '../parts/index-view-props';
import { Section } from '../parts/section';

import { TotalsTable } from './totals-table';
import { Treemap } from './treemap';
import { cellText } from './words';

const NAMES: Readonly<Record<TreemapBy, string>> = {
  tag: 'Tags',
  extension: 'File name extensions',
  project: 'Projects',
};
const HINTS: Readonly<Record<TreemapBy, string>> = {
  tag: 'An asset with several tags stands under one: the largest, its folder (input, output, …) last.',
  extension: '',
  project: '',
};

/** What takes the room: kinds, and within them tags, extensions or projects; as a picture and as a table. */
export function TreemapSection({
  choices,
  measure,
  projects,
  children,
  ...props
}: IndexViewProps & {
  readonly choices: readonly TreemapBy[];
  readonly measure: Measure;
  readonly projects: readonly ProjectTotals[];
  /** Another choice, beside its own. */
  readonly children: ReactNode;
}) {
  const [chosen, setBy] = useState<TreemapBy | null>(null);
  const by = choices.find((choice) => choice === chosen) ?? choices[0] ?? 'extension';
  const treemap = useQuery(libraryQueries.call(props.index, 'treemap', { by, measure }));
  const names = new Map(projects.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
  return (
    <Section
      title="What takes the room"
      hint={`${HINTS[by]} In the picture, arrow keys go from area to area.`.trim()}
    >
      <div className="flex flex-wrap gap-2">
        {children}
        <Labelled label="Kinds divided by">
          <Select
            className="w-44"
            value={by}
            onChange={({ target }) => setBy(choices.find((choice) => choice === target.value) ?? null)}
          >
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {NAMES[choice]}
              </option>
            ))}
          </Select>
        </Labelled>
      </div>
      <Answer query={treemap}>
        {(answer) => (
          // In the terms of the answer: it may still be that to the question before.
          <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <Treemap {...answer} projectNames={names} links={props} />
            <TotalsTable
              caption="Areas of the treemap"
              head="Kind and part"
              links={props}
              rows={largestFirst(answer).map((cell) => ({
                ...cell,
                key: keyOf(cell),
                label: `${KIND_LABELS[cell.kind]}, ${cellText(cell, answer.by, names)}`,
              }))}
            />
          </div>
        )}
      </Answer>
    </Section>
  );
}

const keyOf = ({ kind, others, value }: TreemapCell): string => `${kind} ${others} ${value ?? ''}`;

const largestFirst = ({ cells, measure }: TreemapAnswer): readonly TreemapCell[] =>
  cells.toSorted((a, b) => b[measure] - a[measure] || b.count - a.count);
