import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';

import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';

interface Props {
  readonly children: ReactNode;
}

/** The last resort: the page says so instead of going blank, and nothing is retried behind one's back. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Notice
        role="alert"
        icon={<TriangleAlert />}
        title="Winnow ran into a fault of its own"
        actions={
          <>
            <Button look="primary" onClick={() => window.location.reload()}>
              Reload the page
            </Button>
            <Button onClick={() => window.location.assign(window.location.pathname)}>Start afresh</Button>
          </>
        }
      >
        Nothing is deleted without your confirmation; a deletion that was under way is stopped. Reloading
        keeps this view; starting afresh drops the filters from the address.
      </Notice>
    );
  }
}
