import type { Connection } from '@/domain/connection';
import { Select } from '@/ui/field';

/** Which library is on screen. */
export function ConnectionSwitcher({
  connections,
  current,
  onSwitch,
}: {
  connections: readonly Connection[];
  current: Connection;
  onSwitch: (id: string) => void;
}) {
  const own = connections.filter((connection) => !connection.demo);
  const demos = connections.filter((connection) => connection.demo);
  const option = (connection: Connection) => (
    <option key={connection.id} value={connection.id}>
      {connection.label}
    </option>
  );
  return (
    <div className="w-48 min-w-0 max-md:w-auto max-md:flex-1">
      <Select aria-label="Connection" value={current.id} onChange={(event) => onSwitch(event.target.value)}>
        {own.map(option)}
        {demos.length > 0 && <optgroup label="Made-up libraries">{demos.map(option)}</optgroup>}
      </Select>
    </div>
  );
}
