import { useKeyPlace, type KeyPlace } from '@/connections/keyring';
import { needsKey, type Connection } from '@/domain/connection';
import { Button } from '@/ui/button';

const WORDS: Readonly<Record<KeyPlace, string>> = {
  nowhere: 'No key yet',
  memory: 'Key in memory',
  tab: 'Key kept for this tab',
};

/** Where the key of a connection is, and the way to have it forgotten. */
export function KeyState({ connection, onForget }: { connection: Connection; onForget: () => void }) {
  const place = useKeyPlace(connection.id);
  if (connection.demo) return null;
  if (!needsKey(connection)) return <span>No key needed</span>;
  return (
    <>
      <span>{WORDS[place]}</span>
      {place !== 'nowhere' && (
        <Button
          look="quiet"
          size="small"
          className="text-accent"
          aria-label={`Forget key of ${connection.label}`}
          onClick={onForget}
        >
          Forget key
        </Button>
      )}
    </>
  );
}
