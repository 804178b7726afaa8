import { useQuery } from '@tanstack/react-query';

import { ROUGHY_STATES, STATE_LABELS } from '@/domain/asset';
import { shownName } from '@/lib/reveal';
import type { AssetProvider } from '@/providers/provider';
import { projectQueries } from '@/queries/project-queries';
import { Select } from '@/ui/field';

export function StateFilter({
  state,
  onChange,
}: {
  state: string | null;
  onChange: (state: string | null) => void;
}) {
  return (
    <Select
      aria-label="State"
      value={state ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    >
      <option value="">Any state</option>
      {ROUGHY_STATES.map((each) => (
        <option key={each} value={each}>
          {STATE_LABELS.get(each)}
        </option>
      ))}
    </Select>
  );
}

export function ProjectFilter({
  provider,
  project,
  onChange,
}: {
  provider: AssetProvider;
  project: string | null;
  onChange: (project: string | null) => void;
}) {
  const projects = useQuery(projectQueries.all(provider));
  const known = projects.data ?? [];
  const missing = project !== null && !known.some((each) => each.id === project);
  return (
    <Select
      aria-label="Project"
      value={project ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    >
      <option value="">{projects.isError ? 'Projects could not be read' : 'Any project'}</option>
      {missing && <option value={project}>Project {project.slice(-8)}</option>}
      {known.map((each) => (
        <option key={each.id} value={each.id}>
          {shownName(each.name)}
          {each.archived && ' (archived)'}
        </option>
      ))}
    </Select>
  );
}
