import { KEEPER_RULES, type KeeperRule } from '@/domain/keeper-rules';
import { useStored } from '@/lib/use-stored';

const FIRST_RULES: readonly KeeperRule[] = [{ type: 'pinned' }, { type: 'most-tags' }, { type: 'oldest' }];

/** Which copy is kept, in the person's order, remembered on this device. */
export function useKeeperRules(): [readonly KeeperRule[], (rules: readonly KeeperRule[]) => void] {
  const [stored, store] = useStored('winnow.keeper-rules', JSON.stringify(FIRST_RULES));
  return [parseRules(stored) ?? FIRST_RULES, (rules) => store(JSON.stringify(rules))];
}

/** Groups that the person called no duplicates, by key. */
export function useHiddenGroups(connectionId: string) {
  const [stored, store] = useStored(`winnow.no-duplicates.${connectionId}`, '[]');
  const hidden = parseTexts(stored);
  return {
    hidden,
    hide: (key: string) => store(JSON.stringify([...new Set([...hidden, key])].slice(-MOST_HIDDEN))),
    show: (key: string) => store(JSON.stringify(hidden.filter((each) => each !== key))),
  };
}

const MOST_HIDDEN = 5_000;

/** Null for what this version of Winnow cannot have written. */
function parseRules(text: string): readonly KeeperRule[] | null {
  const read = parse(text);
  if (!Array.isArray(read)) return null;
  const rules = read.map(toRule);
  return rules.every((rule) => rule !== null) ? rules : null;
}

function toRule(value: unknown): KeeperRule | null {
  if (typeof value !== 'object' || value === null || !('type' in value)) return null;
  const type = KEEPER_RULES.find((each) => each === value.type);
  if (type === undefined) return null;
  if (type !== 'tagged') return { type };
  return 'tag' in value && typeof value.tag === 'string' ? { type, tag: value.tag } : null;
}

function parseTexts(text: string): readonly string[] {
  const read = parse(text);
  return Array.isArray(read) ? read.filter((each) => typeof each === 'string') : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
