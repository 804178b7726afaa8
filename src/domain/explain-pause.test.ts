import { expect, it } from 'vitest';

import { explainPause } from './explain-pause';
import type { PauseReason, Problem } from './job';

const problem: Problem = {
  ...{ title: 'Cloud has a problem', hint: 'Try again in a moment.' },
  ...{ message: null, status: 500, code: null, requestId: null },
};

it.each<readonly [PauseReason, RegExp]>([
  [{ cause: 'person' }, /^It was paused\.$/],
  [{ cause: 'refused', problem }, /^Cloud has a problem\. Try again in a moment\.$/],
  [{ cause: 'failing', problem }, /^Too many failed.* Cloud has a problem\.$/],
  [{ cause: 'strangers' }, /right account\?$/],
  [{ cause: 'storage' }, /could not be written down, so nothing more was sent/],
  [{ cause: 'interrupted' }, /tab .* was closed/],
])('says why a job stopped: %j', (pause, text) => {
  expect(explainPause(pause)).toMatch(text);
});
