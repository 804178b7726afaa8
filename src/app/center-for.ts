import type { JobCenter } from '@/cleanup/job-center';
import type { PlanOptions } from '@/features/library-index/parts/index-view-props';

/** The same center, which tells whoever asked for a plan once its job has begun. */
export const centerFor = (
  center: JobCenter,
  { onConfirmed }: { readonly onConfirmed?: PlanOptions['onConfirmed'] | undefined },
): JobCenter =>
  onConfirmed === undefined
    ? center
    : {
        ...center,
        async start(plan, options) {
          const id = await center.start(plan, options);
          onConfirmed(plan.items.length);
          return id;
        },
      };
