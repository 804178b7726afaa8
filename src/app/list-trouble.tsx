import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import { explainError } from '@/domain/explain-error';
import { formatCount, formatRelative } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { useSecondsUntil } from '@/lib/use-seconds-until';
import { nextTryAfter, type NextTry } from '@/queries/next-try';
import { Banner } from '@/ui/banner';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';

import type { ListQuery } from './use-last-failure';

export interface ListTroubleProps {
  readonly list: ListQuery;
  /** Null while a first request that failed waits for its next try. */
  readonly error: Error | null;
  /** Whether the list is shown below nevertheless. */
  readonly above: boolean;
}

/** What is wrong with a list, in its place or above it. Loaded when there is something wrong. */
export default function ListTrouble({ list, error, above }: ListTroubleProps) {
  if (error === null) return <Waiting list={list} />;
  return above ? <RefreshFailed list={list} error={error} /> : <ListError list={list} error={error} />;
}

/** In place of a list that could not be read. It stays as it is while the list is asked for again. */
function ListError({ list, error }: { list: ListQuery; error: Error }) {
  const { title, hint, details } = explainError(error);
  return (
    <div className="min-h-0 flex-1 overflow-auto bg-surface">
      <Notice
        role="alert"
        icon={<CircleAlert />}
        title={title}
        actions={<RetryButton list={list} look="primary" />}
      >
        <p>{hint}</p>
        {details !== null && <p className="mt-2 text-xs">{details}</p>}
        {/* Always there: nothing moves when it has something to say. Not read aloud: the alert would be, whole. */}
        <p aria-live="off" className="mt-2 min-h-5 text-xs">
          <NextTryIn list={list} />
        </p>
      </Notice>
    </div>
  );
}

/** While a failed first request waits for its next try: why, so that nobody takes the pause for a fault. */
function Waiting({ list }: { list: ListQuery }) {
  return (
    <Banner tone="caution" role="status">
      {explainError(list.failureReason).title}. <NextTryIn list={list} />
    </Banner>
  );
}

/** Above a list that could not be renewed. */
function RefreshFailed({ list, error }: { list: ListQuery; error: Error }) {
  const now = useNow();
  const seen = formatRelative(new Date(list.dataUpdatedAt).toISOString(), now);
  return (
    <Banner tone="caution" role="status" actions={<RetryButton list={list} size="small" />}>
      {explainError(error).title}. {/* Changes every few seconds, which is not worth reading aloud. */}
      <span aria-live="off">
        This is the list as it was {seen}. <NextTryIn list={list} />
      </span>
    </Banner>
  );
}

/** As wide when it says that it tries, and not read aloud: a list may try by itself every few seconds. */
function RetryButton({ list, ...look }: { list: ListQuery; look?: 'primary'; size?: 'small' }) {
  return (
    <span aria-live="off">
      <Button
        {...look}
        className="min-w-24"
        aria-disabled={list.isFetching}
        onClick={() => {
          if (!list.isFetching) void list.refetch();
        }}
      >
        {list.isFetching ? 'Trying…' : 'Try again'}
      </Button>
    </span>
  );
}

/** When a failed request is sent again, as long as one waits for that. */
function NextTryIn({ list: { isFetching, failureReason } }: { list: ListQuery }): ReactNode {
  if (!isFetching || failureReason === null) return null;
  const next = nextTryAfter(failureReason);
  return next === null ? 'Trying again by itself…' : <Countdown next={next} />;
}

/** Read aloud once, not every second. */
function Countdown({ next: { at, waitMs } }: { next: NextTry }) {
  const seconds = useSecondsUntil(at);
  return (
    <>
      <span className="sr-only">Trying again in {formatCount(Math.ceil(waitMs / 1000), 'second')}.</span>
      <span aria-hidden>
        {seconds === 0 ? (
          'Trying again…'
        ) : (
          <>
            Trying again in{' '}
            <span className="inline-block min-w-[2ch] text-right tabular-nums">{seconds}</span> s
          </>
        )}
      </span>
    </>
  );
}
