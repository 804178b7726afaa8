import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { connectSources } from './connect-sources';

describe('connectSources', () => {
  it('names the origins of connections elsewhere, and what the site adds', () => {
    const config = {
      connections: [
        { baseUrl: 'proxy/comfyui' },
        { baseUrl: '/' },
        { baseUrl: 'https://comfy.example.org/some/folder' },
        { baseUrl: 'https://comfy.example.org' },
        { baseUrl: 'http://192.168.1.20:8188' },
        { baseUrl: '//other.example.org' },
      ],
      connect: ['https://*.example.net', 'http://192.168.1.30:*'],
    };
    expect(connectSources(config)).toEqual([
      'http://192.168.1.20:8188',
      'http://192.168.1.30:*',
      'http://other.example.org',
      'https://*.example.net',
      'https://comfy.example.org',
    ]);
  });

  it.each([
    'https:',
    '*',
    "'self'",
    'https://*',
    'https://a.example https://b.example',
    'https://a.example; script-src *',
    'https://a.example/path',
    'ws://a.example',
    'https://a.example,',
    'data:',
    '',
    7,
    null,
  ])('leaves out %j, which is no origin', (source) => {
    expect(connectSources({ connect: [source] })).toEqual([]);
  });

  it('never gives anything that could end a directive, whatever the file holds', () => {
    const value = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.constantFrom('https://a.test;', "https://a.test 'self'"),
    );
    fc.assert(
      fc.property(fc.array(value), fc.array(value), (urls, connect) => {
        const sources = connectSources({ connections: urls.map((baseUrl) => ({ baseUrl })), connect });
        expect(sources.filter((source) => !/^https?:\/\/[\w.:*-]+$/.test(source))).toEqual([]);
      }),
    );
  });

  it.each([null, [], 'text', { connections: {}, connect: 'https://a.example' }, { connections: [null, 3] }])(
    'takes %j for a site without any',
    (config) => {
      expect(connectSources(config)).toEqual([]);
    },
  );
});
