import { loadConfig } from '@/connections/config';
import '@/styles/index.css';

import { fetchAhead } from './fetch-ahead';
import { limitRequests } from './limit-requests';
import { makeQueryClient } from './query-client';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

/** Assets that are there by then are drawn at once; nobody sees a page without them first. */
const PATIENCE_MS = 100;

const client = makeQueryClient();

// Waited for here and not with Suspense, which would hold the page back for 300 ms more.
void loadConfig(document.baseURI).then(async (site) => {
  limitRequests(site.connect ?? []);
  // The first assets are on their way while what draws them, the larger part by far, still arrives and is run.
  const assets = fetchAhead(client, site);
  const { drawPage, preloadListTrouble } = await import('./page');
  // The network may be gone as soon as there is a list, and these are the words for that.
  void preloadListTrouble();
  await Promise.race([assets, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  drawPage(root, client, site);
});
