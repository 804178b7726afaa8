import { existsSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { allowedHosts, setting } from './environment.ts';
import { createServer } from './server.ts';
import { readUpstreams } from './upstreams.ts';

// Built to build/serve.js, beside dist/.
const siteDir = fileURLToPath(new URL('../dist/', import.meta.url));

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function start(): void {
  const { env } = process;
  const host = setting(env, 'HOST', '127.0.0.1');
  const port = Number(setting(env, 'PORT', '4173'));
  if (!Number.isInteger(port) || port < 0 || port > 65_535) fail('PORT must be a number from 0 to 65535.');
  if (!existsSync(join(siteDir, 'index.html')))
    fail('dist/index.html is missing. Run "npm run build" first.');

  const server = createServer({
    siteDir,
    upstreams: readUpstreams(env),
    hosts: [host, ...allowedHosts(env)],
    log: (line) => console.error(line),
  });
  server.once('error', (error) => {
    const inUse = 'code' in error && error.code === 'EADDRINUSE';
    fail(
      inUse
        ? `Port ${port} on ${host} is in use. Stop what runs there, or choose another: PORT=4174 npm start`
        : `The server could not start: ${error.message}`,
    );
  });
  server.listen(port, host, () => {
    const address = server.address();
    const actual = typeof address === 'object' && address !== null ? address.port : port;
    console.log(`\n  Winnow is running at http://${isIPv6(host) ? `[${host}]` : host}:${actual}/\n`);
  });
  const stop = () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

try {
  start();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
