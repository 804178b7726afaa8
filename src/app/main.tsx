import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { loadConfig } from '@/connections/config';
import '@/styles/index.css';

import { App } from './app';
import { fetchAhead } from './fetch-ahead';
import { limitRequests } from './limit-requests';
import { makeQueryClient } from './query-client';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const client = makeQueryClient();
const page = createRoot(root);

// Waited for here and not with Suspense, which would hold the page back for 300 ms more.
void loadConfig(document.baseURI).then((site) => {
  limitRequests(site.connect ?? []);
  fetchAhead(client, site);
  page.render(
    <StrictMode>
      <App client={client} site={site} />
    </StrictMode>,
  );
});
