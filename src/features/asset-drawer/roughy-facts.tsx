import { TriangleAlert } from 'lucide-react';

import { STATE_LABELS, type RoughyDetails } from '@/domain/asset';
import { formatDuration } from '@/lib/format';
import { shownText } from '@/ui/shown-text';

import { Fact, FACTS, TextFact } from './fact';
import { Section } from './section';

/** Why Roughy could not use an upload, in its own words. */
export function RoughyError({ details: { errorCode, errorMessage } }: { details: RoughyDetails }) {
  if (errorCode === null && errorMessage === null) return null;
  return (
    <div className="flex items-start gap-2 border-b border-line bg-caution-soft px-4 py-2 text-caution">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <p className="min-w-0 wrap-anywhere">
        <bdi>{shownText(errorMessage ?? 'Roughy could not process this upload.')}</bdi>
        {errorCode !== null && (
          <span className="block text-xs">
            Error code <bdi>{shownText(errorCode)}</bdi>
          </span>
        )}
      </p>
    </div>
  );
}

export function RoughyFacts({ details }: { details: RoughyDetails }) {
  const { state, projectId, projectName, durationSeconds, language } = details;
  return (
    <Section title="At Roughy">
      <dl className={FACTS}>
        <Fact label="State">{STATE_LABELS.get(state) ?? <bdi>{shownText(state)}</bdi>}</Fact>
        <TextFact label="Project" text={projectName} />
        <TextFact label="Project ID" text={projectId} />
        <Fact label="Duration">{durationSeconds === null ? null : formatDuration(durationSeconds)}</Fact>
        <Fact label="Language">{language === null ? 'Detected automatically' : languageName(language)}</Fact>
      </dl>
    </Section>
  );
}

/** `English (en)`; the code alone where the browser has no name for it. */
function languageName(code: string): string {
  try {
    const name = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'none' }).of(code);
    return name === undefined ? code : `${name} (${code})`;
  } catch {
    return code; // not a language tag at all
  }
}
