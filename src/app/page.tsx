import type { QueryClient } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import type { SiteConfig } from '@/connections/config';

import { App } from './app';

export { preloadListTrouble } from './library-list';

/** Everything that draws: a file of its own, which is run only once what it will show is asked for. */
export function drawPage(root: HTMLElement, client: QueryClient, site: SiteConfig): void {
  createRoot(root).render(
    <StrictMode>
      <App client={client} site={site} />
    </StrictMode>,
  );
}
