import { useKeyPlace, type KeyPlace } from '@/connections/keyring';
import { useIsRemembered } from '@/connections/remembered';
import { needsKey, type Connection } from '@/domain/connection';
import { Button } from '@/ui/button';

const WORDS: Readonly<Record<KeyPlace, string>> = {
  nowhere: 'No key yet',
  memory: 'Key in memory',
  tab: 'Key kept for this tab',
  vault: 'Key remembered on this device, unlocked',
};

/** Where the key of a connection is, and the way to have it forgotten. */
export function KeyState({ connection, onForget }: { connection: Connection; onForget: () => void }) {
  const place = useKeyPlace(connection.id);
  const isRemembered = useIsRemembered(connection) === 'yes';
  if (connection.demo) return null;
  if (!needsKey(connection)) return ' · No key needed';
  return (
    <>
      {` · ${place === 'nowhere' && isRemembered ? 'Key remembered on this device, locked' : WORDS[place]}`}
      {(place !== 'nowhere' || isRemembered) && (
        <Button
          look="quiet"
          size="small"
          className="ml-1 h-5 px-1 text-accent"
          aria-label={`Forget key of ${connection.label}`}
          onClick={onForget}
        >
          Forget key
        </Button>
      )}
    </>
  );
}
