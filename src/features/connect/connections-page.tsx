import { Plus } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';

import type { Connections, ListedConnection } from '@/connections/arrange';
import * as edit from '@/connections/edit-own';
import { holdUnlockedKey, rememberKey } from '@/connections/keyring';
import { toConnection, type OwnConnections } from '@/connections/own-connections';
import type { Connection } from '@/domain/connection';
import { Button } from '@/ui/button';
import ConfirmDialog from '@/ui/confirm-dialog';
import { announce, announceProblem } from '@/ui/toaster';

import { ConnectionForm, type EnteredConnection } from './connection-form';
import { ConnectionItem } from './connection-item';
import { ConnectionsTransfer } from './connections-transfer';

export interface ConnectionsPageProps {
  readonly connections: Connections;
  readonly currentId: string | null;
  /** Whether the form for a new one is open. */
  readonly adding: boolean;
  readonly onAdding: (adding: boolean) => void;
  readonly onOpen: (connectionId: string) => void;
  readonly onForgetKey: (connection: Connection) => void;
  /** It gets another key: what was read with the last one may be another person's. */
  readonly onNewKey: (connectionId: string) => void;
  /** Its address changed, and its id with that. */
  readonly onReplaced: (before: string, after: string) => void;
  /** Below the list. */
  readonly children?: ReactNode;
}

const focusOnce = (heading: HTMLHeadingElement | null) => heading?.focus();

/** All connections: those of the site, the person's own, and the made-up ones. */
export default function ConnectionsPage({
  connections: { all },
  currentId,
  adding,
  onAdding,
  onOpen,
  onForgetKey,
  onNewKey,
  onReplaced,
  children,
}: ConnectionsPageProps) {
  const pageUrl = document.baseURI;
  const page = useRef<HTMLElement>(null);
  const [opensWithForm] = useState(adding);
  /** Where the focus goes once the dialog is gone. */
  const returnFocus = useRef<() => void>(() => undefined);
  const [editing, setEditing] = useState<string | null>(null);
  const [removing, setRemoving] = useState<Connection | null>(null);
  /** Where something went, for those who do not see it. */
  const [told, setTold] = useState('');

  function change(how: (kept: OwnConnections) => OwnConnections, also: () => void = () => undefined) {
    // At once, so that what follows finds the list as it is then.
    const kept = flushSync(() => {
      also();
      return edit.changeOwn(pageUrl, how);
    });
    if (!kept) {
      announceProblem('This browser keeps nothing for this page: the change is lost when the page closes.');
    }
  }

  const focusItem = (id: string) =>
    page.current?.querySelector<HTMLElement>(`[data-connection="${CSS.escape(id)}"] h3`)?.focus();
  const focusAdd = () => page.current?.querySelector<HTMLElement>('[data-add]')?.focus();

  const labelsBeside = (id: string | null) =>
    all.filter(({ connection }) => connection.id !== id).map(({ connection }) => connection.label);

  function add({ key, ...draft }: EnteredConnection) {
    const connection = toConnection({ ...draft, id: edit.newConnectionId() });
    if (key !== null) rememberKey(connection.id, key.value, key.place === 'tab');
    change(
      (kept) => edit.added(kept, connection),
      () => onAdding(false),
    );
    focusItem(connection.id);
    announce(`${connection.label} was added`, { label: 'Open', run: () => onOpen(connection.id) });
  }

  function save(before: Connection, { key, ...draft }: EnteredConnection) {
    const after = edit.edited(before, draft);
    if (key !== null) {
      onNewKey(after.id);
      if (key.place === 'device') holdUnlockedKey(after.id, key.value);
      else rememberKey(after.id, key.value, key.place === 'tab');
    }
    change(
      (kept) => edit.replaced(kept, before.id, after),
      () => {
        setEditing(null);
        if (after.id !== before.id) onReplaced(before.id, after.id);
      },
    );
    focusItem(after.id);
    announce(`${after.label} was saved`);
  }

  function remove(connection: Connection) {
    const at = all.findIndex((listed) => listed.connection.id === connection.id);
    const next = all[at + 1] ?? all[at - 1];
    let place = 0;
    change((kept) => {
      place = kept.own.findIndex(({ id }) => id === connection.id);
      return edit.removed(kept, connection.id);
    });
    returnFocus.current = () => (next === undefined ? focusAdd() : focusItem(next.connection.id));
    setRemoving(null);
    announce(`${connection.label} was removed`, {
      label: 'Undo',
      run: () => change((kept) => edit.added(kept, connection, place)),
    });
  }

  function move({ connection }: ListedConnection, step: -1 | 1) {
    const target = edit.stepTarget(all, connection.id, step);
    if (target === null) return;
    change((kept) => edit.moved(kept, all, connection.id, step));
    setTold(`${connection.label} is now ${target + 1} of ${all.length}`);
  }

  return (
    <main ref={page} className="min-h-0 flex-1 overflow-auto bg-surface">
      <div className="mx-auto flex max-w-5xl flex-col gap-6 p-4 max-md:px-2">
        <div className="flex flex-wrap items-center gap-2">
          <h2
            ref={opensWithForm ? null : focusOnce}
            tabIndex={-1}
            className="mr-auto text-lg font-semibold outline-none"
          >
            Connections
          </h2>
          <ConnectionsTransfer all={all} pageUrl={pageUrl} onChange={change} />
          <Button
            data-add
            look="primary"
            className="max-sm:w-full"
            aria-expanded={adding}
            onClick={() => onAdding(!adding)}
          >
            <Plus aria-hidden className="size-4" /> Add a connection
          </Button>
        </div>
        {adding && (
          <div className="rounded-lg border border-accent p-4 max-md:p-3">
            <ConnectionForm
              title="Add a connection"
              before={null}
              taken={labelsBeside(null)}
              pageUrl={pageUrl}
              onSave={add}
              onCancel={() => {
                onAdding(false);
                focusAdd();
              }}
            />
          </div>
        )}
        <ul aria-label="Connections" className="flex flex-col gap-2">
          {all.map((listed) => {
            const { connection } = listed;
            const { id, label } = connection;
            return (
              <li
                key={id}
                data-connection={id}
                aria-label={label}
                className="flex flex-col gap-3 rounded-lg border border-line p-3"
              >
                {editing === id ? (
                  <ConnectionForm
                    title={`Edit ${label}`}
                    before={connection}
                    taken={labelsBeside(id)}
                    pageUrl={pageUrl}
                    onSave={(entered) => save(connection, entered)}
                    onCancel={() => {
                      flushSync(() => setEditing(null));
                      focusItem(id);
                    }}
                  />
                ) : (
                  <ConnectionItem
                    listed={listed}
                    isCurrent={id === currentId}
                    isDouble={labelsBeside(id).some((other) => edit.sameLabel(other, label))}
                    pageUrl={pageUrl}
                    onOpen={() => onOpen(id)}
                    onForgetKey={() => {
                      onForgetKey(connection);
                      focusItem(id);
                    }}
                    onEdit={() => setEditing(id)}
                    onRemove={() => setRemoving(connection)}
                    onHide={(hidden) => {
                      change((kept) => edit.withHidden(kept, id, hidden));
                      setTold(`${label} is ${hidden ? 'hidden' : 'shown'}`);
                    }}
                    onMove={(step) => move(listed, step)}
                    canMove={(step) => edit.stepTarget(all, id, step) !== null}
                  />
                )}
              </li>
            );
          })}
        </ul>
        <p role="status" className="sr-only">
          {told}
        </p>
        {children}
      </div>
      {removing !== null && (
        <ConfirmDialog
          title={`Remove “${removing.label}”?`}
          confirmLabel="Remove"
          onConfirm={() => remove(removing)}
          onClose={() => {
            returnFocus.current = () => focusItem(removing.id);
            setRemoving(null);
          }}
          returnFocus={() => returnFocus.current()}
        >
          <div className="flex flex-col gap-2">
            <p>
              Only Winnow’s note of it goes, with its key. Nothing is deleted or changed at {removing.baseUrl}
              . A job under way there is paused.
            </p>
            <p>Marks and pins made there do not come along should you add it again later.</p>
          </div>
        </ConfirmDialog>
      )}
    </main>
  );
}
