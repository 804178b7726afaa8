import type { Connection } from '@/domain/connection';
import { ColourDot } from '@/ui/colour-dot';
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
      {nameAmong(connections, connection)}
    </option>
  );
  return (
    <div className="flex w-48 min-w-0 items-center gap-2 max-md:w-auto max-md:flex-1">
      {current.colour !== undefined && <ColourDot colour={current.colour} />}
      <Select aria-label="Connection" value={current.id} onChange={(event) => onSwitch(event.target.value)}>
        {own.map(option)}
        {demos.length > 0 && <optgroup label="Made-up libraries">{demos.map(option)}</optgroup>}
      </Select>
    </div>
  );
}

/** Two of the same label are told apart by their hosts. */
function nameAmong(connections: readonly Connection[], { id, label, baseUrl }: Connection): string {
  const alone = connections.every((other) => other.id === id || other.label !== label);
  return alone ? label : `${label} (${new URL(baseUrl).host})`;
}
