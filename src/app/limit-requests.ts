import { LOOPBACK_SOURCES } from '@/lib/connect-sources';

/**
 * From here on the page can send requests to its own site, to this machine and to these sources only, whoever asks it
 * to. Policies add up: none that is already in force is loosened, and this one cannot be taken back.
 */
export function limitRequests(sources: readonly string[]): void {
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = `connect-src 'self' ${[...LOOPBACK_SOURCES, ...sources].join(' ')}`;
  document.head.append(meta);
}
