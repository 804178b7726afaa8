import { AssetsDisabledError, NotFoundError } from '@/domain/errors';
import type { Answer } from '@/http/request';
import type { Api } from '../api';
import { parseAnswer } from '../parse';
import type { ConnectionCheck, RequestScope } from '../provider';
import type { ComfyFlavour } from './flavour';
import { assetList, features, user } from './schema';

/** Proves address and key with the cheapest call that the server knows. */
export function checkComfy(api: Api, flavour: ComfyFlavour, scope?: RequestScope): Promise<ConnectionCheck> {
  return flavour.hasAccounts ? checkCloud(api, scope) : checkServer(api, scope);
}

async function checkCloud(api: Api, scope?: RequestScope): Promise<ConnectionCheck> {
  const account = await unlessNotFound(api.call(['api', 'user'], {}, scope));
  if (account !== null) {
    const { status } = parseAnswer(user, account);
    return {
      summary: status === null ? 'The key is accepted' : `The key is accepted; account status: ${status}`,
    };
  }
  parseAnswer(features, await api.call(['api', 'features'], {}, scope));
  return { summary: 'Comfy Cloud answers' };
}

async function checkServer(api: Api, scope?: RequestScope): Promise<ConnectionCheck> {
  const answer = await unlessNotFound(api.call(['api', 'features'], {}, scope));
  if (answer !== null) {
    const { assets } = parseAnswer(features, answer);
    if (assets === true) return { summary: 'ComfyUI answers, and its assets are switched on' };
    if (assets === false)
      throw new AssetsDisabledError('ComfyUI runs with its assets switched off', answer.context);
  }
  // Older servers do not tell whether they have assets, so that only asking for one helps.
  const list = parseAnswer(
    assetList,
    await api.call(['api', 'assets'], { query: { limit: 1, include_public: false } }, scope),
  );
  return {
    summary:
      list.total === 1 ? '1 asset' : `${(list.total ?? list.assets.length).toLocaleString('en-US')} assets`,
  };
}

async function unlessNotFound(call: Promise<Answer>): Promise<Answer | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}
