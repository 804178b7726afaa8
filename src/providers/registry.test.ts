import { describe, expect, it } from 'vitest';
import { PROVIDER_KINDS } from '@/domain/connection';
import { canRemoveTags } from './provider';
import { createProvider } from './registry';

describe('createProvider', () => {
  it.each(PROVIDER_KINDS)('makes a client for %s that has what the provider has', (kind) => {
    const connection = { id: kind, kind, label: kind, baseUrl: 'http://h.test', demo: false };
    const provider = createProvider(connection, () => null);
    expect(provider.connection).toBe(connection);
    expect(canRemoveTags(provider)).toBe(kind !== 'roughy');
    expect(provider.listProjects !== undefined).toBe(kind === 'roughy');
    expect(provider.sortableBy.length > 0).toBe(kind !== 'roughy');
    expect(provider.maxPageSize).toBe(kind === 'roughy' ? 100 : 500);
    expect(provider.deletionNote).toMatch(/\.$/);
  });
});
