import { QueryClientProvider, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { NuqsAdapter } from 'nuqs/adapters/react';
import { Activity, Suspense, use, useState } from 'react';

import { useConnections } from '@/connections/arrange';
import type { SiteConfig } from '@/connections/config';
import { forgetKey, useHasKey } from '@/connections/keyring';
import { needsKey, type Connection } from '@/domain/connection';
import { ConnectionSwitcher } from '@/features/connect/connection-switcher';
import { KeyForm } from '@/features/connect/key-form';
import { preloadable } from '@/lib/preloadable';
import { useAssetSearch } from '@/search/use-asset-search';
import { Banner } from '@/ui/banner';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { announce, Toaster } from '@/ui/toaster';

import { currentConnection, rememberConnection } from './current-connection';
import { DemoBanner } from './demo-banner';
import { demoReady } from './demo';
import { ErrorBoundary } from './error-boundary';
import { Header } from './header';
import { LibraryScreen, type LibraryScreenProps } from './library-screen';
import { providerFor } from './provider-cache';
import { useKeptAssets } from './use-kept-assets';
import { useLocalData } from './use-local-data';
import { useConnectionChanges } from './use-connection-changes';
import { ViewNav } from './view-nav';

const JobsBar = preloadable(() => import('./jobs-bar'));
const JobsView = preloadable(() => import('./jobs-view'));
const ConnectionsView = preloadable(() => import('@/features/connect/connections-page'));

export function App({ client, site }: { client: QueryClient; site: SiteConfig }) {
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <div className="flex h-dvh flex-col overflow-hidden">
          <ErrorBoundary>
            <Shell site={site} />
          </ErrorBoundary>
        </div>
        <Toaster />
      </NuqsAdapter>
    </QueryClientProvider>
  );
}

function Shell({ site }: { site: SiteConfig }) {
  const connections = useConnections(site);
  const { shown, problems } = connections;
  const search = useAssetSearch();
  const client = useQueryClient();
  const current = currentConnection(shown, search.connectionId);
  const hasKey = useHasKey(current?.id ?? '');
  const keyIsMissing = current !== null && needsKey(current) && !hasKey;
  // With nothing to look at there is only the way to change that.
  const view = current === null && search.view !== 'jobs' ? 'connections' : search.view;
  const showsJobs = view === 'jobs';
  const showsLibrary = view === null || view === 'marked';
  /** Whether the form for a new connection is open. */
  const [adding, setAdding] = useState(false);
  /** Nothing may compete with the first page, where there is one. */
  const [settled, setSettled] = useState(false);
  const { local, load } = useLocalData(site, settled || keyIsMissing || showsJobs);
  const marks = useKeptAssets(local?.marks ?? null, current?.id ?? '');
  const expectReplacement = useConnectionChanges(connections, current, {
    onGone: (id) => {
      forgetAllOf(id);
      // Offline, or where nothing can be kept: then there are no jobs to pause.
      load().then(
        (loaded) => loaded.pauseJobsOf(id),
        () => undefined,
      );
    },
    onMissed: search.replaceConnection,
  });
  const unknown = current !== null && search.connectionId !== null && search.connectionId !== current.id;

  const hidden = connections.all.find(({ connection: { id } }) => id === search.connectionId);

  /** The key, and everything that was read with it. */
  function forgetAllOf(connectionId: string) {
    forgetKey(connectionId);
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[1] === connectionId });
  }

  function forget(connection: Connection) {
    forgetAllOf(connection.id);
    announce(`The key for ${connection.label} is forgotten`);
  }

  /** The form that asks for it stands in the place of the library. */
  function askForKey(connectionId: string) {
    forgetKey(connectionId);
    rememberConnection(connectionId);
    search.switchConnection(connectionId);
  }

  function open(connectionId: string) {
    rememberConnection(connectionId);
    search.switchConnection(connectionId);
  }

  function addConnection() {
    setAdding(true);
    search.goToView('connections');
  }

  return (
    <>
      <Header onForgetKey={hasKey && current !== null ? () => forget(current) : null}>
        {current !== null && <ConnectionSwitcher connections={shown} current={current} onSwitch={open} />}
      </Header>
      <ViewNav search={search} shown={view} marked={marks.size} />
      <Suspense>
        {local !== null && <JobsBar center={local.center} search={search} onNeedKey={askForKey} />}
      </Suspense>
      {problems.length > 0 && (
        <Banner tone="caution" role="status">
          {problems.join(' ')}
        </Banner>
      )}
      {unknown && (
        <Banner tone="caution" role="status">
          {hidden === undefined
            ? `This site has no connection called “${search.connectionId}”.`
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
            <JobsView local={local} search={search} connections={connections} onNeedKey={askForKey} />
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
            onForgetKey={forget}
            onNewKey={forgetAllOf}
            onReplaced={(before, after) => {
              expectReplacement(before, after);
              if (current?.id === before) rememberConnection(after);
            }}
          />
        </Suspense>
      )}
      {current === null ? null : keyIsMissing ? (
        showsLibrary && (
          <main className="min-h-0 flex-1 overflow-auto bg-surface">
            <KeyForm
              key={current.id}
              connection={current}
              refused={null}
              onSaved={() => undefined}
              onAddConnection={addConnection}
            />
          </main>
        )
      ) : (
        // Kept while the jobs or the connections are looked at, with all that is ticked. A boundary of its own for each connection: one that
        // is kept would keep the last library alive, unseen.
        <Activity key={current.id} mode={showsLibrary ? 'visible' : 'hidden'}>
          <Suspense fallback={<Preparing>Preparing the demo…</Preparing>}>
            <Library connection={current} local={local} loadLocal={load} onSettled={() => setSettled(true)} />
          </Suspense>
        </Activity>
      )}
    </>
  );
}

const Preparing = ({ children }: { children: string }) => (
  <p role="status" className="p-4 text-muted">
    {children}
  </p>
);

function Library({
  connection,
  ...local
}: { connection: Connection } & Pick<LibraryScreenProps, 'local' | 'loadLocal' | 'onSettled'>) {
  const search = useAssetSearch();
  if (connection.demo && !use(demoReady(connection))) return <DemoUnavailable />;
  return <LibraryScreen {...local} provider={providerFor(connection)} search={search} />;
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
