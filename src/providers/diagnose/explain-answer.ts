import { PROVIDER_NAMES } from '@/domain/connection';
import type { Connection, ProviderKind } from '@/domain/connection';
import { comfyuiCommand, curlCommand, upstreamCommand } from './commands';
import type { AnswerVerdict, Diagnosis, FailedAnswer } from './diagnosis';
import { isSameOrigin } from './where';
import type { Fact, Words } from './words';

/** The words for diagnoses that stand on one failing answer. */
export function explainAnswer(
  diagnosis: Extract<Diagnosis, { verdict: AnswerVerdict }>,
  connection: Connection,
  pageUrl: string,
): Words {
  const { verdict, answer, byWinnowProxy } = diagnosis;
  const words = byWinnowProxy
    ? proxyWords(verdict, connection, pageUrl)
    : answerWords(verdict, answer, connection, pageUrl);
  return { ...words, facts: answerFacts(answer) };
}

const KEYS: Readonly<Record<ProviderKind, string>> = {
  'comfy-cloud':
    'Make a key at platform.comfy.org under Profile → API keys; it begins with `comfyui-` and is shown only once.',
  comfyui: 'ComfyUI takes no key.',
  roughy: 'Make a key on the API keys page of the Roughy dashboard; it begins with `sk_`.',
};

function answerWords(
  verdict: AnswerVerdict,
  { status }: FailedAnswer,
  connection: Connection,
  pageUrl: string,
): Words {
  const { kind } = connection;
  const name = PROVIDER_NAMES[kind];
  switch (verdict) {
    case 'key-missing':
      return { title: `${name} answers, and asks for a key`, fix: ['Enter your API key.', KEYS[kind]] };
    case 'key-refused':
      return {
        title: `${name} does not accept the key`,
        fix: ['Copy the key again, whole; it may also have been revoked.', KEYS[kind]],
      };
    case 'login-required':
      return {
        title: 'A login stands in front of this ComfyUI',
        fix: ['Let Winnow through without the login, or enter an address that asks for none.'],
      };
    case 'origin-refused':
      return originRefused(connection, pageUrl);
    case 'subscription-inactive':
      return {
        title: 'The subscription of this Comfy Cloud account is probably not active',
        fix: [
          'Check your plan at platform.comfy.org: the API needs a paid one, and answers like this when it has ended.',
          'If the plan is active, there were too many requests: test again in a minute.',
        ],
      };
    case 'payment-required':
      return {
        title: `${name} asks for payment`,
        fix: ['Add credits or choose a plan that covers the API, then test again.'],
      };
    case 'account-locked':
      return { title: `${name} has locked this account`, fix: [`Sign in at ${name} to see why.`] };
    case 'forbidden':
      return {
        title: `${name} does not allow this`,
        fix:
          kind === 'comfyui'
            ? ['Something in front of ComfyUI refuses the request: let Winnow through there.']
            : ['Check that the plan of your account includes the API, and that this key may use it.'],
      };
    case 'upstream-unreachable':
      return {
        title: `A proxy answers, but it does not reach ${name}`,
        fix: [
          `Check that ${name} is running, and that the proxy in front of it has its right address.`,
          `On the machine of the proxy, this shows whether it can be reached: \`${curlCommand(kind)}\`.`,
        ],
      };
    case 'upstream-timeout':
      return {
        title: `A proxy answers, but ${name} behind it takes too long`,
        fix: [`Check that ${name} is running and not overloaded, then test again.`],
      };
    case 'server-error':
      return {
        title: `${name} has a problem of its own`,
        fix: [
          kind === 'comfyui'
            ? 'Look into the log of ComfyUI, then test again.'
            : 'This is a fault on the provider’s side: test again in a few minutes.',
        ],
      };
    default:
      return {
        title: `${name} answers with status ${status}, which Winnow does not expect`,
        fix: [
          `Check that \`${connection.baseUrl}\` is the address of ${name}, and what stands in front of it.`,
        ],
      };
  }
}

/** Winnow's own proxy says exactly what is wrong, so that the advice can be exact as well. */
function proxyWords(verdict: AnswerVerdict, { kind, baseUrl }: Connection, pageUrl: string): Words {
  const name = PROVIDER_NAMES[kind];
  const { hostname } = new URL(pageUrl);
  switch (verdict) {
    case 'proxy-refuses-host':
      return {
        title: `Winnow’s proxy does not go by the name ${hostname}`,
        fix: [`Start Winnow again with \`ALLOWED_HOSTS=${hostname} npm start\`.`],
      };
    case 'proxy-refuses-page':
      return {
        title: 'This proxy answers only to the page beside it',
        fix: [
          `Open Winnow at \`${new URL(baseUrl).origin}\`, or enter \`proxy/${kind}\` as the address to use this page’s own proxy.`,
        ],
      };
    case 'upstream-timeout':
      return {
        title: `Winnow’s proxy works, but ${name} behind it takes too long`,
        fix: [`Check that ${name} is running and not overloaded, then test again.`],
      };
    case 'upstream-unreachable':
      return {
        title: `Winnow’s proxy works, but it does not reach ${name}`,
        fix:
          kind === 'comfyui'
            ? [
                'Start ComfyUI on the computer that Winnow runs on: `python main.py --enable-assets`.',
                `If it runs elsewhere, start Winnow again with its address, such as \`${upstreamCommand(kind)}\`.`,
              ]
            : [
                'Check that the computer Winnow runs on is online.',
                `If it was started with another address, start it again with \`${upstreamCommand(kind)}\`.`,
              ],
      };
    default:
      return {
        title: 'Winnow’s proxy answers, but does not know this path',
        fix: [`Enter \`proxy/${kind}\` as the address.`],
      };
  }
}

function originRefused(connection: Connection, pageUrl: string): Words {
  const title = 'ComfyUI refuses requests from this page';
  const { origin } = new URL(pageUrl);
  const command = `start ComfyUI with \`${comfyuiCommand(connection, pageUrl)}\``;
  if (!isSameOrigin(connection, pageUrl)) {
    return { title, fix: [`To let \`${origin}\` in, ${command}.`] };
  }
  return {
    title,
    fix: [
      'Let the proxy on this page’s address hide where requests come from: `proxy_set_header Origin "";` and `proxy_set_header Sec-Fetch-Site "";` in nginx, `header_up -Origin` and `header_up -Sec-Fetch-Site` in Caddy.',
      `Or start ComfyUI with \`python main.py --enable-assets --enable-cors-header ${origin}\`.`,
    ],
  };
}

/** What the server said, for a report. */
export const answerFacts = ({ status, code, said, requestId }: FailedAnswer): Fact[] =>
  [
    { label: 'Status', value: String(status) },
    { label: 'Code', value: code },
    { label: 'The server said', value: said },
    { label: 'Request id', value: requestId },
  ].flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
