import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exchangeRaw, listen, startProxy } from './test-servers.ts';

/* What a hostile provider may answer, byte by byte. */

const KEY = 'sk_canary_5e7d0c42';
const REQUEST =
  'GET /proxy/comfy-cloud/api/assets?name_contains=looking-for HTTP/1.1\r\n' +
  `Host: 127.0.0.1\r\nX-API-Key: ${KEY}\r\nConnection: close\r\n\r\n`;

/** The proxy's reply to an upstream that answers with exactly these bytes, and ends unless told to hold on. */
async function replyTo(bytes: string | Buffer, { holds = false } = {}) {
  const lines: string[] = [];
  const open = new Set<net.Socket>();
  const upstream = net.createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
    socket.once('data', () => {
      if (holds) socket.write(bytes);
      else socket.end(bytes);
    });
  });
  const port = await startProxy(`http://127.0.0.1:${await listen(upstream)}`, {
    timeouts: { headersMs: 200, idleMs: 200 },
    log: (line) => lines.push(line),
  });
  const reply = await exchangeRaw(port, REQUEST);
  await expect.poll(() => open.size, { message: 'connections left open' }).toBe(0);
  const [head = '', body = ''] = reply.split(/\r\n\r\n([^]*)/, 2);
  return { status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]), head, body, log: lines.join('\n') };
}

const OK = 'HTTP/1.1 200 OK\r\n';

describe('a hostile answer', () => {
  it.each([
    ['that is no HTTP', 'SSH-2.0-OpenSSH\r\n'],
    ['with nothing in it', ''],
    ['with a line feed in a header', `${OK}ETag: "a"\nSet-Cookie: b=c\r\nContent-Length: 0\r\n\r\n`],
    ['with a carriage return in a header', `${OK}ETag: "a"\rSet-Cookie: b=c\r\nContent-Length: 0\r\n\r\n`],
    ['with NUL in a header', `${OK}ETag: "a\0b"\r\nContent-Length: 0\r\n\r\n`],
    ['with DEL in a header', `${OK}ETag: "a\x7Fb"\r\nContent-Length: 0\r\n\r\n`],
    ['with a folded header', `${OK}ETag: "a"\r\n Set-Cookie: b=c\r\nContent-Length: 0\r\n\r\n`],
    ['with headers of 64 KiB', `${OK}ETag: "${'x'.repeat(65_536)}"\r\nContent-Length: 0\r\n\r\n`],
    ['with two lengths', `${OK}Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}{}`],
    [
      'with length and chunks',
      `${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
    ],
    ['with a status below all', 'HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n'],
    ['with another protocol', 'HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n'],
  ])('%s becomes an error of the proxy', async (_what, bytes) => {
    const { status, head, body, log } = await replyTo(bytes);
    expect([status, body.length < 200]).toEqual([expect.toBeOneOf([502, 504]), true]);
    expect(head).not.toMatch(/set-cookie/i);
    expect(log).toMatch(/^GET \/proxy\/comfy-cloud\/api\/assets UPSTREAM_\w+(?: \(\w+\))?$/);
    expect(head + body + log).not.toMatch(/canary|looking-for/);
  });

  it('that never gets to its end is given up, headers or body', async () => {
    const informing = await replyTo('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100), { holds: true });
    expect(informing.status).toBe(504);
    const half = await replyTo(`${OK}Content-Length: 100\r\n\r\n{"assets":[`, { holds: true });
    expect(half.body.length).toBeLessThan(100);
  });

  it('that ends before its length does so for the browser as well', async () => {
    const { head, body } = await replyTo(`${OK}Content-Length: 100\r\n\r\n{}`);
    expect(head).toMatch(/content-length: 100/i);
    expect(body).toBe('{}');
  });

  it('that goes on after its length is cut there: nothing smuggles an answer in', async () => {
    const { body } = await replyTo(`${OK}Content-Length: 2\r\n\r\n{}${OK}Content-Length: 4\r\n\r\nEVIL`);
    expect(body).toBe('{}');
  });

  it('leaves cookies, policies and pages of its own behind', async () => {
    const { head } = await replyTo(
      `${OK}Content-Type: text/html\r\nSet-Cookie: a=b\r\nClear-Site-Data: "*"\r\nRefresh: 0;url=//evil.example\r\n` +
        'Content-Security-Policy: script-src *\r\nX-Content-Type-Options: sniff\r\nService-Worker-Allowed: /\r\n' +
        'SourceMap: //evil.example\r\nAccess-Control-Allow-Origin: *\r\nStrict-Transport-Security: max-age=9\r\n' +
        'Alt-Svc: h3=":443"\r\nLink: </x>; rel=preload\r\nLocation: //evil.example\r\nContent-Length: 2\r\n\r\n{}',
    );
    expect(head).toMatch(/content-security-policy: sandbox\r\n/i);
    expect(head).toMatch(/x-content-type-options: nosniff/i);
    expect(head).not.toMatch(
      /evil|cookie|clear-site|refresh|worker|sourcemap|access-control|strict|alt-svc|link|location/i,
    );
  });

  it('that is compressed passes as it is: a bomb does not go off here', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    const { head, body } = await replyTo(
      Buffer.concat([
        Buffer.from(`${OK}Content-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`),
        bomb,
      ]),
    );
    expect(head).toMatch(/content-encoding: gzip/i);
    expect(Buffer.from(body, 'latin1').equals(bomb)).toBe(true);
  });
});
