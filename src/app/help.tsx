import { CircleHelp } from 'lucide-react';

import { Popover } from '@/ui/popover';

const KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓', 'Same control, previous or next row'],
  ['Page Up / Down, Home, End', 'Ten rows on, first or last row'],
  ['Enter on a name', 'Open the asset'],
  ['Shift + click a box', 'Select everything in between'],
  ['Esc', 'Close the asset, a dialog or a menu'],
];

/** What Winnow promises, and its keys. */
export function Help() {
  return (
    <Popover
      label="Help"
      buttonProps={{ look: 'quiet', size: 'icon', 'aria-label': 'Help', title: 'Help' }}
      trigger={<CircleHelp aria-hidden className="size-4" />}
      className="w-96"
    >
      <div className="flex flex-col gap-3">
        <section>
          <h2 className="font-semibold">What Winnow promises</h2>
          <ul className="mt-1 list-disc space-y-1 pl-5">
            <li>Only assets on a list that you saw and confirmed are deleted, and every outcome is shown.</li>
            <li>Sizes are “up to”: nobody can promise how many bytes a provider frees, or when.</li>
            <li>
              Your key goes to its provider and nowhere else. Reloading forgets it unless you keep it for the
              tab.
            </li>
          </ul>
        </section>
        <section>
          <h2 className="font-semibold">Keys</h2>
          <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            {KEYS.map(([key, what]) => (
              <div key={key} className="contents">
                <dt>
                  <kbd className="font-sans font-medium">{key}</kbd>
                </dt>
                <dd className="text-muted">{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Popover>
  );
}
