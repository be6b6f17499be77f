import { describe, expect, test } from '@jest/globals';
import { fixedPartsOf, SecretSearch } from '@keyturn/testbed';
import { ROUTES } from './routes/table';
import { atWork, type Answer } from './testSupport/atWork';
import { documentedFaults } from './testSupport/documented';
import { pathOf, sampleRequest, textMembers, type Sample } from './testSupport/samples';

const at = atWork({ allowVendorAdminCredentials: true, limits: { requestsPerMinute: 1_000_000 } });

/** A key in the format of a vendor, and a search for any part of it. */
const canary = (): {
  readonly key: string;
  readonly found: (...answers: ReadonlyArray<Answer>) => unknown;
} => {
  const key = at().sandbox.issueKey('anthropic');
  const search = new SecretSearch();
  search.add({ name: 'the canary', content: key, fixed: fixedPartsOf(key) });
  return {
    key,
    found: (...answers) =>
      answers.flatMap(({ text, headers }) =>
        search.inText('an answer', `${text}\n${JSON.stringify([...headers])}`),
      ),
  };
};

/** The sample with a text in one more member of its body. */
const withMember = (sample: Sample, name: string, value: unknown): Sample => ({
  ...sample,
  body: { ...(typeof sample.body === 'object' ? sample.body : {}), [name]: value },
});

describe('a key', () => {
  // Rehearsals take their input by the code of their acts: one is tried of all.
  const tried = ROUTES.filter(({ face: { id } }) => !id.startsWith('rehearse') || id === 'rehearseAddKey');

  test.each(tried.map(({ face }) => [face.id, face] as const))(
    'is in no answer, wherever it was put: %s',
    async (_id, face) => {
      const { key, found } = canary();
      const ada = at().as({});
      const workspace = at().newWorkspace();
      const everywhere = sampleRequest(face, workspace, key);
      const samples: ReadonlyArray<Sample> = [
        everywhere,
        { ...sampleRequest(face, key), query: '' },
        ...(face.body === null
          ? []
          : textMembers(face.body).map((name) => withMember(sampleRequest(face, workspace), name, key))),
        ...textMembers(face.query).map((name) => ({
          ...sampleRequest(face, workspace),
          query: new URLSearchParams({ [name]: key }).toString(),
        })),
        { ...sampleRequest(face, workspace), query: `${key}=1` },
        ...(face.body === null ? [] : [withMember(sampleRequest(face, workspace), key, 1)]),
      ];
      for (const sample of samples) {
        const body = sample.body === undefined ? {} : { body: sample.body };
        const answer = await ada(sample.method, pathOf(sample), body);
        expect(found(answer)).toEqual([]);
        expect(answer.status).toBeLessThan(500);
        // Lines are looked at elsewhere.
        const isLines = face.isStream && answer.status === 200;
        expect(isLines ? [] : documentedFaults(face, answer.status, answer.json)).toEqual([]);
      }
      const headers = { 'if-match': `"${key}"`, 'idempotency-key': key, 'keyturn-case': key };
      const sample = sampleRequest(face, workspace);
      const body = sample.body === undefined ? {} : { body: sample.body };
      expect(found(await ada(sample.method, pathOf(sample), { ...body, headers }))).toEqual([]);
      if (face.body === null) return;
      for (const raw of [
        key,
        `{"pasted":"${key}"`,
        `{"pasted":"${key}","pasted":"${key}"}`,
        `{"pasted":${key}}`,
      ]) {
        expect(found(await ada(face.method, pathOf(sample), { raw }))).toEqual([]);
      }
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
