import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectSources } from '../lib/connect-sources.ts';

interface SiteConfig {
  /** Null without the file. */
  readonly text: string | null;
  /** Where else the page may send requests to. */
  readonly connect: readonly string[];
}

/** The site's config.json as it is now: people change it while the server runs. */
export function readSiteConfig(siteDir: string): SiteConfig {
  try {
    const text = readFileSync(join(siteDir, 'config.json'), 'utf8');
    return { text, connect: sourcesIn(text) };
  } catch {
    return { text: null, connect: [] };
  }
}

function sourcesIn(text: string): readonly string[] {
  try {
    return connectSources(JSON.parse(text));
  } catch {
    return []; // The page says what is wrong with it.
  }
}
