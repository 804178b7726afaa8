// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { URL, fileURLToPath } from 'node:url';

/** Debian's packages, unpacked here and not installed: an installed web server would start by itself. */
const folder = fileURLToPath(new URL('../../node_modules/.cache/winnow-servers/', import.meta.url));

const PACKAGES = ['nginx', 'nginx-common', 'caddy', 'libnginx-mod-http-brotli-static'];
const BROTLI = 'ngx_http_brotli_static_module.so';

/**
 * @param {'nginx' | 'caddy'} name
 * @returns {string | null} path of the executable
 */
export function findServer(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/sbin', '/usr/local/sbin');
  const unpacked = ['usr/sbin', 'usr/bin'].map((place) => join(folder, place));
  const version = name === 'nginx' ? '-v' : 'version';
  const starts = (/** @type {string} */ path) =>
    existsSync(path) && spawnSync(path, [version], { timeout: 30_000 }).status === 0;
  return [...folders, ...unpacked].map((place) => join(place, name)).find(starts) ?? null;
}

/**
 * The module with which this nginx serves brotli.
 * @param {string} nginx
 * @returns {string | null}
 */
export function findBrotliModule(nginx) {
  const places = ['/usr/lib/nginx/modules', join(folder, 'usr/lib/nginx/modules')];
  const module = places.map((place) => join(place, BROTLI)).find((path) => existsSync(path));
  // A module serves the version it was built for, which is Debian's.
  const own = nginx.startsWith(folder) || nginx === '/usr/sbin/nginx';
  return own ? (module ?? null) : null;
}

/** Of whichever nginx it is. @returns {string | null} */
export function findMimeTypes() {
  const places = ['/etc/nginx', '/usr/local/etc/nginx', '/opt/homebrew/etc/nginx', join(folder, 'etc/nginx')];
  return places.map((place) => join(place, 'mime.types')).find((path) => existsSync(path)) ?? null;
}

/** Gets what is missing from Debian. @returns {boolean} whether both are there now */
export function provideServers() {
  const isThere = () => findServer('nginx') !== null && findServer('caddy') !== null;
  if (isThere() || process.platform !== 'linux') return isThere();
  mkdirSync(folder, { recursive: true });
  const download = () => run('apt-get', ['download', ...PACKAGES]);
  // Its lists may be missing or old; only root can renew them.
  if (!download() && process.getuid?.() === 0 && run('apt-get', ['update'])) download();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
    run('dpkg-deb', ['--extract', file, '.']);
  }
  return isThere();
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  return spawnSync(command, args, { cwd: folder, stdio: 'inherit', timeout: 5 * 60_000 }).status === 0;
}
