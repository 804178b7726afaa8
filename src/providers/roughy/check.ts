import type { Api } from '../api';
import { parseAnswer } from '../parse';
import type { ConnectionCheck, RequestScope } from '../provider';
import { unlessFailed } from '../unless-failed';
import { account, creditBalance, listPage } from './schema';

/** Proves address and key, then asks whose key it is. */
export async function checkRoughy(api: Api, scope?: RequestScope): Promise<ConnectionCheck> {
  const { balance } = parseAnswer(creditBalance, await api.call(['v1', 'credits', 'balance'], {}, scope));
  const list = parseAnswer(listPage, await api.call(['v1', 'assets'], { query: { limit: 1 } }, scope));
  return {
    account: await unlessFailed(readAccount(api, scope)),
    credits: balance,
    assetCount: list.total,
    version: null,
    features: [],
  };
}

async function readAccount(api: Api, scope?: RequestScope): Promise<string | null> {
  const { name, email } = parseAnswer(account, await api.call(['v1', 'users', 'me'], {}, scope));
  return name !== null && email !== null ? `${name} (${email})` : (name ?? email);
}
