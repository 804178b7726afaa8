import { useState } from 'react';

type Slots = ReadonlyMap<string, number>;

/**
 * React keys for a list that is often replaced as a whole: what is new takes the key, and so the element, of something
 * that left. Within one scope (a refresh of the same page) whoever stays keeps its element, and the focus with it;
 * in another scope (the next page) elements stay in their places and only their content changes, so nothing moves.
 * @returns a key for each id, unique within the list
 */
export function useSlots(ids: readonly string[], scope: unknown): Slots {
  const [state, setState] = useState(() => ({ ids, scope, slots: slotsInPlace(new Map(), ids) }));
  if (state.ids === ids) return state.slots;
  const slots = (state.scope === scope ? slotsByIdentity : slotsInPlace)(state.slots, ids);
  setState({ ids, scope, slots });
  return slots;
}

/** Whoever stays keeps its slot; what is new takes a free one, else a fresh one. */
export function slotsByIdentity(before: Slots, ids: readonly string[]): Slots {
  const staying = new Set(ids.map((id) => before.get(id)));
  const free = [...before.values()].filter((slot) => !staying.has(slot));
  const fresh = freshSlots(before);
  return new Map(ids.map((id) => [id, before.get(id) ?? free.shift() ?? fresh()]));
}

/** Each place keeps its slot, whoever stands there. */
export function slotsInPlace(before: Slots, ids: readonly string[]): Slots {
  const places = [...before.values()];
  const fresh = freshSlots(before);
  return new Map(ids.map((id, place) => [id, places[place] ?? fresh()]));
}

function freshSlots(before: Slots): () => number {
  let next = Math.max(-1, ...before.values()) + 1;
  return () => next++;
}
