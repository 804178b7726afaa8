import type { Asset } from '@/domain/asset';
import type { AssetProvider } from '@/providers/provider';

export interface AssetDrawerProps {
  readonly provider: AssetProvider;
  readonly assetId: string;
  /** Neighbours in the list as shown; null at its ends. */
  readonly previousId: string | null;
  readonly nextId: string | null;
  readonly onStep: (id: string) => void;
  readonly onClose: () => void;
  /** Being deleted: dimmed, and nothing can be done to it. */
  readonly busy: boolean;
  readonly onDelete: (asset: Asset) => void;
  readonly marked: boolean;
  readonly pinned: boolean;
  readonly onMark: (asset: Asset, marked: boolean) => void;
  readonly onPin: (asset: Asset, pinned: boolean) => void;
  /** Null where the provider has no tags. */
  readonly onRemoveTags: ((asset: Asset, tags: readonly string[]) => void) | null;
  /** Link to the list filtered to a metadata match, for the job's siblings. */
  readonly hrefForMetadata: (key: string, value: string) => string;
  readonly onFilterMetadata: (key: string, value: string) => void;
}
