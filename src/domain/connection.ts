export const PROVIDER_KINDS = ['comfy-cloud', 'comfyui', 'roughy'] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/** What each provider is called on screen. */
export const PROVIDER_NAMES: Readonly<Record<ProviderKind, string>> = {
  'comfy-cloud': 'Comfy Cloud',
  comfyui: 'ComfyUI',
  roughy: 'Roughy',
};

/** Colours to tell connections apart by; never the only sign of anything. */
export const CONNECTION_COLOURS = ['blue', 'teal', 'green', 'amber', 'red', 'violet'] as const;
export type ConnectionColour = (typeof CONNECTION_COLOURS)[number];

/** One provider at one address. Its key is kept elsewhere (`connections/keyring.ts`), never in here. */
export interface Connection {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly label: string;
  /** Absolute http(s) URL without a trailing slash; the provider's own path is appended. */
  readonly baseUrl: string;
  /** Chosen by the person, for connections of their own; absent without one. */
  readonly colour?: ConnectionColour;
  /** A made-up library inside this browser. */
  readonly demo: boolean;
}

export const needsKey = (connection: Pick<Connection, 'kind' | 'demo'>): boolean =>
  !connection.demo && connection.kind !== 'comfyui';
