import { command } from '../command';
import { optional, text, toggle } from '../input/flags';
import { parseInstant } from '../input/instants';
import { NotConfirmed } from '../problems';
import { ofKey, openedFor, recordedReport } from './leakCaseOfKey';

const TOLD = '--told-by <who>';
const AT = '--at <time>';

export const leakRevoke = command({
  details: [
    'Shows the steps that revoke the key at its vendor, which is the action that actually stops a thief, and records',
    'that it was done: on a terminal once a person says so, elsewhere on --done. What a person says is told, and not',
    'confirmed: a kill check confirms it.',
  ],
  operands: ofKey.operands,
  flags: {
    ...ofKey.flags,
    done: toggle('--done', 'it is revoked: record it, and do not ask'),
    toldBy: optional(TOLD, 'who says that it was revoked, where that is somebody else', text(TOLD)),
    at: optional(AT, 'when it was revoked, RFC 3339; now, where it is left out', (given) =>
      parseInstant('--at', String(given), 'start'),
    ),
  },
  examples: [
    'keyturn leak revoke 6f0c3a1e --workspace acme --case SR-1042',
    'keyturn leak revoke 6f0c3a1e --workspace acme --case SR-1042 --done --told-by ada@acme.example',
  ],
  run: async (session, { done, toldBy, at, ...given }) => {
    const { keyturn, context, of } = await openedFor(session, given);
    const key = await keyturn.keys.resolve(context, of.keyId);
    const { name, revocationPage } = keyturn.vendors.get(key.vendor);
    const { vendorProfiles } = await import('keyturn');
    const profiles = vendorProfiles(await session.vendorTables());
    const revokeSteps = profiles.find(({ vendor }) => vendor === key.vendor)?.revokeSteps ?? [];
    const steps = [
      `To revoke …${key.last4} at ${name}${revocationPage === null ? '' : `: ${revocationPage}`}`,
      ...revokeSteps.map((step, index) => `${index + 1}. ${step}`),
    ];
    const { confirm, stderr } = session.io;
    if (!done && confirm === null) {
      return {
        json: { ...of, changed: false, revocationPage, revokeSteps },
        lines: steps,
        hints: ['Nothing was recorded. When it is revoked, say so with --done.'],
      };
    }
    if (!done && confirm !== null) {
      stderr.stream.write(`${steps.join('\n')}\n`);
      if (!(await confirm('Type yes once it is revoked: '))) throw new NotConfirmed();
    }
    const recorded = await keyturn.support.recordRevocation(context, {
      ...of,
      how: toldBy === undefined ? 'console' : 'told',
      revokedBy: toldBy ?? null,
      revokedAt: at ?? Date.now(),
    });
    const report = recordedReport(of, recorded, `It is recorded that key ${of.keyId} was revoked.`);
    return { ...report, json: { ...report.json, revocationPage, revokeSteps } };
  },
});
