import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { NuqsAdapter } from 'nuqs/adapters/react';
import { Activity, Suspense, use, useCallback, useEffect, useMemo, useState } from 'react';

import { useConnections } from '@/connections/arrange';
import type { SiteConfig } from '@/connections/config';
import type { Forgotten as ForgottenReport } from '@/connections/forget-everything';
import { forgetKey, hasKey as holdsKey, useHasKey } from '@/connections/keyring';
import { setKnownConnections } from '@/connections/known-connections';
import { needsKey, type Connection } from '@/domain/connection';
import { ConnectionSwitcher } from '@/features/connect/connection-switcher';
import type { AssetProvider } from '@/providers/provider';
import { SearchProvider, usePlace } from '@/search/search-provider';
import { Banner } from '@/ui/banner';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { preloadable } from '@/ui/preloadable';
import { clearToasts, Toaster } from '@/ui/toaster';

import { currentConnection, rememberConnection } from './current-connection';
import { DemoBanner } from './demo-banner';
import { demoReady } from './demo';
import { ErrorBoundary } from './error-boundary';
import { forgetKeyAloud, forgetKeyOf } from './forget-key';
import { Header } from './header';
import { KeyControls } from './key-controls';
import { LibraryScreen, type LibraryScreenProps } from './library-screen';
import { providerFor } from './provider-cache';
import { useKeptAssets } from './use-kept-assets';
import { useKeyTabs } from './use-key-tabs';
import { useLeftDemo } from './use-left-demo';
import { useLocalData } from './use-local-data';
import { useConnectionChanges } from './use-connection-changes';
import { ViewNav } from './view-nav';

const KeyForm = preloadable(() => import('@/features/connect/key-form'));
const JobsBar = preloadable(() => import('./jobs-bar'));
const JobsView = preloadable(() => import('./jobs-view'));
const ConnectionsView = preloadable(() => import('./connections-view'));
const Forgotten = preloadable(() => import('./forgotten'));

export function App({ client, site }: { client: QueryClient; site: SiteConfig }) {
  const [forgotten, setForgotten] = useState<Promise<ForgottenReport> | null>(null);

  async function forgetEverything(afterwards: () => void) {
    const wipe = await import('@/connections/forget-everything');
    const report = await wipe.forgetEverything();
    afterwards();
    return report;
  }

  function forget(afterwards: () => void) {
    client.clear();
    clearToasts();
    window.history.replaceState(null, '', window.location.pathname);
    setForgotten(forgetEverything(afterwards));
  }

  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <SearchProvider>
          <div className="flex h-dvh flex-col overflow-hidden">
            <ErrorBoundary>
              {forgotten === null ? (
                <Shell site={site} onForgotten={forget} />
              ) : (
                <Suspense fallback={<Preparing>Forgetting…</Preparing>}>
                  <Forgotten report={forgotten} />
                </Suspense>
              )}
            </ErrorBoundary>
          </div>
          <Toaster />
        </SearchProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}

function Shell({ site, onForgotten }: { site: SiteConfig; onForgotten: (afterwards: () => void) => void }) {
  const connections = useConnections(site);
  const { all, shown, problems } = connections;
  const everyOne = useMemo(() => all.map(({ connection }) => connection), [all]);
  const place = usePlace();
  const current = currentConnection(shown, place.connectionId);
  const hasKey = useHasKey(current?.id ?? '');
  const keyIsMissing = current !== null && needsKey(current) && !hasKey;
  // With nothing to look at there is only the way to change that.
  const view = current === null && place.view !== 'jobs' ? 'connections' : place.view;
  const showsJobs = view === 'jobs';
  const showsLibrary = !showsJobs && view !== 'connections';
  /** Whether the form for a new connection is open. */
  const [adding, setAdding] = useState(false);
  /** Nothing may compete with the first page, where there is one. */
  const [settled, setSettled] = useState(false);
  const access = useLocalData(site, settled || keyIsMissing || showsJobs);
  const { local, load } = access;
  const { lock, forgetEverything } = useKeyTabs(access, onForgotten);
  /** Its remembered key was refused: that one is not to be unlocked once more. */
  const [refusedId, setRefusedId] = useState<string | null>(null);
  useEffect(() => setKnownConnections(everyOne), [everyOne]);
  const isBusy = useCallback(
    () => [...(local?.center.view().live.values() ?? [])].some(({ running }) => running),
    [local],
  );
  useLeftDemo(everyOne, current, local);
  const marks = useKeptAssets(local?.marks ?? null, current?.id ?? '');
  const expectReplacement = useConnectionChanges(connections, current, {
    onGone: (id) => {
      void forgetKeyOf(id);
      // Offline, or where nothing can be kept: then there are no jobs to pause, and no index to forget.
      load().then(
        (loaded) => loaded.leaveConnection(id),
        () => undefined,
      );
    },
    onMissed: place.replaceConnection,
  });
  const unknown = current !== null && place.connectionId !== null && place.connectionId !== current.id;

  const hidden = connections.all.find(({ connection: { id } }) => id === place.connectionId);

  /** The form that asks for it stands in the place of the library. */
  function askForKey(connectionId: string) {
    setRefusedId(holdsKey(connectionId) ? connectionId : null);
    forgetKey(connectionId);
    rememberConnection(connectionId);
    place.switchConnection(connectionId);
  }

  function open(connectionId: string) {
    rememberConnection(connectionId);
    place.switchConnection(connectionId);
  }

  function addConnection() {
    setAdding(true);
    place.goToView('connections');
  }

  return (
    <>
      <Header
        onForgetKey={hasKey && current !== null ? () => void forgetKeyAloud(current.id, current.label) : null}
        keyControls={<KeyControls isBusy={isBusy} onLock={lock} />}
      >
        {current !== null && <ConnectionSwitcher connections={shown} current={current} onSwitch={open} />}
      </Header>
      <div className="flex min-h-0 flex-1 max-wide:flex-col">
        <ViewNav place={place} shown={view} marked={marks.size} kind={current?.kind ?? null} />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <Suspense>
            {local !== null && <JobsBar center={local.center} place={place} onNeedKey={askForKey} />}
          </Suspense>
          {problems.length > 0 && (
            <Banner tone="caution" role="status">
              {problems.join(' ')}
            </Banner>
          )}
          {unknown && (
            <Banner tone="caution" role="status">
              {hidden === undefined
                ? `This site has no connection called “${place.connectionId}”.`
                : `${hidden.connection.label} is hidden: Connections shows it again.`}{' '}
              You are looking at {current.label}.
            </Banner>
          )}
          {current?.demo === true && showsLibrary && (
            <DemoBanner connections={site.connections} loadLocal={load} onAddConnection={addConnection} />
          )}
          {showsJobs && (
            <Suspense fallback={<Preparing>Reading the jobs…</Preparing>}>
              {local === null ? (
                <Preparing>Reading the jobs…</Preparing>
              ) : (
                <JobsView local={local} place={place} connections={connections} onNeedKey={askForKey} />
              )}
            </Suspense>
          )}
          {view === 'connections' && (
            <Suspense fallback={<Preparing>Reading the connections…</Preparing>}>
              <ConnectionsView
                connections={connections}
                currentId={current?.id ?? null}
                adding={adding}
                onAdding={setAdding}
                onOpen={open}
                onForgetKey={({ id, label }) => void forgetKeyAloud(id, label)}
                // At once: what the vault takes off later would take the new key along.
                onNewKey={forgetKey}
                onReplaced={(before, after) => {
                  expectReplacement(before, after);
                  if (current?.id === before) rememberConnection(after);
                }}
                onLock={lock}
                onForgetEverything={forgetEverything}
              />
            </Suspense>
          )}
          {current === null ? null : keyIsMissing ? (
            showsLibrary && (
              <main className="min-h-0 flex-1 overflow-auto bg-surface">
                <Suspense>
                  <KeyForm
                    key={current.id}
                    connection={current}
                    refused={null}
                    wantsKey={refusedId === current.id}
                    onSaved={() => setRefusedId(null)}
                    onAddConnection={addConnection}
                  />
                </Suspense>
              </main>
            )
          ) : (
            // Kept while the jobs or the connections are looked at, with all that is ticked. A boundary of its own for each connection: one that
            // is kept would keep the last library alive, unseen.
            <Activity key={current.id} mode={showsLibrary ? 'visible' : 'hidden'}>
              <Suspense fallback={<Preparing>Preparing the demo…</Preparing>}>
                <Library
                  connection={current}
                  local={local}
                  loadLocal={load}
                  onSettled={() => setSettled(true)}
                />
              </Suspense>
            </Activity>
          )}
        </div>
      </div>
    </>
  );
}

const Preparing = ({ children }: { children: string }) => (
  <p role="status" className="p-4 text-muted">
    {children}
  </p>
);

async function openLibrary(provider: AssetProvider) {
  const { showLibraryIndex } = await import('./library-indexes');
  return showLibraryIndex(provider);
}

function Library({
  connection,
  ...local
}: { connection: Connection } & Pick<LibraryScreenProps, 'local' | 'loadLocal' | 'onSettled'>) {
  if (connection.demo && !use(demoReady(connection))) return <DemoUnavailable />;
  return <LibraryScreen {...local} provider={providerFor(connection)} openLibrary={openLibrary} />;
}

function DemoUnavailable() {
  return (
    <main className="min-h-0 flex-1 overflow-auto bg-surface">
      <Notice
        role="alert"
        icon={<CircleAlert />}
        title="The demo cannot run here"
        actions={<Button onClick={() => window.location.reload()}>Reload the page</Button>}
      >
        It needs a service worker, which browsers allow only at https addresses and at localhost. Your own
        connections, at the top left, work without it.
      </Notice>
    </main>
  );
}
