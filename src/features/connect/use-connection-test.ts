import { useEffect, useRef, useState } from 'react';

import type { Connection } from '@/domain/connection';
import { explainError } from '@/domain/explain-error';
import { diagnose } from '@/providers/diagnose/diagnose';
import { explainDiagnosis } from '@/providers/diagnose/explain-diagnosis';
import type { ReadKey } from '@/providers/provider';

export type TestFinding = ReturnType<typeof explainDiagnosis>;

export interface ConnectionTest {
  readonly running: boolean;
  /** What the last test found; null before there was one, and after it was called off. */
  readonly finding: TestFinding | null;
  readonly start: (connection: Connection, readKey: ReadKey) => void;
  /** Also takes away what was found: it no longer holds. */
  readonly cancel: () => void;
}

/** One test at a time; it ends with the component that asked for it. */
export function useConnectionTest(pageUrl: string): ConnectionTest {
  const [state, setState] = useState<{ running: boolean; finding: TestFinding | null }>(IDLE);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  async function run(connection: Connection, readKey: ReadKey) {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    setState({ running: true, finding: null });
    const finding = await diagnose(connection, readKey, { signal: controller.signal, pageUrl }).then(
      (diagnosis) => explainDiagnosis(diagnosis, connection, pageUrl),
      findingOf,
    );
    if (!controller.signal.aborted) setState({ running: false, finding });
  }

  return {
    ...state,
    start: (connection, readKey) => void run(connection, readKey),
    cancel: () => {
      current.current?.abort();
      setState(IDLE);
    },
  };
}

const IDLE = { running: false, finding: null };

/** A diagnosis that broke off by itself is told like any other error. */
function findingOf(error: unknown): TestFinding {
  const { title, hint } = explainError(error);
  return { ok: false, title, fix: [hint], facts: [] };
}
