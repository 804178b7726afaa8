import type { Connection } from '@/domain/connection';

import type { Diagnosis } from './diagnosis';

/** A diagnosis in words. */
export function explainDiagnosis(
  diagnosis: Diagnosis,
  connection: Connection,
  pageUrl: string,
): {
  ok: boolean;
  title: string;
  fix: readonly string[];
  facts: readonly { label: string; value: string }[];
} {
  const { facts } = diagnosis;
  if (diagnosis.verdict === 'works') return { ok: true, title: `${connection.label} works`, fix: [], facts };
  return {
    ok: false,
    title: diagnosis.why.title,
    fix: [diagnosis.why.hint, `This page is \`${new URL(pageUrl).origin}\`.`],
    facts,
  };
}
