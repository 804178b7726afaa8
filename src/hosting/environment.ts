export type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable; empty counts as not set. */
export function setting(env: Environment, name: string, usual: string): string {
  const value = env[name]?.trim() ?? '';
  return value === '' ? usual : value;
}

/** The host names in ALLOWED_HOSTS, separated by commas. */
export const allowedHosts = (env: Environment) => setting(env, 'ALLOWED_HOSTS', '').split(',');
