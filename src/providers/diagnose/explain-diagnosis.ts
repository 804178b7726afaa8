import { PROVIDER_NAMES } from '@/domain/connection';
import type { Connection } from '@/domain/connection';
import { waitText } from '@/domain/explain-error';
import type { ConnectionCheck } from '../provider';
import { comfyuiCommand, winnowCommand } from './commands';
import type { BetterAddress, Diagnosis } from './diagnosis';
import { answerFacts, explainAnswer } from './explain-answer';
import type { Fact, Words } from './words';
import { isLoopback, isSameOrigin, needsLocalNetworkAccess } from './where';

/** A diagnosis in words for a person, with what to do about it. */
export interface DiagnosisExplanation {
  readonly ok: boolean;
  readonly title: string;
  /** Steps, each a sentence; commands and addresses in `backticks`. */
  readonly fix: readonly string[];
  readonly facts: readonly Fact[];
}

/** The one place where diagnoses become words: exact for this connection and this page. */
export function explainDiagnosis(
  diagnosis: Diagnosis,
  connection: Connection,
  pageUrl: string,
): DiagnosisExplanation {
  const { title, fix = [], facts = [] } = wordsFor(diagnosis, connection, pageUrl);
  const address = [{ label: 'Address', value: connection.baseUrl }];
  return { ok: diagnosis.verdict === 'works', title, fix, facts: [...facts, ...address] };
}

function wordsFor(diagnosis: Diagnosis, connection: Connection, pageUrl: string): Words {
  const name = PROVIDER_NAMES[connection.kind];
  const origin = new URL(pageUrl).origin;
  const host = new URL(connection.baseUrl).origin;
  switch (diagnosis.verdict) {
    case 'works':
      return { title: `${name} works`, facts: checkFacts(diagnosis.check) };
    case 'changes-refused':
      return changesRefused(diagnosis, connection, pageUrl);
    case 'rate-limited': {
      const { answer, retryAfterMs } = diagnosis;
      const wait = retryAfterMs === null ? 'in a moment' : `in ${waitText(retryAfterMs)}`;
      return { title: `${name} asks to slow down`, fix: [`Test again ${wait}.`], facts: answerFacts(answer) };
    }
    case 'assets-disabled':
      return {
        title: `${name} runs with its assets switched off`,
        fix: [restart(connection, pageUrl), PACKAGED],
      };
    case 'too-old':
      return {
        title: 'This ComfyUI is too old to have assets',
        fix: ['Update ComfyUI, in its folder: `git pull`.', restart(connection, pageUrl)],
        facts: diagnosis.version === null ? [] : [{ label: 'Server version', value: diagnosis.version }],
      };
    case 'wrong-url':
      return {
        title: `Something answers at this address, but not ${name}`,
        fix: suggest(diagnosis.suggestion, `${name} was found there`) ?? [
          `Check the address: it should be where ${name} itself is, without \`/api\` or \`/v1\` at the end.`,
        ],
        facts: [{ label: 'Found', value: diagnosis.found }],
      };
    case 'no-proxy':
      return noProxy(diagnosis.found, connection, pageUrl);
    case 'not-json':
      return {
        title: `The answer is not what ${name} sends`,
        fix: [
          `Check that \`${connection.baseUrl}\` is the address of ${name}, and nothing rewrites its answers.`,
        ],
        facts: [{ label: 'Found', value: diagnosis.contentType ?? 'an answer without a type' }],
      };
    case 'wrong-shape':
      return {
        title: `${name} sent an answer that Winnow cannot read`,
        fix: [
          `Check that \`${connection.baseUrl}\` is the address of ${name}, and of no other service.`,
          'If it is, its API has changed: please report this.',
        ],
        facts: [{ label: 'Unexpected field', value: diagnosis.field }],
      };
    case 'key-malformed':
      return {
        title: 'This cannot be a key',
        fix: [
          'Copy the key again, alone and whole: it has no spaces, line breaks, accented letters or typographic quotes.',
        ],
      };
    case 'timeout':
      return {
        title: `${name} did not answer within ${waitText(diagnosis.timeoutMs)}`,
        fix: [
          ...localNetwork(connection, pageUrl),
          `Check that the machine of \`${host}\` is on, and that no firewall swallows requests to it.`,
          'A server that is starting or scanning its files may answer later: test again in a minute.',
        ],
      };
    case 'offline':
      return { title: 'This computer is offline', fix: ['Connect to the network, then test again.'] };
    case 'mixed-content':
      return mixedContent(connection, pageUrl);
    case 'csp-blocked':
      return {
        title: 'This page’s own security policy forbids the address',
        fix: [
          `On the host of this page, add \`${host}\` to \`connect-src\` of the Content-Security-Policy, in its headers and in \`index.html\`.`,
          `Or reach ${name} through a proxy on this page’s own address, which the policy allows.`,
        ],
        facts: [{ label: 'Page', value: origin }],
      };
    case 'cors-blocked':
      return corsBlocked(connection, pageUrl);
    case 'key-header-refused':
      return keyHeaderRefused(diagnosis.isComfyui, connection, pageUrl);
    case 'hidden-failure':
      return {
        title: `${name} answers, but one of its answers was withheld`,
        fix: [
          'Look into the log of the server: it answers this page otherwise, and leaves out the CORS header when it fails.',
          'Then test again.',
        ],
        facts: [{ label: 'Page', value: origin }],
      };
    case 'redirected':
      return {
        title: 'This address leads somewhere else',
        fix: [
          `Open \`${connection.baseUrl}\` in a new tab, see which address it ends at, and enter that one.`,
          'If a login appears there, let Winnow through without it, or use an address that asks for none.',
        ],
      };
    case 'nothing-answers':
      return nothingAnswers(diagnosis.suggestion, connection, pageUrl);
    default:
      return explainAnswer(diagnosis, connection, pageUrl);
  }
}

function checkFacts({ account, credits, assetCount, version, features }: ConnectionCheck): Fact[] {
  const number = (value: number | null): string | null => value?.toLocaleString('en-US') ?? null;
  return [
    { label: 'Account', value: account },
    { label: 'Credits', value: number(credits) },
    { label: 'Assets', value: number(assetCount) },
    { label: 'Server version', value: version },
    { label: 'Features', value: features.length === 0 ? null : features.join(', ') },
  ].flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
}

const restart = (connection: Connection, pageUrl: string): string =>
  `Stop ComfyUI and start it again with \`${comfyuiCommand(connection, pageUrl)}\`, besides the options you use anyway.`;

const PACKAGED =
  'With the portable package for Windows, add these options to the line in `run_nvidia_gpu.bat`.';

const byWinnowProxy = (connection: Connection, pageUrl: string): string =>
  `start Winnow with \`${winnowCommand(connection, pageUrl)}\` and enter \`proxy/${connection.kind}\` as the address`;

function suggest(better: BetterAddress | null, because: string): readonly string[] | null {
  if (better === null) return null;
  return [`Enter \`${better.baseUrl}\` as the address${better.seen ? `: ${because}` : ' and test again'}.`];
}

function changesRefused(
  { check, status }: Extract<Diagnosis, { verdict: 'changes-refused' }>,
  connection: Connection,
  pageUrl: string,
): Words {
  const facts = checkFacts(check);
  const title = 'Reading works, but nothing could be deleted';
  if (!isSameOrigin(connection, pageUrl)) return { title, fix: [restart(connection, pageUrl)], facts };
  const methods = 'Let the proxy on this page’s address pass on `POST` and `DELETE` as well.';
  const origin =
    'Let the proxy drop the page’s origin on its way to ComfyUI: `proxy_set_header Origin "";` in nginx, `header_up -Origin` in Caddy.';
  return { title, fix: [status === 403 ? origin : methods], facts };
}

function noProxy(found: string, connection: Connection, pageUrl: string): Words {
  const { kind } = connection;
  const instead =
    kind === 'comfyui'
      ? `Or enter ComfyUI’s own address, such as \`http://127.0.0.1:8188\`, and start it with \`python main.py --enable-assets --enable-cors-header ${new URL(pageUrl).origin}\`.`
      : `Or run Winnow on your own computer, which brings the proxy along: \`npm start\`.`;
  return {
    title: 'There is no proxy at this address: this site answers itself',
    fix: [
      `Let the web server of this site pass \`${new URL(connection.baseUrl).pathname}/\` on to ${PROVIDER_NAMES[kind]}; the README has this for nginx and Caddy.`,
      instead,
    ],
    facts: [{ label: 'Found', value: found }],
  };
}

function mixedContent(connection: Connection, pageUrl: string): Words {
  const name = PROVIDER_NAMES[connection.kind];
  const secure = connection.baseUrl.replace(/^http:/, 'https:');
  const fix =
    connection.kind === 'comfyui'
      ? [
          ...localNetwork(connection, pageUrl),
          `Give ComfyUI https, start it with \`${comfyuiCommand(connection, pageUrl)} --tls-keyfile key.pem --tls-certfile cert.pem\`, and enter \`${secure}\` as the address.`,
          `Or run Winnow by http on your own computer: ${byWinnowProxy(connection, pageUrl)}.`,
        ]
      : [`Enter \`${secure}\` as the address: ${name} has https.`];
  return { title: 'This page has https, and the address only http: the browser forbids that', fix };
}

function corsBlocked(connection: Connection, pageUrl: string): Words {
  const name = PROVIDER_NAMES[connection.kind];
  const { origin } = new URL(pageUrl);
  const fix =
    connection.kind === 'comfyui'
      ? [
          restart(connection, pageUrl),
          `If it has that option already, the address after it must be \`${origin}\`, without anything behind it.`,
          `Or leave ComfyUI as it is and use Winnow’s proxy: ${byWinnowProxy(connection, pageUrl)}.`,
        ]
      : [
          `Use Winnow’s proxy: ${byWinnowProxy(connection, pageUrl)}.`,
          'On a web server of your own, add such a proxy to it; the README has this for nginx and Caddy.',
        ];
  return {
    title: `${name} answers, but does not let this page read it (CORS)`,
    fix,
    facts: [{ label: 'Page', value: origin }],
  };
}

function keyHeaderRefused(isComfyui: boolean, connection: Connection, pageUrl: string): Words {
  const name = PROVIDER_NAMES[connection.kind];
  const header = connection.kind === 'roughy' ? 'Authorization' : 'X-API-Key';
  const { origin } = new URL(pageUrl);
  return isComfyui
    ? {
        title: 'This is a ComfyUI of your own: it takes no key, and refuses the header of one',
        fix: [
          'Change the provider of this connection from Comfy Cloud to ComfyUI: Winnow then sends no key.',
        ],
        facts: [{ label: 'Page', value: origin }],
      }
    : {
        title: `${name} lets this page read, but not send a key (CORS)`,
        fix: [
          `On the server, add \`${header}\` to \`Access-Control-Allow-Headers\`, also in its answers to \`OPTIONS\`.`,
          `Or use Winnow’s proxy: ${byWinnowProxy(connection, pageUrl)}.`,
        ],
        facts: [{ label: 'Page', value: origin }],
      };
}

function nothingAnswers(suggestion: BetterAddress | null, connection: Connection, pageUrl: string): Words {
  const { kind, baseUrl } = connection;
  const { origin, host, protocol } = new URL(baseUrl);
  const title = `Nothing answers at ${host}`;
  if (isSameOrigin(connection, pageUrl)) {
    return { title, fix: ['The server of this page does not answer any more: start it again, then reload.'] };
  }
  const start =
    kind === 'comfyui'
      ? `Start ComfyUI with \`${comfyuiCommand(connection, pageUrl)}\`.`
      : `Check the address: \`${origin}\`.`;
  const certificate = `Open \`${origin}\` in a new tab: if the browser warns about its certificate, that has to be put right first.`;
  return {
    title,
    fix: [
      ...(suggestion === null ? [] : [`Something answers at \`${suggestion.baseUrl}\`: try that address.`]),
      start,
      ...(protocol === 'https:' ? [certificate] : []),
      ...localNetwork(connection, pageUrl),
      ...(isLoopback(baseUrl) && !isLoopback(pageUrl)
        ? [`\`${host}\` means the computer this browser runs on; for another one, enter its own address.`]
        : []),
    ],
  };
}

/** Chrome asks before a page from the internet may reach this computer or its network, and remembers a no. */
const localNetwork = (connection: Connection, pageUrl: string): readonly string[] =>
  needsLocalNetworkAccess(connection, pageUrl)
    ? [
        'If the browser asks whether this page may reach your local network, allow it; a refusal is undone in the site settings, left of the address bar.',
      ]
    : [];
