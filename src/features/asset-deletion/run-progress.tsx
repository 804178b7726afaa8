import type { Asset } from '@/domain/asset';
import { explainError } from '@/domain/explain-error';
import { formatNumber } from '@/lib/format';

import { failureReason } from './outcome';
import { isGone, type RunState } from './use-deletion-run';

/** How far it is; counts are what the provider confirmed. */
export function RunProgress({ state }: { state: RunState }) {
  const done = state.results.size;
  return (
    <div className="flex flex-col gap-2">
      <p id="run-progress">
        {formatNumber(done)} of {formatNumber(state.asked)} done
      </p>
      <progress
        aria-labelledby="run-progress"
        value={done}
        max={state.asked}
        className="h-2 w-full accent-accent"
      />
      {state.wait !== null && (
        <p role="status" className="text-caution">
          {explainError(state.wait.error).title}. Waiting until{' '}
          {new Date(state.wait.until).toLocaleTimeString()}.
        </p>
      )}
    </div>
  );
}

/** Which assets are still there, and why. */
export function Failures({ assets, state }: { assets: readonly Asset[]; state: RunState }) {
  const failed = assets.flatMap((asset) => {
    const result = state.results.get(asset.id);
    return result === undefined || isGone(result) ? [] : [{ asset, ...failureReason(result) }];
  });
  const stopped = state.stop?.cause === 'refused' ? explainError(state.stop.error) : null;
  return (
    <div className="flex flex-col gap-2">
      {stopped !== null && (
        <p>
          {stopped.title}. {stopped.hint}
        </p>
      )}
      <ul
        aria-label="Not deleted or unknown"
        tabIndex={0}
        className="max-h-64 divide-y divide-line overflow-y-auto rounded-md bg-sunken px-3"
      >
        {failed.map(({ asset, reason, details }) => (
          <li key={asset.id} className="py-1.5">
            <bdi className="block truncate font-medium" title={asset.name}>
              {asset.name}
            </bdi>
            <span className="wrap-anywhere text-danger">{reason}</span>
            {details !== null && <span className="block text-xs wrap-anywhere text-muted">{details}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
