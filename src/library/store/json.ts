import type { JsonValue } from '@/domain/asset';

/** JSON that this database wrote. */
export function parseJson(text: string): JsonValue {
  const value: unknown = JSON.parse(text);
  if (!isJson(value)) throw new TypeError('A column that should hold JSON does not.');
  return value;
}

/** All that `JSON.parse` can give is JSON. */
const isJson = (value: unknown): value is JsonValue => value !== undefined;

export const isJsonObject = (value: JsonValue | undefined): value is Readonly<Record<string, JsonValue>> =>
  typeof value === 'object' && value !== null && !isJsonList(value);

export const isJsonList = (value: JsonValue | undefined): value is readonly JsonValue[] =>
  Array.isArray(value);

/** The texts of a list that this database wrote. */
export function textsIn(json: string): readonly string[] {
  const list = parseJson(json);
  return isJsonList(list) ? list.filter((each) => typeof each === 'string') : [];
}
