import { describe, expect, it } from '@jest/globals';
import { Buffer } from 'node:buffer';
import { atWork } from '../testSupport/atWork';
import { formSender } from './testSupport/forms';
import { CSRF_SECRET } from './testSupport/visitor';

const at = atWork({ csrfSecret: CSRF_SECRET, limits: { requestsPerMinute: 1_000_000 } });

/** Sends the form of a key with a label, and gives the page that comes back. */
const refused = async (fields: Readonly<Record<string, string>>): Promise<string> => {
  const ada = formSender(at(), {});
  const path = `/workspaces/${at().newWorkspace()}/keys/new`;
  const { status, text } = await ada.post(path, {
    ...(await ada.hidden(path)),
    vendor: 'anthropic',
    ...fields,
  });
  expect(status).toBe(422);
  return text;
};

describe('a part of a key in another field', () => {
  it.each<readonly [string, (key: string) => string, (part: string) => string]>([
    ['as it is', (key) => key, (part) => part],
    ['in another case', (key) => key, (part) => part.toUpperCase()],
    ['in base 64', (key) => key, (part) => Buffer.from(part).toString('base64')],
    ['backwards', (key) => key, (part) => Array.from(part).reverse().join('')],
    ['of a paste with its name', (key) => `ANTHROPIC_API_KEY="${key}"`, (part) => `${part} in prod`],
    ['of a paste with another end', (key) => `${key}\n`, (part) => `my ${part}`],
  ])('is not shown again: %s', async (_how, pasteOf, labelOf) => {
    const key = at().sandbox.issueKey('anthropic');
    for (const [from, to] of [
      [20, 30],
      [30, 46],
    ]) {
      const label = labelOf(key.slice(from, to));
      expect(await refused({ pasted: pasteOf(key), label })).not.toContain(label);
    }
  });

  it('costs nobody what else was typed', async () => {
    const key = at().sandbox.issueKey('anthropic');
    const text = await refused({ pasted: ` "${key}" `, label: 'prod-2' });
    expect(text).toContain('value="prod-2"');
    expect(text).toMatch(/<option value="anthropic" selected/);
    const named = await refused({ pasted: `ANTHROPIC_API_KEY=${key}`, label: 'prod-2' });
    expect(named).toMatch(/<option value="anthropic" selected/);
  });
});
