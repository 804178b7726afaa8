import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import type { ReactElement, ReactNode } from 'react';

export interface RenderedWithClient extends RenderResult {
  readonly client: QueryClient;
  readonly user: UserEvent;
}

/** A cache that asks once and reports failure at once. */
export const testQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });

/** Renders with a query client of its own, and a user to act on it. */
export function renderWithClient(ui: ReactElement, client = testQueryClient()): RenderedWithClient {
  const user = userEvent.setup();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return { ...render(ui, { wrapper }), client, user };
}
