import type { KeptById } from '@/cleanup/kept-assets';
import type { SeenAsset } from '@/domain/plan';
import type { ViewQuery } from '@/domain/saved-view';
import type { Selection } from '@/domain/selection';
import type { LibraryIndex } from '@/library/library-index';
import type { AssetProvider } from '@/providers/provider';

export interface PlanOptions {
  /** Some of them were never on screen. */
  readonly unseen: boolean;
  /** They are duplicates: whatever has no other copy that stays is left out, always. */
  readonly copies?: boolean;
  /** The person confirmed the plan, and its job has begun. @param count assets on it */
  readonly onConfirmed?: (count: number) => void;
}

export interface TagOptions extends PlanOptions {
  /** Tags that are picked already when the dialog opens. */
  readonly picked?: readonly string[];
}

/** What every view of the index is given. A view ticks and asks; it never deletes anything itself. */
export interface IndexViewProps {
  readonly provider: AssetProvider;
  readonly index: LibraryIndex;
  /** What the table is asked now. */
  readonly query: ViewQuery;
  /** The one selection of this connection, over all views. */
  readonly selection: Selection;
  readonly marked: KeptById;
  readonly pinned: KeptById;
  /** Protected ones among them are not ticked, whatever is asked. */
  readonly onTick: (assets: readonly SeenAsset[], selected: boolean) => void;
  /** Opens the plan, which leaves out what must be kept. */
  readonly onDelete: (assets: readonly SeenAsset[], options: PlanOptions) => void;
  /** Opens the dialog that removes tags; null where the provider has none. */
  readonly onRemoveTags: ((assets: readonly SeenAsset[], options: TagOptions) => void) | null;
  readonly onOpen: (id: string) => void;
  /** Of the link that opens an asset. */
  readonly hrefFor: (id: string) => string;
  /** Of the link to the table with these filters, and nothing else. */
  readonly hrefForFilters: (filters: Partial<ViewQuery>) => string;
  /** Goes there without loading the page anew. */
  readonly onFilter: (filters: Partial<ViewQuery>) => void;
}
