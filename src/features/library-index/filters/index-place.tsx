import { CircleAlert, Database, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';

import type { AssetQuery } from '@/domain/asset-query';
import { PROVIDER_NAMES } from '@/domain/connection';
import { explainLibraryError } from '@/library/explain-library-error';
import type { IndexView, LibraryIndex } from '@/library/library-index';
import type { AssetProvider } from '@/providers/provider';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';

import { whatItNeeds } from './what-it-needs';

interface IndexPlaceProps {
  readonly provider: AssetProvider;
  readonly index: LibraryIndex;
  readonly view: IndexView;
  readonly query: AssetQuery;
  readonly where: string;
  /** Why the page could not be read; null when it could. */
  readonly error: Error | null;
  readonly onRetry: () => void;
  /** Goes back to what the provider answers itself. */
  readonly onLive: () => void;
}

/** In the place of a list that the index cannot give yet, or not at all. */
export function IndexPlace(props: IndexPlaceProps) {
  return <div className="min-h-0 flex-1 overflow-auto bg-surface">{noticeFor(props)}</div>;
}

function noticeFor({
  provider,
  index,
  view,
  query,
  where,
  error,
  onRetry,
  onLive,
}: IndexPlaceProps): ReactNode {
  const back = <Button onClick={onLive}>Back to the live list</Button>;
  const name = PROVIDER_NAMES[provider.connection.kind];
  const failure = view.state === 'failed' ? view.error : error;
  if (failure !== null) {
    const { title, hint, canRetry } = explainLibraryError(failure);
    return (
      <Notice
        role="alert"
        icon={<CircleAlert />}
        title={title}
        actions={
          <>
            {canRetry && (
              <Button look="primary" onClick={view.state === 'failed' ? () => index.reopen() : onRetry}>
                Try again
              </Button>
            )}
            {back}
          </>
        }
      >
        {hint}
      </Notice>
    );
  }
  if (view.state === 'none') {
    return (
      <Notice
        role="status"
        icon={<Database />}
        title="This needs the library index"
        actions={
          <>
            <Button look="primary" onClick={() => void index.build()}>
              Build the index
            </Button>
            {back}
          </>
        }
      >
        {name} cannot {whatItNeeds(provider, query, where)}. Winnow can, with a list of all your assets that
        it reads once and keeps in this browser. Nothing leaves it.
      </Notice>
    );
  }
  return (
    <Notice role="status" icon={<SearchX />} title="Nothing found so far" actions={back}>
      The index is still incomplete: more of your library has to be read first.
    </Notice>
  );
}
