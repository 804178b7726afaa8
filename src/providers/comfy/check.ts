import { AssetsDisabledError } from '@/domain/errors';
import type { Api } from '../api';
import { parseAnswer } from '../parse';
import type { ConnectionCheck, RequestScope } from '../provider';
import { unlessFailed, unlessNotFound } from '../unless-failed';
import type { ComfyFlavour } from './flavour';
import { assetList, features, systemStats, user } from './schema';

/** Proves address and key, then asks what else the server tells about itself. */
export function checkComfy(api: Api, flavour: ComfyFlavour, scope?: RequestScope): Promise<ConnectionCheck> {
  return flavour.hasAccounts ? checkCloud(api, scope) : checkServer(api, scope);
}

async function checkCloud(api: Api, scope?: RequestScope): Promise<ConnectionCheck> {
  // One after the other: with a wrong key there is nothing more to ask.
  const account = await unlessNotFound(api.call(['api', 'user'], {}, scope));
  const assetCount = await countAssets(api, scope);
  const flags = await unlessFailed(readFeatures(api, scope));
  return {
    account: account === null ? null : parseAnswer(user, account).status,
    credits: null,
    assetCount,
    version: null,
    features: flags?.names ?? [],
  };
}

async function checkServer(api: Api, scope?: RequestScope): Promise<ConnectionCheck> {
  const flags = await unlessNotFound(readFeatures(api, scope));
  if (flags?.assets === false)
    throw new AssetsDisabledError('ComfyUI runs with its assets switched off', flags.context);
  const assetCount = await countAssets(api, scope);
  const version = await unlessFailed(readVersion(api, scope));
  return { account: null, credits: null, assetCount, version, features: flags?.names ?? [] };
}

async function readFeatures(api: Api, scope?: RequestScope) {
  const answer = await api.call(['api', 'features'], {}, scope);
  return { ...parseAnswer(features, answer), context: answer.context };
}

async function countAssets(api: Api, scope?: RequestScope): Promise<number | null> {
  const query = { limit: 1, include_public: false };
  return parseAnswer(assetList, await api.call(['api', 'assets'], { query }, scope)).total;
}

async function readVersion(api: Api, scope?: RequestScope): Promise<string | null> {
  return parseAnswer(systemStats, await api.call(['api', 'system_stats'], {}, scope)).system.comfyui_version;
}
