import { describe, expect, it } from 'vitest';
import { readUpstreams } from './upstreams.ts';

const addresses = (env: Record<string, string>) =>
  Object.fromEntries([...readUpstreams(env)].map(([name, { url }]) => [name, url.href]));

describe('readUpstreams', () => {
  it('knows three upstreams at their usual addresses', () => {
    expect(addresses({ COMFYUI_URL: ' ' })).toEqual({
      'comfy-cloud': 'https://cloud.comfy.org/',
      comfyui: 'http://127.0.0.1:8188/',
      roughy: 'https://roughy-api-staging.fly.dev/',
    });
  });

  it('takes other addresses from the environment', () => {
    expect(addresses({ COMFYUI_URL: 'http://gpu.lan:8188/base' })).toMatchObject({
      comfyui: 'http://gpu.lan:8188/base',
    });
  });

  it.each([
    'gpu.lan:8188',
    'file:///etc',
    'http://me:password@gpu.lan',
    'http://gpu.lan/?password',
    'http://gpu.lan/#password',
  ])('refuses %s without repeating it', (value) => {
    const read = () => readUpstreams({ COMFYUI_URL: value });
    expect(read).toThrow(/^COMFYUI_URL must be/);
    expect(read).not.toThrow(/password/);
  });
});
