import 'fake-indexeddb/auto';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { onTestFinished } from 'vitest';

import type { AssetProvider } from '@/providers/provider';

import { LibraryScreen } from './library-screen';
import { openLocalData, type LocalData } from './local-data';
import type { OpenLibrary } from './use-index';

const NEVER_OPENED: OpenLibrary = () => new Promise(() => undefined);

/** One connection's screen with the jobs, marks and pins of this browser, which are closed when the test is over. */
export function ScreenForTest({
  provider,
  openLibrary = NEVER_OPENED,
  onOpened,
}: {
  provider: AssetProvider;
  openLibrary?: OpenLibrary;
  onOpened?: (local: LocalData) => void;
}) {
  const client = useQueryClient();
  const [local] = useState(() => {
    const opened = openLocalData(client, { connections: [provider.connection], demo: false, problems: [] });
    onTestFinished(() => {
      opened.center.close();
      opened.marks.close();
      opened.pins.close();
    });
    onOpened?.(opened);
    return opened;
  });
  return (
    <LibraryScreen
      {...{ provider, local, openLibrary }}
      loadLocal={() => Promise.resolve(local)}
      onSettled={() => undefined}
    />
  );
}
