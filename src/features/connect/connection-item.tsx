import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';

import type { ListedConnection } from '@/connections/arrange';
import { readKey } from '@/connections/keyring';
import { PROVIDER_NAMES } from '@/domain/connection';
import { Button, IconButton } from '@/ui/button';
import { ColourDot } from '@/ui/colour-dot';

import { FindingPanel } from './finding-panel';
import { KeyState } from './key-state';
import { useConnectionTest } from './use-connection-test';

/** What can be done with one connection of the list. */
export interface ConnectionActions {
  readonly onOpen: () => void;
  readonly onForgetKey: () => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
  readonly onHide: (hidden: boolean) => void;
  readonly onMove: (step: -1 | 1) => void;
  readonly canMove: (step: -1 | 1) => boolean;
}

/** One connection: what it is, where its key is, and everything that can be done with it. */
export function ConnectionItem({
  listed: { connection, origin, hidden },
  isCurrent,
  isDouble,
  pageUrl,
  ...actions
}: {
  listed: ListedConnection;
  isCurrent: boolean;
  /** Another has the same label. */
  isDouble: boolean;
  pageUrl: string;
} & ConnectionActions) {
  const { label, kind, baseUrl, colour } = connection;
  const test = useConnectionTest(pageUrl);
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-80 flex-col gap-1">
          <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
            {colour !== undefined && <ColourDot colour={colour} />}
            <h3 tabIndex={-1} className="min-w-0 font-semibold outline-none wrap-anywhere">
              <bdi>{label}</bdi>
            </h3>
            {isCurrent && <Badge>Open now</Badge>}
            {origin === 'site' && <Badge>Given by this site</Badge>}
            {origin === 'demo' && <Badge>Made-up library</Badge>}
            {hidden && <Badge>Hidden</Badge>}
          </div>
          <p className="text-muted wrap-anywhere">
            {PROVIDER_NAMES[kind]} · <span className="font-mono text-xs">{baseUrl}</span>
            <KeyState connection={connection} onForget={actions.onForgetKey} />
          </p>
          {isDouble && <p className="text-caution">Another connection has the same label.</p>}
        </div>
        <div className="flex flex-wrap items-center gap-1">
          {!hidden && (
            <Button size="small" aria-label={`Open ${label}`} onClick={actions.onOpen}>
              Open
            </Button>
          )}
          {origin !== 'demo' && (
            <Button
              size="small"
              aria-label={test.running ? `Cancel the test of ${label}` : `Test ${label}`}
              onClick={() =>
                test.running ? test.cancel() : test.start(connection, () => readKey(connection.id))
              }
            >
              {test.running ? 'Cancel the test' : 'Test'}
            </Button>
          )}
          {origin === 'own' ? (
            <>
              <Button size="small" aria-label={`Edit ${label}`} onClick={actions.onEdit}>
                Edit
              </Button>
              <Button
                size="small"
                look="quiet-danger"
                aria-label={`Remove ${label}…`}
                onClick={actions.onRemove}
              >
                Remove…
              </Button>
            </>
          ) : (
            <Button
              size="small"
              aria-label={`${hidden ? 'Show' : 'Hide'} ${label}`}
              onClick={() => actions.onHide(!hidden)}
            >
              {hidden ? 'Show' : 'Hide'}
            </Button>
          )}
          <MoveButton label={`Move up ${label}`} step={-1} {...actions}>
            <ArrowUp aria-hidden className="size-4" />
          </MoveButton>
          <MoveButton label={`Move down ${label}`} step={1} {...actions}>
            <ArrowDown aria-hidden className="size-4" />
          </MoveButton>
        </div>
      </div>
      <FindingPanel test={test} />
    </>
  );
}

/** Never `disabled`: at the end of the list it would lose the focus. */
function MoveButton({
  label,
  step,
  canMove,
  onMove,
  children,
}: { label: string; step: -1 | 1; children: ReactNode } & Pick<ConnectionActions, 'canMove' | 'onMove'>) {
  return (
    <IconButton
      label={label}
      className="size-7"
      aria-disabled={!canMove(step)}
      onClick={({ currentTarget }) => {
        onMove(step);
        // The browser takes the focus from what changes its place in the document.
        currentTarget.focus();
      }}
    >
      {children}
    </IconButton>
  );
}

const Badge = ({ children }: { children: string }) => (
  <span className="rounded-full bg-sunken px-2 text-xs text-muted">{children}</span>
);
