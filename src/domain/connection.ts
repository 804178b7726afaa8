export const PROVIDER_KINDS = ['comfy-cloud', 'comfyui', 'roughy'] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/** What each provider is called on screen. */
export const PROVIDER_NAMES: Readonly<Record<ProviderKind, string>> = {
  'comfy-cloud': 'Comfy Cloud',
  comfyui: 'ComfyUI',
  roughy: 'Roughy',
};

/** One provider at one address. Its key is kept elsewhere (`connections/keyring.ts`), never in here. */
export interface Connection {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly label: string;
  /** Absolute http(s) URL without a trailing slash; the provider's own path is appended. */
  readonly baseUrl: string;
  /** A made-up library inside this browser. */
  readonly demo: boolean;
}

export const needsKey = (connection: Connection): boolean =>
  !connection.demo && connection.kind !== 'comfyui';
