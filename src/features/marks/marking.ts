import type { KeptAssets, KeptById } from '@/cleanup/kept-assets';
import type { SeenAsset } from '@/domain/plan';
import { protectionReason } from '@/domain/protection';
import { formatCount } from '@/lib/format';
import { isolate } from '@/lib/isolate';
import { announce, announceProblem } from '@/ui/toaster';

/** The ways to mark and to pin; each says what happened, once it is written down, or why it did not. */
export interface Marking {
  readonly mark: (assets: readonly SeenAsset[]) => Promise<void>;
  readonly unmark: (ids: Iterable<string>) => Promise<void>;
  readonly toggleMark: (asset: SeenAsset) => Promise<void>;
  readonly pin: (assets: readonly SeenAsset[]) => Promise<void>;
  readonly unpin: (ids: Iterable<string>) => Promise<void>;
}

const NOTHING: KeptById = new Map();

/** Marks and pins of one connection. It remembers nothing itself: make it anew whenever that is easier. */
export function createMarking(marks: KeptAssets, pins: KeptAssets, connectionId: string): Marking {
  const on = (list: KeptAssets) => list.view().all?.get(connectionId) ?? NOTHING;

  async function mark(assets: readonly SeenAsset[], since?: KeptById) {
    const free = assets.filter((asset) => asset.protection === null && !on(pins).has(asset.id));
    if (free.length === 0) {
      announceProblem(whyNot(assets));
      return;
    }
    if (!(await worked(marks.add(connectionId, free, since)))) return;
    const said = `${these(free)} marked for deletion. Nothing is deleted yet.`;
    announce(free.length === assets.length ? said : `${said} ${leftOut(assets.length - free.length)}`);
  }

  async function pin(assets: readonly SeenAsset[], since?: KeptById) {
    const unmarked = assets.map(({ id }) => id).filter((id) => on(marks).has(id));
    if (!(await worked(pins.add(connectionId, assets, since)))) return;
    // What must stay cannot be on the list of what may go.
    if (!(await worked(marks.remove(connectionId, unmarked)))) return;
    const said = `${these(assets)} pinned: Winnow will not delete ${assets.length === 1 ? 'it' : 'them'}.`;
    announce(unmarked.length === 0 ? said : `${said} Marks for deletion are taken off.`);
  }

  async function takeOff(list: KeptAssets, ids: Iterable<string>, done: string, undo: typeof mark) {
    const before = on(list);
    const assets = Array.from(ids, (id) => before.get(id)?.asset).filter((asset) => asset !== undefined);
    const going = assets.map(({ id }) => id);
    if (going.length === 0 || !(await worked(list.remove(connectionId, going)))) return;
    announce(`${these(assets)} ${done}.`, { label: 'Undo', run: () => void undo(assets, before) });
  }

  const unmark = (ids: Iterable<string>) => takeOff(marks, ids, 'no longer marked for deletion', mark);

  return {
    mark: (assets) => mark(assets),
    unmark,
    toggleMark: (asset) => (on(marks).has(asset.id) ? unmark([asset.id]) : mark([asset])),
    pin: (assets) => pin(assets),
    unpin: (ids) => takeOff(pins, ids, 'no longer pinned', pin),
  };
}

/** False when it could not be written down, which is said. */
async function worked(writing: Promise<void>): Promise<boolean> {
  try {
    await writing;
    return true;
  } catch (error) {
    announceProblem(error instanceof Error ? error.message : 'This browser could not keep it.');
    return false;
  }
}

/** `fox.png is`, `12 assets are`. */
function these(assets: readonly SeenAsset[]): string {
  const [first] = assets;
  return assets.length === 1 && first !== undefined
    ? `${isolate(first.name)} is`
    : `${formatCount(assets.length, 'asset')} are`;
}

const leftOut = (count: number): string =>
  `${formatCount(count, 'asset')} ${count === 1 ? 'was' : 'were'} left out: protected or pinned.`;

function whyNot(assets: readonly SeenAsset[]): string {
  const [only] = assets;
  if (assets.length !== 1 || only === undefined) return 'None of these can be marked: protected or pinned.';
  const reason = protectionReason(only);
  return reason === null
    ? `${isolate(only.name)} is pinned by you: unpin it to mark it for deletion`
    : `${isolate(only.name)} cannot be marked for deletion. ${reason}`;
}
