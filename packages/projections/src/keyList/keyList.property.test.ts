import { displayLine, labelInputOf, listedKeys } from '@keyturn/domain';
import { expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import * as fc from 'fast-check';
import { histories } from '../testSupport/histories';
import { right, withOnDisk } from '../testSupport/onDisk';

test('after every command the list says what the keyring itself says', async () => {
  await fc.assert(
    fc.asyncProperty(histories(60), async (history) => {
      await withOnDisk(async ({ append, open }) => {
        const models = await open();
        for (const appended of history) {
          const position = await append([appended]);
          await right(models.waitFor(position));
          const { keyring } = appended;
          const expected = listedKeys(keyring).map((entry) => ({
            keyId: entry.keyId,
            vendor: entry.vendor,
            endpoint: entry.endpoint,
            region: entry.region,
            model: entry.model,
            label: entry.label,
            last4: entry.last4,
            addedAt: entry.addedAt,
            expiresAt: entry.expiresAt,
            status: entry.status,
            failureReason: entry.failureReason,
            isDefault: keyring.workspaceDefault === entry.keyId,
            wasDefault: entry.wasDefault,
            suspended: entry.suspended,
            leakCases: (keyring.leaks.get(entry.keyId)?.cases ?? [])
              .filter(({ report }) => report !== null)
              .map((ofCase) => String(ofCase.caseId))
              .sort(),
            display: displayLine({ ...labelInputOf(keyring, entry), last4: entry.last4 }),
            runsInFlight: entry.openRuns,
            projectDefaults: [...keyring.projectDefaults]
              .filter(([, keyId]) => keyId === entry.keyId)
              .map(([projectId]) => String(projectId))
              .sort(),
          }));
          const all = await right(models.listKeys(appended.workspaceId, { includeHardDeleted: true }));
          expect(
            all.map(({ keyId, label, expiresAt, destroyedAt }) => [
              keyId,
              label,
              expiresAt,
              destroyedAt !== null,
            ]),
          ).toEqual(
            [...keyring.keys.values()].map(({ keyId, label, expiresAt, destroyed }) => [
              keyId,
              label,
              expiresAt,
              destroyed,
            ]),
          );
          expect(all.filter(({ hardDeletedAt }) => hardDeletedAt !== null).map(({ keyId }) => keyId)).toEqual(
            [...keyring.keys.values()]
              .filter(({ status }) => status === 'hard-deleted')
              .map(({ keyId }) => keyId),
          );
          const listed = await right(models.listKeys(appended.workspaceId));
          expect(listed).toHaveLength(expected.length);
          expect(listed).toMatchObject(expected);
          const workspace = await right(models.findWorkspace(appended.workspaceId));
          const statuses = [...keyring.keys.values()].map(({ status }) => status);
          expect(workspace).toMatchObject({
            defaultKey: keyring.workspaceDefault === null ? null : { keyId: keyring.workspaceDefault },
            closedAt: keyring.closed?.at ?? null,
            closedCaseId: keyring.closed?.caseId ?? null,
            keys: Object.fromEntries(
              (['pending', 'active', 'failed', 'retired', 'hard-deleted'] as const).map((status) => [
                status,
                statuses.filter((one) => one === status).length,
              ]),
            ),
          });
          const open = await right(
            models.listRuns({ workspaceId: appended.workspaceId, openOnly: true }, { limit: 100 }),
          );
          expect(new Set(open.runs.map((run) => `${run.runId} ${run.keyId} ${run.interrupted}`))).toEqual(
            new Set(
              [...keyring.openPins.values()].map((pin) => `${pin.runId} ${pin.keyId} ${pin.interrupted}`),
            ),
          );
        }
      });
    }),
    { numRuns: longRuns(12) },
  );
});
