import { Suspense, useRef, useState, type MouseEvent } from 'react';

import type { JobCenter } from '@/cleanup/job-center';
import type { Job, Live } from '@/domain/job';
import { Button } from '@/ui/button';
import { preloadable } from '@/ui/preloadable';

import { standingOf } from './standing';
import { steer } from './steer';

const StopDialog = preloadable(() => import('./stop-dialog'));

/** Start, pause, resume and cancel. Whatever the job does next, the same button stands in the same place. */
export function JobControls({
  center,
  job,
  live,
  onNeedKey,
  focusElsewhere,
}: {
  center: JobCenter;
  job: Job;
  live: Live | undefined;
  onNeedKey: (connectionId: string) => void;
  /** Where the focus goes when these buttons are gone with the job. */
  focusElsewhere: () => void;
}) {
  const cancel = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  const standing = standingOf(job, live);
  if (standing === 'over' || standing === 'verifying') return null;
  const refused = job.pause?.cause === 'refused';

  const go = {
    grace: { label: 'Start now', run: () => center.startNow(job.id) },
    running: { label: 'Pause', run: () => center.pause(job.id) },
    paused: { label: 'Resume', run: () => center.resume(job.id) },
    interrupted: { label: 'Resume', run: () => center.resume(job.id) },
  }[standing];

  function onGo({ detail }: MouseEvent) {
    // The second click of a double click would take back the first.
    if (detail <= 1) void steer(go.run());
  }

  function stop() {
    setAsking(false);
    void steer(center.cancel(job.id));
  }

  return (
    <>
      {refused && job.providerKind !== 'comfyui' && (
        <Button size="small" look="primary" onClick={() => onNeedKey(job.connectionId)}>
          Enter key
        </Button>
      )}
      <Button size="small" className="min-w-20" onClick={onGo}>
        {go.label}
      </Button>
      <Button
        ref={cancel}
        size="small"
        className="min-w-20"
        onPointerEnter={() => void StopDialog.preload()}
        onClick={() => {
          if (standing === 'grace') stop();
          else setAsking(true);
        }}
      >
        {standing === 'grace' ? 'Cancel' : 'Cancel…'}
      </Button>
      {asking && (
        <Suspense fallback={null}>
          <StopDialog
            job={job}
            onStop={stop}
            onClose={() => setAsking(false)}
            returnFocus={() => {
              if (cancel.current === null) focusElsewhere();
              else cancel.current.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
