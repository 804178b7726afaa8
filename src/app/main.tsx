import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { loadConfig } from '@/connections/config';
import '@/styles/index.css';

import { App } from './app';
import { makeQueryClient } from './query-client';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <App client={makeQueryClient()} config={loadConfig(document.baseURI)} />
  </StrictMode>,
);
