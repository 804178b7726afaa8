import { CircleCheck, TriangleAlert } from 'lucide-react';
import { use } from 'react';

import type { Forgotten as Report } from '@/connections/forget-everything';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';

/** In the place of everything else: what was open could only write down again what is to be forgotten. */
export default function Forgotten({ report }: { report: Promise<Report> }) {
  const { wiped, left } = use(report);
  return (
    <main className="min-h-0 flex-1 overflow-auto bg-surface">
      <h1 className="sr-only">Winnow</h1>
      <Notice
        role="status"
        icon={left.length === 0 ? <CircleCheck /> : <TriangleAlert />}
        title={
          left.length === 0
            ? 'Winnow has forgotten everything it kept in this browser'
            : 'Winnow could not forget everything'
        }
        actions={
          // What had the focus is gone.
          <Button ref={(button) => button?.focus()} onClick={() => window.location.reload()}>
            Start again
          </Button>
        }
      >
        {wiped.length === 0 && <p>In this tab there was nothing left to forget.</p>}
        {wiped.length > 0 && <List title="Wiped:" items={wiped} />}
        {left.length > 0 && (
          <List
            title="Still there, because another tab holds it or the browser refused. Close all other tabs of Winnow, start again and repeat:"
            items={left}
          />
        )}
      </Notice>
    </main>
  );
}

const List = ({ title, items }: { title: string; items: readonly string[] }) => (
  <div className="mt-2 text-left">
    <p>{title}</p>
    <ul className="list-disc pl-5">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  </div>
);
