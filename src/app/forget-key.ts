import { forgetKey } from '@/connections/keyring';
import { rememberedEntries } from '@/connections/remembered';
import { announce, announceProblem } from '@/ui/toaster';

/**
 * Forgets a connection's key in this tab and on this device, and what was read with it.
 * @returns whether it could be taken off the device, too
 */
export async function forgetKeyOf(connectionId: string): Promise<boolean> {
  const remembered = rememberedEntries()?.some((entry) => entry.connectionId === connectionId) ?? false;
  forgetKey(connectionId);
  if (!remembered) return true;
  try {
    const { vault } = await import('@/connections/vault/vault');
    await vault.forget(connectionId);
    return true;
  } catch {
    return false;
  }
}

/** The same, and says how it went. */
export async function forgetKeyAloud(connectionId: string, label: string): Promise<void> {
  if (await forgetKeyOf(connectionId)) announce(`The key for ${label} is forgotten`);
  else announceProblem(`The key for ${label} is forgotten here, but could not be taken off this device.`);
}
