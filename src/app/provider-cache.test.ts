import { afterEach, expect, it } from 'vitest';

import { forgetKey, rememberKey } from '@/connections/keyring';
import { roughyAsset, roughyProject } from '@/demo/roughy-builders';
import { roughyHandlers } from '@/demo/roughy-handlers';
import { createRoughyLibrary } from '@/demo/roughy-library';
import { DEFAULT_QUERY } from '@/domain/asset-query';
import { comfyConnection, pretendNetwork, ROUGHY_URL } from '@/testing/pretend-network';

import { providerFor } from './provider-cache';

const network = pretendNetwork();
const roughy = comfyConnection({ id: 'roughy', kind: 'roughy', baseUrl: ROUGHY_URL });
const cloud = comfyConnection();

afterEach(() => forgetKey(roughy.id));

it('keeps one client for each connection', () => {
  expect(providerFor(roughy)).toBe(providerFor(roughy));
  expect(providerFor(roughy)).not.toBe(providerFor(cloud));
  expect(providerFor({ ...cloud, baseUrl: 'http://other.test' }).connection.baseUrl).toBe(
    'http://other.test',
  );
});

it('forgets with a key what was read with it, at that connection only', async () => {
  const project = roughyProject({ name: 'Secret film' });
  const library = createRoughyLibrary({
    projects: [project],
    assets: [roughyAsset({ project_id: project.id })],
  });
  network.use(...roughyHandlers({ baseUrl: ROUGHY_URL, library, apiKey: 'sk_first' }));
  const other = providerFor(cloud);
  const readOnce = async () => {
    await providerFor(roughy).listAssets(DEFAULT_QUERY);
    return network.requests('GET /v1/projects').length;
  };
  rememberKey(roughy.id, 'sk_first', false);
  expect(await readOnce()).toBe(2);
  expect(await readOnce()).toBe(2);
  forgetKey(roughy.id);
  rememberKey(roughy.id, 'sk_first', false);
  expect(await readOnce()).toBe(4);
  expect(providerFor(cloud)).toBe(other);
});
