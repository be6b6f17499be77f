import { describe, expect, test } from '@jest/globals';
import type { RouteFace } from '../api/route';
import { atWork, type Answer, type Sent } from '../testSupport/atWork';
import { documentedFaults } from '../testSupport/documented';
import { ROUTES } from './table';

const at = atWork({ allowVendorAdminCredentials: true });

const faceOf = (id: string): RouteFace => {
  const found = ROUTES.find(({ face }) => face.id === id);
  if (found === undefined) throw new Error(`no route is called ${id}`);
  return found.face;
};

const membersOf = (json: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(json ?? {}));

/** Calls a route as its operation is called, and looks whether its answer is what it documents. */
const calling = (kind: 'support' | 'user', params: Readonly<Record<string, string>>, called: Set<string>) => {
  const support = at().as({ actor: { kind, id: 'grace' } });
  return async (
    id: string,
    sent: Sent & { readonly params?: object; readonly query?: string } = {},
  ): Promise<Answer> => {
    const face = faceOf(id);
    const values = new Map<string, unknown>(Object.entries({ ...params, ...sent.params }));
    const path = face.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(values.get(name)));
    const answer = await support(face.method, `${path}${sent.query ?? ''}`, sent);
    expect([id, answer.status, answer.status === face.status ? '' : answer.text]).toEqual([
      id,
      face.status,
      '',
    ]);
    const lines = face.isStream
      ? answer.text
          .trim()
          .split('\n')
          .map((line): unknown => JSON.parse(line))
      : [answer.json];
    for (const line of lines) expect([id, documentedFaults(face, answer.status, line)]).toEqual([id, []]);
    called.add(id);
    return answer;
  };
};

describe('every route', () => {
  test('answers as it documents, from the first key to a closed workspace', async () => {
    const { sandbox, newWorkspace } = at();
    const called = new Set<string>();
    const workspaceId = newWorkspace();
    const call = calling('support', { workspaceId }, called);
    const customer = calling('user', { workspaceId }, called);
    const keyIn = ({ json }: Answer): string => String(membersOf(membersOf(json)['key'])['keyId']);
    const pasted = sandbox.issueKey('anthropic');

    await call('rehearseAddKey', { body: { vendor: 'anthropic', pasted } });
    const keyId = keyIn(await call('addKey', { body: { vendor: 'anthropic', pasted, label: 'prod-1' } }));
    const other = keyIn(
      await call('addKey', { body: { vendor: 'openai', pasted: sandbox.issueKey('openai') } }),
    );
    const key = { params: { keyId, projectId: 'search', runId: 'r1', vendor: 'anthropic', by: 'action' } };

    await call('listKeys', { query: '?includeHardDeleted=true' });
    await call('showKey', key);
    await call('listKeysDue', { query: '?withinDays=100' });
    await call('listAllKeysDue', { query: '?withinDays=100&limit=1' });
    await call('rehearseValidateKey', key);
    await call('validateKey', key);
    for (const id of ['rehearseRelabelKey', 'relabelKey']) await call(id, { ...key, body: { label: 'one' } });
    for (const id of ['rehearseSetKeyExpiry', 'setKeyExpiry'])
      await call(id, { ...key, body: { expiresAt: null } });
    for (const id of ['rehearseSetDefault', 'setDefault'])
      await call(id, { body: { keyId, projects: 'follow' } });
    for (const id of ['rehearseSetProjectDefault', 'setProjectDefault'])
      await call(id, { ...key, body: { keyId } });
    for (const id of ['rehearseClearProjectDefault', 'clearProjectDefault']) await call(id, key);

    const run = { runId: 'r1', projectId: 'search', choice: { kind: 'key', keyId }, leaseSeconds: 60 };
    for (const id of ['rehearseStartRun', 'startRun']) await call(id, { body: run });
    for (const id of ['rehearseResumeRun', 'resumeRun'])
      await call(id, { ...key, body: { leaseSeconds: 120 } });
    await call('listRuns', { query: `?openOnly=true&keyId=${keyId}&limit=10` });
    await call('showRun', key);
    await call('readHistory', { query: `?at=${Date.now() + 60_000}` });

    for (const ending of ['', 'OfAll']) {
      await call(`readAudit${ending}`, {
        query: '?action=KeyAdded&action=RunKeyPinned&order=oldest-first&limit=2',
      });
      for (const by of ['action', 'actor', 'day', 'key'])
        await call(`countAudit${ending}`, { params: { by } });
      await call(`readRefused${ending}`, { query: '?actorId=grace&actorKind=support' });
      await call(`nearestInAudit${ending}`, { query: '?kind=runId&named=r2' });
      await call(`checkedAudit${ending}`);
      await call(`exportAudit${ending}`, { query: '?actorId=grace' });
    }

    const ofCase = { keyId, caseId: 'SEC/1042' };
    for (const id of ['rehearseReportLeak', 'reportLeak'])
      await call(id, { body: { ...ofCase, stranger: 'yes' } });
    for (const id of ['rehearseSuspendKey', 'suspendKey']) await call(id, { body: ofCase });
    for (const id of ['rehearseReinstateKey', 'reinstateKey']) await call(id, { body: ofCase });
    await call('findKeys', { body: { pasted } });
    await call('findKeysOfAll', { body: { last4: pasted.slice(-4) } });
    await call('showExposure', {
      ...key,
      body: { pasted, usage: 'start,end,requests\n', habits: true, since: 1 },
    });
    await call('showCase', { query: '?caseId=SEC%2F1042' });
    await call('showCaseOfAll', { query: '?caseId=SEC%2F1042' });
    const revoked = { ...ofCase, how: 'console', revokedAt: Date.now() };
    for (const id of ['rehearseRecordRevocation', 'recordRevocation']) await call(id, { body: revoked });
    await call('checkLeak', { body: ofCase });
    await customer('howToRevoke', { query: `?${new URLSearchParams(ofCase).toString()}` });
    const adminCredential = sandbox.issueAdminCredential('anthropic');
    const listed = await customer('findAtVendor', { body: { ...ofCase, adminCredential } });
    const [there] = membersOf(listed.json)['keys'] as ReadonlyArray<{ readonly vendorKeyId: string }>;
    await customer('usageAtVendor', {
      body: {
        ...{ ...ofCase, adminCredential, vendorKeyId: there?.vendorKeyId ?? '' },
        ...{ from: Date.now() - 3_600_000, to: Date.now() },
      },
    });
    await customer('revokeAtVendor', {
      body: { ...ofCase, adminCredential, vendorKeyId: there?.vendorKeyId ?? '' },
    });
    const review = { ...ofCase, until: Date.now(), uses: 2, explained: [], note: null };
    for (const id of ['rehearseRecordLeakReview', 'recordLeakReview']) await call(id, { body: review });
    const leftOpen = ['successor', 'kill-check', 'hard-delete'].map((step) => ({
      step,
      reason: 'tried here',
    }));
    for (const id of ['rehearseCloseLeakCase', 'closeLeakCase']) {
      await call(id, { body: { caseId: 'SEC/1042', leftOpen } });
    }
    const second = { ...ofCase, caseId: 'SEC/2' };
    await call('reportLeak', { body: second });
    for (const id of ['rehearseWithdrawLeakReport', 'withdrawLeakReport']) {
      await call(id, { body: { ...second, reason: 'another key was meant' } });
    }

    for (const id of ['rehearseFinishRun', 'finishRun'])
      await call(id, { ...key, body: { outcome: 'succeeded' } });
    for (const id of ['rehearseExpireRuns', 'expireRuns']) await call(id);
    await call('rehearseDeleteKey', { params: { keyId: other } });
    await call('deleteKey', { params: { keyId: other }, headers: { 'if-match': '*' } });
    for (const id of ['rehearseHardDeleteKey', 'hardDeleteKey']) {
      await call(id, { ...key, body: { caseId: 'SEC/1042', reason: 'leak' } });
    }

    const { json: certificate } = await call('certifyDestruction', key);
    const { text } = certificate as { readonly text: string };
    await call('checkCertificate', { body: { text } });

    await call('listWorkspaces', { query: '?limit=1' });
    await call('showWorkspace');
    await call('nearestWorkspace', { query: `?named=${workspaceId.slice(0, -1)}` });
    await call('listVendors');
    await call('showVendor', key);
    await call('vendorTroubles');
    await call('readHealth');
    await call('verify', { body: { depth: 'heads' } });
    await call('verifyWorkspace');
    await call('sweep', { body: { dryRun: true } });
    await call('listLosses');
    await call('showUnsealed');
    for (const id of ['rehearseCloseWorkspace', 'closeWorkspace'])
      await call(id, { body: { caseId: 'LEFT-3' } });

    // These have something to do after a disaster alone: their refusals are in another test.
    const afterDisaster = ['acceptLog', 'rehearseAcceptLog', 'disownEvents', 'rehearseDisownEvents'];
    expect(
      ROUTES.map(({ face }) => face.id)
        .filter((id) => !called.has(id))
        .sort(),
    ).toEqual(afterDisaster.sort());
  });
});
