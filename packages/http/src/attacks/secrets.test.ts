import { describe, expect, test } from '@jest/globals';
import { fixedPartsOf, SecretSearch } from '@keyturn/testbed';
import { sampled } from '@keyturn/testbed/sampling';
import { atWork, type Answer } from '../testSupport/atWork';
import { documentedFaults } from '../testSupport/documented';
import { OPERATIONS } from '../testSupport/operations';
import { requestOf } from '../testSupport/requests';
import { placesIn } from '../testSupport/schemaSamples';

const at = atWork({ allowVendorAdminCredentials: true, limits: { requestsPerMinute: 1_000_000 } });

/** A key in the format of a vendor, and a search for any part of it. */
const canary = (): {
  readonly key: string;
  readonly found: (...answers: ReadonlyArray<Answer>) => unknown;
  readonly toldOf: () => unknown;
} => {
  const key = at().sandbox.issueKey('anthropic');
  const search = new SecretSearch();
  search.add({ name: 'the canary', content: key, fixed: fixedPartsOf(key) });
  return {
    key,
    found: (...answers) =>
      search.inText(
        'answers',
        answers.map(({ text, headers }) => `${text}\n${JSON.stringify([...headers])}`).join('\n'),
      ),
    toldOf: () => search.inText('what was told', JSON.stringify(at().told)),
  };
};

describe('a key', () => {
  test.each(OPERATIONS.map((operation) => [operation.id, operation] as const))(
    'is in no answer, wherever it was put: %s',
    async (_id, operation) => {
      const { key, found, toldOf } = canary();
      const ada = at().as({});
      const workspaceId = at().newWorkspace();
      const { method, parameters, body, answersLines } = operation;
      const usual = requestOf(operation, { workspaceId });
      const inParameters = parameters.map(({ name, in: place }) =>
        requestOf(operation, { workspaceId, [place]: { [name]: key } }),
      );
      const inBody =
        body === null
          ? []
          : [
              ...placesIn(body, 'x1x1x1').map((place) => place.valueWith(key)),
              ...placesIn(body, 'x1x1x1').map((place) => place.valueWith({ [key]: [key] })),
            ].map((value) => requestOf(operation, { workspaceId, body: value }));
      const requests = [
        requestOf(operation, { workspaceId, text: key }),
        requestOf(operation, { workspaceId: key }),
        requestOf(operation, { workspaceId, query: { [key]: key } }),
        ...inParameters,
        ...inBody,
      ];
      const face = { method, path: operation.path.slice('/api/v1'.length) };
      const answers: Answer[] = [];
      for (const { path, sent } of sampled(requests, 8)) {
        const answer = await ada(method, path, sent);
        answers.push(answer);
        expect(answer.status).toBeLessThan(500);
        // Lines are looked at elsewhere.
        const isLines = answersLines && answer.status === 200;
        expect(isLines ? [] : documentedFaults(face, answer.status, answer.json)).toEqual([]);
      }
      const raws: ReadonlyArray<readonly [string, string]> = [
        ['text/plain', key],
        ['multipart/form-data; boundary=x', key],
        ['application/json', key],
        ['application/json', `{"pasted":"${key}"`],
        ['application/json', `{"pasted":"${key}","pasted":"${key}"}`],
        ['application/json', `{"pasted":${key}}`],
      ];
      for (const [type, raw] of method === 'GET' ? [] : sampled(raws, 2)) {
        const { path, sent } = usual;
        answers.push(await ada(method, path, { headers: { ...sent.headers, 'content-type': type }, raw }));
      }
      expect(found(...answers)).toEqual([]);
      expect(toldOf()).toEqual([]);
    },
  );

  test('is in no answer after it came on file, and in none of a failed add', async () => {
    const { sandbox, as, newWorkspace, keyturn } = at();
    const ada = as({});
    const workspace = newWorkspace();
    const keys = `/workspaces/${workspace}/keys`;
    const { key, found } = canary();
    const answers = [
      await ada('POST', keys, { body: { vendor: 'anthropic', pasted: ` ${key}` } }),
      await ada('POST', keys, { body: { vendor: 'anthropic', pasted: `"${key}"` } }),
      await ada('POST', keys, { body: { vendor: 'openai', pasted: key } }),
      await ada('POST', keys, { body: { vendor: key, pasted: key } }),
      await ada('POST', keys, { body: { vendor: 'anthropic', pasted: key, label: key.slice(10, 40) } }),
      await ada('POST', keys, { body: { vendor: 'anthropic', pasted: key } }),
      await ada('POST', keys, { body: { vendor: 'anthropic', pasted: key } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 201, 409]);
    sandbox.setBehaviour(key, 'rejected');
    const { keyId } = (
      await keyturn.keys.list({ workspaceId: workspace, actor: { kind: 'user', id: 'ada' } })
    )[0] ?? { keyId: '' };
    const later = [
      await ada('POST', `${keys}/${keyId}/validate`),
      await ada('GET', keys),
      await ada('GET', `/workspaces/${workspace}/audit`),
      await ada('GET', `/workspaces/${workspace}/audit-export`),
      await ada('GET', `/workspaces/${workspace}/refused-attempts`),
      await ada('POST', `/support/find`, { body: { pasted: key } }),
      await ada('POST', `/rehearsals${keys}`, {
        body: { vendor: 'anthropic', pasted: at().sandbox.issueKey('anthropic') },
      }),
    ];
    expect(later.map(({ status }) => status)).toEqual(Array.from(later, () => 200));
    expect(found(...answers, ...later)).toEqual([]);
  });
});
