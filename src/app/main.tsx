import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { loadConfig } from '@/connections/config';
import '@/styles/index.css';

import { App } from './app';
import { fetchAhead } from './fetch-ahead';
import { makeQueryClient } from './query-client';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const client = makeQueryClient();
const config = loadConfig(document.baseURI);
void config.then((site) => fetchAhead(client, site));

createRoot(root).render(
  <StrictMode>
    <App client={client} config={config} />
  </StrictMode>,
);
