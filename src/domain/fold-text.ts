/** How names are compared, searched and sorted: composed, in lower case. As loosely as any server does. */
export const foldText = (text: string): string => text.normalize('NFC').toLowerCase();
