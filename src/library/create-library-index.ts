import type { AssetProvider } from '@/providers/provider';

import { deleteFiles } from './delete-files';
import { explainLibraryError } from './explain-library-error';
import { viewOf } from './index-view';
import { LibraryError } from './library-error';
import type { IndexView, LibraryIndex, WalkProgress } from './library-index';
import type { LibraryNews, LibraryStore } from './library-store';
import type { IndexStanding } from './store/walk-calls';
import type { WalkContext } from './walk/context';
import { createWalk, type OwnWalk } from './walk/run-walk';
import { WALK } from './walk/state';
import { build, sync } from './walk/sync';
import { openWalkTabs, type Told } from './walk/walk-tabs';

interface LibraryIndexOptions {
  readonly connectionId: string;
  /** Asked for each walk: a client goes with its key. */
  readonly provider: () => AssetProvider;
  /** A worker of its own each time. */
  readonly openStore: () => LibraryStore;
  /** Whether this browser has an index, so that none is made only by looking. */
  readonly existence: { readonly get: () => boolean; readonly set: (exists: boolean) => void };
}

/** Numbers change with every page; nobody reads them more often than this. */
const SHOW_MS = 250;

/** The index of one connection, for one page. Nothing is opened before there is an index, or somebody builds one. */
export function createLibraryIndex(options: LibraryIndexOptions): LibraryIndex {
  return new Index(options);
}

class Index implements LibraryIndex {
  readonly #options: LibraryIndexOptions;
  readonly #listeners = new Set<() => void>();
  readonly #tabs;
  #store: LibraryStore | null = null;
  #standing: IndexStanding | null = null;
  #notKept: string | null = null;
  #rebuilt: string | null = null;
  #error: LibraryError | null = null;
  #walkError: unknown = null;
  /** Of whichever tab. */
  #progress: WalkProgress | null = null;
  #own: OwnWalk | null = null;
  /** Whether the walk of this tab is not to go on later. */
  #cancelled = false;
  /** Ends the wait for the end of another tab's walk. */
  #watching: AbortController | null = null;
  #view: IndexView;
  #shown: ReturnType<typeof setTimeout> | null = null;
  #closed = false;

  constructor(options: LibraryIndexOptions) {
    this.#options = options;
    this.#tabs = openWalkTabs(options.connectionId, (told) => this.#hear(told));
    this.#view = this.#look();
    if (options.existence.get()) this.#open();
    this.#tabs.tell({ type: 'who' });
    this.#publish();
  }

  get connectionId(): string {
    return this.#options.connectionId;
  }

  get store(): LibraryStore {
    return this.#open();
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  view(): IndexView {
    return this.#view;
  }

  build(): Promise<void> {
    return this.#walk('scan', (context) => build(context, 'scan'));
  }

  sync(): Promise<void> {
    return this.#walk('sync', sync);
  }

  rescan(): Promise<void> {
    return this.#walk('sync', (context) => build(context, 'sync'));
  }

  pause(): void {
    if (this.#own === null) this.#tabs.tell({ type: 'pause' });
    else this.#own.stop();
  }

  cancel(): void {
    if (this.#own !== null) {
      this.#cancelled = true;
      this.#own.stop();
    } else if (this.#progress !== null) this.#tabs.tell({ type: 'cancel' });
    else void this.#dropWalk();
  }

  reopen(): void {
    if (this.#error === null || this.#closed) return;
    this.#store?.close();
    this.#store = null;
    this.#error = null;
    this.#walkError = null;
    this.#open();
    this.#publish();
  }

  async forget(): Promise<void> {
    this.#own?.stop();
    try {
      await this.#open().forget();
    } catch {
      // One that cannot be opened cannot delete itself.
      this.#store?.close();
      await deleteFiles(this.connectionId);
      this.#forgotten();
    }
  }

  async applyGone(ids: readonly string[]): Promise<void> {
    this.#own?.overlay.gone(ids);
    this.#tabs.tell({ type: 'gone', ids });
    if (this.#exists()) await this.#open().call('remove', { ids });
  }

  async applyTags(tags: ReadonlyMap<string, readonly string[]>): Promise<void> {
    this.#own?.overlay.retagged(tags);
    this.#tabs.tell({ type: 'tags', tags });
    if (this.#exists()) await this.#open().call('retag', { tags: Object.fromEntries(tags) });
  }

  close(): void {
    this.#closed = true;
    this.#own?.stop();
    this.#watching?.abort();
    this.#tabs.close();
    this.#store?.close();
    this.#listeners.clear();
    if (this.#shown !== null) clearTimeout(this.#shown);
  }

  #exists(): boolean {
    return this.#store !== null || this.#options.existence.get();
  }

  #open(): LibraryStore {
    if (this.#store !== null) return this.#store;
    if (this.#closed) throw new LibraryError('closed', 'The index was closed.');
    const store = this.#options.openStore();
    this.#store = store;
    this.#standing = null;
    store.subscribe((news) => this.#hearStore(store, news));
    void this.#refresh();
    return store;
  }

  #hearStore(store: LibraryStore, news: LibraryNews): void {
    if (store !== this.#store) return;
    switch (news.type) {
      case 'standing':
        this.#notKept = news.notKept;
        this.#rebuilt = news.rebuilt ?? this.#rebuilt;
        this.#publish();
        return;
      case 'changed':
        this.#showSoon();
        return;
      case 'forgotten':
        this.#forgotten();
        return;
      case 'failed':
        this.#error = news.error;
        this.#own?.stop();
        this.#publish();
    }
  }

  #forgotten(): void {
    this.#own?.stop();
    this.#store = null;
    this.#standing = null;
    this.#rebuilt = null;
    this.#error = null;
    this.#walkError = null;
    this.#options.existence.set(false);
    this.#publish();
  }

  #hear(told: Told): void {
    switch (told.type) {
      case 'progress':
        // Built by another tab, maybe since this one looked.
        this.#options.existence.set(true);
        this.#open();
        this.#progress = told.progress;
        this.#walkError = null;
        this.#watch();
        this.#publish();
        return;
      case 'ended':
        this.#walkError = told.failed === null ? null : new LibraryError('internal', told.failed);
        this.#overElsewhere();
        return;
      case 'pause':
        this.#own?.stop();
        return;
      case 'cancel':
        if (this.#own !== null) this.cancel();
        return;
      case 'who':
        if (this.#own !== null && this.#progress !== null)
          this.#tabs.tell({ type: 'progress', progress: this.#progress });
        return;
      case 'gone':
        this.#own?.overlay.gone(told.ids);
        return;
      case 'tags':
        this.#own?.overlay.retagged(told.tags);
    }
  }

  /** The tab that walks may be closed without a word. */
  #watch(): void {
    if (this.#watching !== null) return;
    const watching = new AbortController();
    this.#watching = watching;
    this.#tabs.whenOver(watching.signal).then(
      () => this.#overElsewhere(),
      () => undefined,
    );
  }

  #overElsewhere(): void {
    this.#watching?.abort();
    this.#watching = null;
    if (this.#own !== null || this.#closed) return;
    this.#progress = null;
    if (this.#store === null) this.#publish();
    else void this.#refresh();
  }

  async #walk(
    purpose: WalkProgress['purpose'],
    work: (context: WalkContext) => Promise<void>,
  ): Promise<void> {
    if (this.#own !== null || this.#closed) return;
    const own = createWalk(purpose, work);
    this.#own = own;
    this.#cancelled = false;
    this.#walkError = null;
    const wasThere = await this.#tabs.walk(async () => {
      this.#options.existence.set(true);
      this.#walkError = await own.run({
        provider: this.#options.provider(),
        call: (...asked) => this.#open().call(...asked),
        onProgress: (progress) => {
          if (this.#own !== own) return;
          this.#progress = progress;
          this.#tabs.tell({ type: 'progress', progress });
          this.#publish();
        },
      });
      if (this.#cancelled) await this.#dropWalk();
    });
    this.#own = null;
    if (!wasThere) {
      this.#tabs.tell({ type: 'who' });
      return;
    }
    this.#progress = null;
    // Another tab, which looked before anything was written, may have taken it for none.
    if (this.#store !== null) this.#options.existence.set(true);
    this.#tabs.tell({
      type: 'ended',
      failed: this.#walkError === null ? null : wordsOf(this.#walkError),
    });
    await this.#refresh();
  }

  async #dropWalk(): Promise<void> {
    try {
      await this.#store?.call('note', { notes: { [WALK]: null } });
    } catch {
      // The database is gone: then there is no walk either.
    }
  }

  #showSoon(): void {
    this.#shown ??= setTimeout(() => {
      this.#shown = null;
      void this.#refresh();
    }, SHOW_MS);
  }

  async #refresh(): Promise<void> {
    const store = this.#store;
    if (store === null) {
      this.#publish();
      return;
    }
    try {
      const standing = await store.call('standing', undefined);
      if (store !== this.#store) return;
      this.#standing = standing;
      this.#error = null;
      // One in memory went with its tab.
      if (this.#own === null && this.#look().state === 'none') this.#options.existence.set(false);
    } catch (error) {
      if (store !== this.#store || this.#closed) return;
      this.#error = error instanceof LibraryError ? error : new LibraryError('internal', wordsOf(error));
    }
    this.#publish();
  }

  #look(): IndexView {
    return viewOf({
      isOpen: this.#store !== null,
      standing: this.#standing,
      progress: this.#progress,
      walkError: this.#walkError,
      notKept: this.#notKept,
      rebuilt: this.#rebuilt,
      error: this.#error,
    });
  }

  #publish(): void {
    this.#view = this.#look();
    for (const listener of this.#listeners) listener();
  }
}

/** An error cannot be sent to other tabs as it is. */
function wordsOf(error: unknown): string {
  const { title, hint } = explainLibraryError(error);
  return `${title}. ${hint}`;
}
