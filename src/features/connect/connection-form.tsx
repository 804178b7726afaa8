import { Suspense, useId, useRef, useState, type SyntheticEvent } from 'react';

import { freeLabel, goesElsewhere, type ConnectionDraft } from '@/connections/edit-own';
import { keyProblem } from '@/connections/key-problem';
import { readKey, useKeyPlace } from '@/connections/keyring';
import { useIsRemembered } from '@/connections/remembered';
import {
  needsKey,
  PROVIDER_KINDS,
  PROVIDER_NAMES,
  type Connection,
  type ProviderKind,
} from '@/domain/connection';
import { Button } from '@/ui/button';
import { Labelled, Select } from '@/ui/field';
import { preloadable } from '@/ui/preloadable';

import { addressProblem, labelProblem, resolvedAddress } from './check-draft';
import { ColourChoice } from './colour-choice';
import { ConnectionKey } from './connection-key';
import { FindingPanel } from './finding-panel';
import { FormText } from './form-text';
import type { PlaceToKeep } from './key-places';
import { useConnectionTest } from './use-connection-test';

const RememberForm = preloadable(() => import('./remember-form'));

const NOWHERE = { id: '', baseUrl: '' };

const ADDRESSES: Readonly<Record<ProviderKind, { readonly usual: string; readonly hint: string }>> = {
  'comfy-cloud': {
    usual: 'proxy/comfy-cloud',
    hint: 'Browsers cannot reach Comfy Cloud directly: requests go through the proxy of this site, at proxy/comfy-cloud.',
  },
  comfyui: {
    usual: 'http://127.0.0.1:8188',
    hint: 'By default http://127.0.0.1:8188. Start ComfyUI with --enable-assets and, when it runs elsewhere than this site, with --enable-cors-header.',
  },
  roughy: {
    usual: 'proxy/roughy',
    hint: 'Browsers cannot reach Roughy directly: requests go through the proxy of this site, at proxy/roughy.',
  },
};

/** What was entered, ready to be kept. A key is for the keyring alone. */
export interface EnteredConnection extends ConnectionDraft {
  /** Where the place is the device, it is remembered there by now. */
  readonly key: { readonly value: string; readonly place: PlaceToKeep } | null;
}

const usualLabel = (kind: ProviderKind, taken: readonly string[]) => freeLabel(PROVIDER_NAMES[kind], taken);

/** Makes or changes a connection of the person's own. */
export function ConnectionForm({
  title,
  before,
  taken,
  pageUrl,
  onSave,
  onCancel,
}: {
  title: string;
  /** As it is now; null for a new one. */
  before: Connection | null;
  /** Labels of the others. */
  taken: readonly string[];
  pageUrl: string;
  onSave: (entered: EnteredConnection) => void;
  onCancel: () => void;
}) {
  const titleId = useId();
  const form = useRef<HTMLFormElement>(null);
  const keyField = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<ProviderKind>(before?.kind ?? 'comfyui');
  const [label, setLabel] = useState(() => before?.label ?? usualLabel(kind, taken));
  const [address, setAddress] = useState(before?.baseUrl ?? ADDRESSES[kind].usual);
  const [colour, setColour] = useState(before?.colour);
  const [key, setKey] = useState('');
  const [malformed, setMalformed] = useState<string | null>(null);
  /** Null for where the key is that it replaces. */
  const [chosenPlace, setChosenPlace] = useState<PlaceToKeep | null>(null);
  /** Entered, and to be remembered once the passphrase is there. */
  const [waiting, setWaiting] = useState<EnteredConnection | null>(null);
  /** Nothing is called wrong before somebody tried to use it. */
  const [checked, setChecked] = useState(false);
  const test = useConnectionTest(pageUrl);

  const problems = { label: labelProblem(label, taken), address: addressProblem(address, pageUrl) };
  const baseUrl = resolvedAddress(address, pageUrl);
  const asksForKey = needsKey({ kind, demo: false });
  const moves = before !== null && baseUrl !== null && goesElsewhere(before, { kind, baseUrl });
  const isRemembered = useIsRemembered(before ?? NOWHERE) === 'yes' && !moves;
  const keyPlace = useKeyPlace(before?.id ?? '');
  const place = chosenPlace ?? (isRemembered ? 'device' : keyPlace === 'tab' && !moves ? 'tab' : 'memory');

  function chooseKind(next: ProviderKind) {
    // What the person wrote stays; what was only suggested follows the provider.
    if (label === usualLabel(kind, taken)) setLabel(usualLabel(next, taken));
    if (address === ADDRESSES[kind].usual) setAddress(ADDRESSES[next].usual);
    setKind(next);
    test.cancel();
  }

  /** What was entered; null when something of it is wrong, which is then said, and has the focus. */
  function read(): EnteredConnection | null {
    const typed = asksForKey ? key.trim() : '';
    const wrongKey = keyProblem(typed);
    setChecked(true);
    setMalformed(wrongKey);
    if (problems.label !== null) focusField('label');
    else if (problems.address !== null) focusField('address');
    else if (wrongKey !== null) keyField.current?.focus();
    if (problems.label !== null || wrongKey !== null || baseUrl === null) return null;
    return {
      ...{ kind, label: label.trim(), baseUrl },
      ...(colour !== undefined && { colour }),
      key:
        typed === '' ? null : { value: typed, place: place === 'device' && !isRemembered ? 'memory' : place },
    };
  }

  const focusField = (name: string) => form.current?.querySelector<HTMLElement>(`[name=${name}]`)?.focus();

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    const entered = read();
    if (entered === null) return;
    if (before !== null && entered.key?.place === 'device') void remember(before, entered, entered.key.value);
    else onSave(entered);
  }

  /** In the place of the key that this device remembers. Nothing is saved before it is. */
  async function remember(connection: Connection, entered: EnteredConnection, value: string) {
    try {
      const { vault } = await import('@/connections/vault/vault');
      if (vault.isUnlocked()) {
        await vault.remember(connection, value, null);
        onSave(entered);
        return;
      }
    } catch {
      // Locked or changed meanwhile, say: the passphrase is asked for, and then it is told what is wrong.
    }
    setWaiting(entered);
  }

  function startTest() {
    const entered = read();
    if (entered === null) return;
    const typed = entered.key?.value ?? null;
    // The key that is kept was for the address that it was given for, and goes to no other.
    const known = before === null || moves ? null : before.id;
    test.start({ ...entered, id: known ?? 'draft', demo: false }, () =>
      asksForKey ? (typed ?? (known === null ? null : readKey(known))) : null,
    );
  }

  if (before !== null && waiting?.key != null) {
    return (
      <Suspense>
        <RememberForm
          connection={before}
          enteredKey={waiting.key.value}
          confirmLabel="Remember and save"
          onDone={() => onSave(waiting)}
          onBack={() => setWaiting(null)}
        />
      </Suspense>
    );
  }

  return (
    <form ref={form} aria-labelledby={titleId} noValidate onSubmit={submit} className="flex flex-col gap-4">
      <h3 id={titleId} className="font-semibold wrap-anywhere">
        {title}
      </h3>
      <div className="grid gap-4 md:grid-cols-2">
        <Labelled label="Provider">
          <Select
            autoFocus
            value={kind}
            onChange={({ target }) => {
              const next = PROVIDER_KINDS.find((each) => each === target.value);
              if (next !== undefined) chooseKind(next);
            }}
          >
            {PROVIDER_KINDS.map((each) => (
              <option key={each} value={each}>
                {PROVIDER_NAMES[each]}
              </option>
            ))}
          </Select>
        </Labelled>
        <FormText
          name="label"
          label="Label"
          hint="Shown wherever the connection is."
          problem={checked ? problems.label : null}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
      </div>
      <FormText
        name="address"
        label="Base URL"
        inputMode="url"
        hint={ADDRESSES[kind].hint}
        problem={checked ? problems.address : null}
        value={address}
        onChange={(event) => {
          setAddress(event.target.value);
          test.cancel();
        }}
      />
      {baseUrl !== null && baseUrl !== address.trim() && (
        <p className="-mt-3 text-xs text-muted wrap-anywhere">
          Requests go to <span className="font-mono">{baseUrl}</span>.
        </p>
      )}
      {moves && (
        <p role="status" className="rounded-md bg-caution-soft px-3 py-2 text-caution">
          Another address counts as another connection: the key that is kept now is forgotten, and marks, pins
          and unfinished jobs of the old address do not go along.
        </p>
      )}
      {asksForKey ? (
        <ConnectionKey
          ref={keyField}
          kind={kind}
          isNew={before === null || moves}
          isRemembered={isRemembered}
          value={key}
          malformed={malformed}
          place={place}
          onChange={(value) => {
            setKey(value);
            test.cancel();
          }}
          onMalformed={setMalformed}
          onPlace={setChosenPlace}
        />
      ) : (
        <p className="text-muted">A ComfyUI of your own needs no key.</p>
      )}
      <ColourChoice value={colour} onChange={setColour} />
      <FindingPanel test={test} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary">
          {before === null ? 'Add' : 'Save'}
        </Button>
        <Button onClick={test.running ? test.cancel : startTest}>
          {test.running ? 'Cancel the test' : 'Test'}
        </Button>
        <Button look="quiet" className="ml-auto" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
