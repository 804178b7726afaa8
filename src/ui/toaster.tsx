import clsx from 'clsx';
import { X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

import { Button, IconButton } from './button';

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action: ToastAction | null;
  readonly tone: 'outcome' | 'problem';
  /** Not taken away by time. */
  readonly stays: boolean;
}

const LIFETIME_MS = 8_000;
/** What is done sooner needs no words. */
const PATIENCE_MS = 400;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function update(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

const dismiss = (id: number) => update(toasts.filter((toast) => toast.id !== id));

function add(toast: Omit<Toast, 'id'>): number {
  lastId += 1;
  update([...toasts.slice(-2), { ...toast, id: lastId }]);
  return lastId;
}

/** Announces an outcome. Never the only place where it can be seen. */
export function announce(text: string, action: ToastAction | null = null): void {
  add({ text, action, tone: 'outcome', stays: false });
}

/** Says what went wrong; it stays until it is dismissed. */
export function announceProblem(text: string, action: ToastAction | null = null): void {
  add({ text, action, tone: 'problem', stays: true });
}

/** Says what a person waits for, if it takes a while and until it is over. @returns what `work` gives, or its error */
export async function announceWhile<T>(text: string, work: Promise<T>): Promise<T> {
  let takeAway: () => void = () => undefined;
  const timer = setTimeout(() => {
    const id = add({ text, action: null, tone: 'outcome', stays: true });
    takeAway = () => dismiss(id);
  }, PATIENCE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    takeAway();
  }
}

/** Removes every toast: what they speak of is gone, or a test begins. */
export const clearToasts = (): void => update([]);

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Outcomes, newest last. They stay while the pointer or the focus is on them. */
export function Toaster() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  const [held, setHeld] = useState(false);
  const cameFrom = useRef<EventTarget | null>(null);

  /** A toast goes away with its buttons; the focus must not. */
  function leave() {
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
  }

  return (
    <div
      className="pointer-events-none fixed inset-x-0 bottom-28 z-40 flex flex-col items-center gap-2 px-4"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={({ currentTarget, relatedTarget }) => {
        setHeld(true);
        if (!currentTarget.contains(relatedTarget)) cameFrom.current = relatedTarget;
      }}
      onBlur={() => setHeld(false)}
    >
      {/* Both regions are always there: one that arrives together with its text is often not read out. */}
      {(['outcome', 'problem'] as const).map((tone) => (
        <div
          key={tone}
          role={tone === 'outcome' ? 'status' : 'alert'}
          // Implied by the role, but what is written out is not hidden from screen readers by a dialog.
          aria-live={tone === 'outcome' ? 'polite' : 'assertive'}
          className="contents"
        >
          {shown
            .filter((toast) => toast.tone === tone)
            .map((toast) => (
              <ToastCard key={toast.id} toast={toast} held={held || toast.stays} onLeave={leave} />
            ))}
        </div>
      ))}
    </div>
  );
}

function ToastCard({ toast, held, onLeave }: { toast: Toast; held: boolean; onLeave: () => void }) {
  function close() {
    onLeave();
    dismiss(toast.id);
  }

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(toast.id), LIFETIME_MS);
    return () => clearTimeout(timer);
  }, [held, toast.id]);

  return (
    <div
      className={clsx(
        'pointer-events-auto flex max-w-full items-center gap-2 rounded-lg border bg-raised py-1.5 pr-1.5 pl-4 shadow-overlay sm:max-w-lg',
        toast.tone === 'problem' ? 'border-danger text-danger' : 'border-line',
      )}
    >
      <span className="line-clamp-3 min-w-0 wrap-anywhere">{toast.text}</span>
      {toast.action !== null && (
        <Button
          look="quiet"
          size="small"
          className="text-accent"
          onClick={() => {
            close();
            toast.action?.run();
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton label="Dismiss" size="small-icon" onClick={close}>
        <X className="size-3.5" />
      </IconButton>
    </div>
  );
}
