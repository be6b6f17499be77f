import { command } from '../command';
import { optional, text, toggle } from '../input/flags';
import { parseInstant } from '../input/instants';
import { NotConfirmed, UsageError } from '../problems';
import { ofKey, openedFor, recordedReport } from './leakCaseOfKey';
import { revokeAtVendor } from './leakRevokeAtVendor';
import { openRunsOf, runsThatFail } from './runsThatFail';

const TOLD = '--told-by <who>';
const AT = '--at <time>';
const VENDOR_KEY = '--vendor-key <id>';
const PLACE = '--place <id>';

interface Ways {
  readonly byHand: boolean;
  readonly adminApi: boolean;
  readonly vendorKey: string | undefined;
  readonly place: string | undefined;
  readonly done: boolean;
  readonly toldBy: string | undefined;
  readonly at: number | undefined;
}

/** Whether it is the vendor's own calls that revoke it. @throws UsageError where two ways are named */
const throughVendor = ({ byHand, adminApi, vendorKey, place, done, toldBy, at }: Ways): boolean => {
  const isByHand = byHand || done || toldBy !== undefined || at !== undefined;
  const isAtVendor = adminApi || vendorKey !== undefined || place !== undefined;
  if (isByHand && isAtVendor) {
    throw new UsageError(
      '--by-hand, --done, --told-by and --at are for a key that a person revokes; --admin-api, --vendor-key and ' +
        '--place have it revoked from here. Choose one of the two.',
    );
  }
  return isAtVendor;
};

export const leakRevoke = command({
  details: [
    'Shows the steps that revoke the key at its vendor, which is the action that actually stops a thief, and records',
    'that it was done: on a terminal once a person says so, elsewhere on --done. What a person says is told, and not',
    'confirmed: a kill check confirms it. That is by hand, and meant when nothing else is said.',
    '--admin-api has the vendor revoke it, where it has calls for that, with an admin credential of the customer’s',
    'own: read from standard input, or from a hidden prompt, for this command alone, and from nobody of support. What',
    'the vendor lists is shown and confirmed on a terminal; elsewhere the key there is named with --vendor-key.',
  ],
  operands: ofKey.operands,
  flags: {
    ...ofKey.flags,
    byHand: toggle('--by-hand', 'a person revokes it: meant when nothing else is said'),
    adminApi: toggle('--admin-api', 'the vendor revokes it, with an admin credential on standard input'),
    vendorKey: optional(VENDOR_KEY, 'the same, of the key that its list names so', text(VENDOR_KEY)),
    place: optional(PLACE, 'the project, workspace or team that lists it', text(PLACE)),
    done: toggle('--done', 'it is revoked: record it, and do not ask'),
    toldBy: optional(TOLD, 'who says that it was revoked, where that is somebody else', text(TOLD)),
    at: optional(AT, 'when it was revoked, RFC 3339; now, where it is left out', (given) =>
      parseInstant('--at', String(given), 'start'),
    ),
  },
  examples: [
    'keyturn leak revoke 6f0c3a1e --workspace acme --case SR-1042',
    'keyturn leak revoke 6f0c3a1e --workspace acme --case SR-1042 --done --told-by ada@acme.example',
    'keyturn leak revoke 6f0c3a1e --workspace acme --case SR-1042 --admin-api',
  ],
  run: async (session, { byHand, adminApi, vendorKey, place, done, toldBy, at, ...given }) => {
    const asksNext = throughVendor({ byHand, adminApi, vendorKey, place, done, toldBy, at });
    const { keyturn, context, of } = await openedFor(session, given, { asksNext });
    if (asksNext) return revokeAtVendor(session, keyturn, context, of, { vendorKey, place });
    const key = await keyturn.keys.resolve(context, of.keyId);
    const { name, revocationPage } = keyturn.vendors.get(key.vendor);
    const { vendorProfiles } = await import('keyturn');
    const profiles = vendorProfiles(await session.vendorTables());
    const revokeSteps = profiles.find(({ vendor }) => vendor === key.vendor)?.revokeSteps ?? [];
    const openRuns = await openRunsOf(keyturn, context, of);
    const steps = [
      ...(openRuns.length === 0 ? [] : [runsThatFail(openRuns)]),
      `To revoke …${key.last4} at ${name}${revocationPage === null ? '' : `: ${revocationPage}`}`,
      ...revokeSteps.map((step, index) => `${index + 1}. ${step}`),
    ];
    const { confirm, stderr } = session.io;
    if (!done && confirm === null) {
      return {
        json: { ...of, changed: false, openRuns, revocationPage, revokeSteps },
        lines: steps,
        hints: ['Nothing was recorded. When it is revoked, say so with --done.'],
      };
    }
    if (!done && confirm !== null) {
      await stderr.write(`${steps.join('\n')}\n`);
      if (!(await confirm('Type yes once it is revoked: '))) throw new NotConfirmed();
    }
    const recorded = await keyturn.support.recordRevocation(context, {
      ...of,
      how: toldBy === undefined ? 'console' : 'told',
      revokedBy: toldBy ?? null,
      revokedAt: at ?? Date.now(),
    });
    const report = recordedReport(of, recorded, `It is recorded that key ${of.keyId} was revoked.`);
    return { ...report, json: { ...report.json, openRuns, revocationPage, revokeSteps } };
  },
});
