import { IndexBar, type IndexBarProps } from './index-bar';

/** The bar above the table, whose own label says how old the index is: only while there is more to say than that. */
export function IndexNews(props: IndexBarProps) {
  const { state, walk, paused, walkError, rebuilt, notKept } = props.view;
  const isQuiet = state === 'ready' && walk === null && !paused && walkError === null;
  // Without an index, or with one that cannot be used, the table's place says so.
  if (state === 'none' || state === 'failed' || (isQuiet && rebuilt === null && notKept === null))
    return null;
  return <IndexBar {...props} />;
}
