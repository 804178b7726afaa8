import * as v from 'valibot';

/** What a tab tells the others about keys; never a key. */
const messageSchema = v.picklist([
  /** The keys of this device are locked. */
  'lock',
  /** Everything is forgotten. */
  'forget',
  /** The person is here, or a job works for them. */
  'active',
]);
type TabMessage = v.InferOutput<typeof messageSchema>;

let channel: BroadcastChannel | null = null;

/** Opened when first needed, and left open: it ends with the page. */
const open = () => (channel ??= new BroadcastChannel('winnow-keys'));

export const tellTabs = (message: TabMessage): void => open().postMessage(message);

/** Hears the other tabs, not this one. A tab with another version of Winnow may send anything: that is not heard. */
export function onTold(message: TabMessage, listener: () => void): () => void {
  const hear = ({ data }: MessageEvent<unknown>) => {
    const told = v.safeParse(messageSchema, data);
    if (told.success && told.output === message) listener();
  };
  const opened = open();
  opened.addEventListener('message', hear);
  return () => opened.removeEventListener('message', hear);
}
