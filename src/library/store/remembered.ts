import { asNumber, type Sql } from './sql';

const MOST = 50;

/** Keeps what was worked out until something is written: pages of one question need its total again and again. */
export function rememberer<T>(): (sql: Sql, key: string, work: () => T) => T {
  const memories = new WeakMap<Sql, { readonly changes: number; readonly answers: Map<string, T> }>();
  return (sql, key, work) => {
    const changes = asNumber(sql.value('SELECT total_changes()'));
    let memory = memories.get(sql);
    if (memory?.changes !== changes) {
      memory = { changes, answers: new Map() };
      memories.set(sql, memory);
    }
    const known = memory.answers.get(key);
    if (known !== undefined) return known;
    const answer = work();
    if (memory.answers.size >= MOST) memory.answers.clear();
    memory.answers.set(key, answer);
    return answer;
  };
}
