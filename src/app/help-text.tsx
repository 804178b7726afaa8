import clsx from 'clsx';

const KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓', 'Same control, previous or next row'],
  ['Page Up / Down, Home, End', 'Ten rows on, first or last row'],
  ['Enter on a name', 'Open the asset'],
  ['Shift + click a box', 'Select everything in between'],
  ['m in a row', 'Mark for deletion, or take the mark off'],
  ['Esc', 'Close the asset, a dialog or a menu'],
];

const WORDS: readonly (readonly [string, string])[] = [
  ['Mark', 'Puts an asset aside under “Marked”. Nothing is deleted until you confirm it there.'],
  ['Pin', 'Your own protection: Winnow deletes nothing that is pinned. The provider does not know of it.'],
  [
    'Job',
    'A confirmed list being worked off. A large one waits some seconds, in which you can still cancel it, then goes on while you do other things. Pause, resume or cancel it at any time; “Jobs” keeps every report.',
  ],
];

/** What Winnow promises, its words, and its keys. */
export default function HelpText() {
  return (
    // Focusable, so that the keyboard can scroll it where it is longer than the window.
    <div tabIndex={0} className="flex flex-col gap-3 rounded-sm">
      <section>
        <h2 className="font-semibold">What Winnow promises</h2>
        <ul className="mt-1 list-disc space-y-1 pl-5">
          <li>Only assets on a list that you saw and confirmed are deleted, and every outcome is shown.</li>
          <li>Sizes are “up to”: nobody can promise how many bytes a provider frees, or when.</li>
          <li>
            Your key goes to its provider and nowhere else. Reloading forgets it unless you keep it for the
            tab, or have it remembered on this device, encrypted.
          </li>
        </ul>
      </section>
      <section>
        <h2 className="font-semibold">Marks, pins and jobs</h2>
        <p className="mt-1">
          These are kept in this browser only: clearing its data, or using another one, leaves them behind.
        </p>
        <Pairs pairs={WORDS} className="grid-cols-[auto_1fr]" />
      </section>
      <section>
        <h2 className="font-semibold">Keys</h2>
        <Pairs pairs={KEYS} className="grid-cols-[minmax(0,2fr)_minmax(0,3fr)]" />
      </section>
      <p>
        <a href="licences.txt" target="_blank" rel="noreferrer" className="text-accent underline">
          Licences of the software in Winnow
        </a>
      </p>
    </div>
  );
}

const Pairs = ({
  pairs,
  className,
}: {
  pairs: readonly (readonly [string, string])[];
  className: string;
}) => (
  <dl className={clsx('mt-1 grid gap-x-4 gap-y-1', className)}>
    {pairs.map(([word, meaning]) => (
      <div key={word} className="contents">
        <dt className="font-medium">{word}</dt>
        <dd className="text-muted">{meaning}</dd>
      </div>
    ))}
  </dl>
);
