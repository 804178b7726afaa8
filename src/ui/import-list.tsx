import type { ReactNode } from 'react';

import { shownText } from './shown-text';

/** Of a file that is imported: what was left out of it, and what happens to each of the rest. */
export function ImportList({
  fileName,
  note,
  problems,
  steps,
}: {
  fileName: string;
  /** What is sure, whatever is in it. */
  note: string;
  problems: readonly string[];
  steps: readonly {
    readonly key: string;
    readonly what: string;
    readonly name: string;
    readonly about: ReactNode;
  }[];
}) {
  return (
    <div className="flex flex-col gap-3">
      <p className="wrap-anywhere">
        From “<bdi>{shownText(fileName)}</bdi>”. {note}
      </p>
      {problems.length > 0 && (
        <ul
          aria-label="Left out"
          className="flex list-disc flex-col gap-1 rounded-md bg-caution-soft py-2 pr-3 pl-7 text-caution wrap-anywhere"
        >
          {problems.map((problem) => (
            <li key={problem}>{shownText(problem)}</li>
          ))}
        </ul>
      )}
      {steps.length > 0 && (
        <ul aria-label="What happens to each" className="flex flex-col divide-y divide-line">
          {steps.map(({ key, what, name, about }) => (
            <li key={key} className="flex gap-3 py-1.5">
              <span className="w-16 shrink-0 font-medium">{what}</span>
              <div className="min-w-0 text-muted wrap-anywhere">
                <bdi className="font-medium text-ink">{shownText(name)}</bdi>
                {about}
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
