import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useRef, useState } from 'react';

import { KEEPER_RULES, type KeeperRule } from '@/domain/keeper-rules';
import { Button, IconButton } from '@/ui/button';
import { Labelled, Select, TextField } from '@/ui/field';

import { RULE_LABELS, ruleLabel } from './group-words';

const isType = (value: string): value is KeeperRule['type'] => KEEPER_RULES.some((type) => type === value);

/** Which copy is kept: the rules in their order, each of which decides among what those before it leave. */
export function RuleList({
  rules,
  onChange,
}: {
  rules: readonly KeeperRule[];
  onChange: (rules: readonly KeeperRule[]) => void;
}) {
  const list = useRef<HTMLFieldSetElement>(null);

  function move(from: number, to: number) {
    const next = [...rules];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
  }

  function remove(at: number) {
    onChange(rules.filter((_, index) => index !== at));
    // The button goes with its rule.
    list.current?.querySelector<HTMLElement>('select')?.focus();
  }

  return (
    <fieldset ref={list} className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-xs font-medium text-muted">Keep the copy that is, in this order</legend>
      <ol className="flex flex-wrap gap-1.5">
        {rules.map((rule, at) => (
          <li
            key={JSON.stringify(rule)}
            className="flex max-w-full items-center gap-0.5 rounded-md border border-line bg-canvas pl-2"
          >
            <span className="min-w-0 wrap-anywhere">
              {at + 1}. {ruleLabel(rule)}
            </span>
            <IconButton
              size="small-icon"
              label={`Move up: ${ruleLabel(rule)}`}
              aria-disabled={at === 0}
              onClick={() => at > 0 && move(at, at - 1)}
            >
              <ArrowUp aria-hidden className="size-3.5" />
            </IconButton>
            <IconButton
              size="small-icon"
              label={`Move down: ${ruleLabel(rule)}`}
              aria-disabled={at === rules.length - 1}
              onClick={() => at < rules.length - 1 && move(at, at + 1)}
            >
              <ArrowDown aria-hidden className="size-3.5" />
            </IconButton>
            <IconButton size="small-icon" label={`Remove: ${ruleLabel(rule)}`} onClick={() => remove(at)}>
              <X aria-hidden className="size-3.5" />
            </IconButton>
          </li>
        ))}
      </ol>
      <AddRule rules={rules} onAdd={(rule) => onChange([...rules, rule])} />
    </fieldset>
  );
}

function AddRule({ rules, onAdd }: { rules: readonly KeeperRule[]; onAdd: (rule: KeeperRule) => void }) {
  const free = KEEPER_RULES.filter((type) => type === 'tagged' || rules.every((rule) => rule.type !== type));
  const [picked, setPicked] = useState<KeeperRule['type']>('tagged');
  const [tag, setTag] = useState('');
  const type = free.includes(picked) ? picked : 'tagged';
  const known = rules.some((rule) => rule.type === 'tagged' && rule.tag === tag.trim());
  const incomplete = type === 'tagged' && (tag.trim() === '' || known);

  function add() {
    if (incomplete) return;
    onAdd(type === 'tagged' ? { type, tag: tag.trim() } : { type });
    setTag('');
  }

  return (
    <div className="flex flex-wrap items-end gap-2">
      <Labelled label="Another rule">
        <Select
          className="w-40 max-sm:w-32"
          value={type}
          onChange={({ target }) => isType(target.value) && setPicked(target.value)}
        >
          {free.map((each) => (
            <option key={each} value={each}>
              {RULE_LABELS[each]}
            </option>
          ))}
        </Select>
      </Labelled>
      {type === 'tagged' && (
        <Labelled label="Tag of the copy to keep">
          <TextField
            className="w-44 max-sm:w-28"
            value={tag}
            onChange={({ target }) => setTag(target.value)}
            onKeyDown={({ key }) => key === 'Enter' && add()}
          />
        </Labelled>
      )}
      <Button aria-disabled={incomplete} onClick={add}>
        Add rule
      </Button>
    </div>
  );
}
