import type { Asset } from '@/domain/asset';
import type { AssetProvider } from '@/providers/provider';

/** What cells need beyond their row; the same object while rows come and go, so that no row is drawn for it. */
export interface TableContext {
  readonly provider: AssetProvider;
  readonly onOpen: (id: string) => void;
  readonly onDelete: (asset: Asset) => void;
  /** Marks for deletion, or takes the mark off. */
  readonly onMark: (asset: Asset) => void;
  /** Null where the provider has no tags to remove. */
  readonly onRemoveTag: ((asset: Asset, tag: string) => void) | null;
  /** Of the link that opens an asset. */
  readonly hrefFor: (id: string) => string;
}

/** What a person has said of a row's asset. */
export interface RowMarks {
  /** For deletion. */
  readonly marked: boolean;
  readonly pinned: boolean;
}
