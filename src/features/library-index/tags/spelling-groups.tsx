import type { TagUses } from '@/library/store/tag-uses';
import { formatCount } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import { Button } from '@/ui/button';
import { shownText } from '@/ui/shown-text';

import { TagRow, type Picking, type TagLinks } from './tag-row';

/** Tags that are probably meant to be one, group by group, the most used spelling first. */
export function SpellingGroups({
  groups,
  ...rest
}: TagLinks & Picking & { groups: readonly (readonly TagUses[])[] }) {
  return groups.map((group) => {
    const [first, ...others] = group;
    if (first === undefined) return null;
    const name = shownName(first.name);
    return (
      <section key={first.name} aria-label={`Spellings of ${name}`} className="mb-4">
        <header className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-canvas px-4 py-1.5 max-md:px-2">
          <h3 className="min-w-0 font-semibold wrap-anywhere">
            <bdi>{shownText(first.name)}</bdi>
          </h3>
          <p className="text-muted">{formatCount(group.length, 'spelling')}</p>
          {rest.onPick !== null && (
            <Button
              size="small"
              className="ml-auto"
              aria-label={`Pick all spellings of ${name} but the most used`}
              onClick={() =>
                rest.onPick?.(
                  others.map((each) => each.name),
                  true,
                )
              }
            >
              Pick all but the most used
            </Button>
          )}
        </header>
        <table aria-label={`Spellings of ${name}`} className="w-full">
          <thead className="sr-only">
            <tr>
              {rest.onPick !== null && <th scope="col">Pick</th>}
              <th scope="col">Tag</th>
              <th scope="col">Assets</th>
              <th scope="col" className="max-sm:hidden">
                Size
              </th>
              <th scope="col">Last used</th>
            </tr>
          </thead>
          <tbody>
            {group.map((tag) => (
              <TagRow key={tag.name} tag={tag} {...rest} />
            ))}
          </tbody>
        </table>
      </section>
    );
  });
}
