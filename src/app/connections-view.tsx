import ConnectionsPage, { type ConnectionsPageProps } from '@/features/connect/connections-page';
import { KeysOnDevice, type KeysOnDeviceProps } from '@/features/connect/keys-on-device';

/** All connections, and below them what this device remembers of their keys. */
export default function ConnectionsView({
  onLock,
  onForgetEverything,
  ...page
}: Omit<ConnectionsPageProps, 'children'> & Pick<KeysOnDeviceProps, 'onLock' | 'onForgetEverything'>) {
  return (
    <ConnectionsPage {...page}>
      <div className="border-t border-line pt-6">
        <KeysOnDevice
          connections={page.connections.all.map(({ connection }) => connection)}
          onLock={onLock}
          onForgetEverything={onForgetEverything}
        />
      </div>
    </ConnectionsPage>
  );
}
