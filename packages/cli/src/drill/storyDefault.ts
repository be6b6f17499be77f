import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADA, CASE, GRACE, keyEnding } from './cast';
import {
  adds,
  credentialIsRefused,
  hardDeletes,
  isClosed,
  revokesAtVendor,
  succeeds,
  under,
  type Play,
} from './scenes';
import { promisedOutput, type Telling } from './stage';

const HOUR_MS = 3_600_000;
const acme = 'acme';

/** What the vendor counted, as the customer sends it: use in an hour in which nobody here had the key. */
const writeUsage = (file: string, now: number): void => {
  const start = Math.floor(now / HOUR_MS) * HOUR_MS - 5 * HOUR_MS;
  const row = [new Date(start), new Date(start + HOUR_MS)].map((time) => time.toISOString());
  writeFileSync(file, `start,end,requests\n${row.join(',')},412\n`);
};

/** The key is still Default, and a stranger may be using it. */
export async function* storyDefault(play: Play): Telling<ReadonlyArray<string>> {
  const { stage, sandbox } = play;
  const old = { workspace: acme, secret: keyEnding(sandbox, 'o1AA'), label: 'prod-1' };
  const fresh = { workspace: acme, secret: keyEnding(sandbox, 'n2AA'), label: 'prod-2' };

  yield* stage.heading('Before: a customer works with a key, and a run has it');
  const keyId = yield* adds(play, old);
  const start = ['runs', 'start', 'compile-1', '--workspace', acme, '--project', 'docs'];
  promisedOutput(yield* stage.type(start, { as: 'service:compiler' }), 0, '…o1AA');

  yield* stage.heading('The mail: "Our key is in a public repository." Which key is it?');
  const found = yield* stage.type(['leak', 'find'], { as: GRACE, pasted: old.secret });
  promisedOutput(found, 0, acme, '…o1AA', 'Default');

  yield* stage.heading('Report it. Nobody knows whether a stranger uses it, so that is to be feared');
  const source = ['--source', 'a public repository', '--stranger', 'unknown'];
  const report = yield* stage.type(['leak', 'report', keyId, ...under(acme), ...source], { as: GRACE });
  promisedOutput(report, 0, 'is reported as leaked');
  const status = yield* stage.type(['leak', 'status', '--case', CASE], { as: GRACE });
  promisedOutput(status, 0, `keyturn leak revoke ${keyId}`, 'compile-1', 'not-contained');

  yield* stage.heading('"Walk you through revoking the old key in the vendor\'s console"');
  const steps = yield* stage.type(['leak', 'revoke', keyId, ...under(acme)], { as: GRACE });
  promisedOutput(steps, 0, 'To revoke …o1AA', 'Nothing was recorded');
  yield '  The customer has an admin credential, and takes the quicker way. Support must not take it:';
  yield* credentialIsRefused(play, acme, keyId);
  yield* revokesAtVendor(play, acme, keyId, 'Anthropic revoked the key.');

  yield* stage.heading('"Confirm the new key is valid and set as Default"');
  yield* succeeds(play, fresh);

  yield* stage.heading('Does the vendor still take the old one?');
  const check = yield* stage.type(['leak', 'check', keyId, ...under(acme)], { as: GRACE });
  promisedOutput(check, 0, 'dead');

  yield* stage.heading('"Hard-delete the old key from our vault"');
  yield* hardDeletes(play, old, keyId, 'Interrupted runs: compile-1');

  yield* stage.heading('"Help you review your audit log for any anomalous activity"');
  writeUsage(join(stage.directory, 'usage.csv'), Date.now());
  const since = ['--since', new Date(Date.now() - 24 * HOUR_MS).toISOString()];
  const window = [...since, '--usage', 'usage.csv'];
  const exposure = yield* stage.type(['leak', 'exposure', keyId, '--workspace', acme, ...window], {
    as: GRACE,
  });
  promisedOutput(exposure, 0, '1 run pinned', 'unexplained-at-vendor', '412 requests', '1 run interrupted');
  yield '  The refused attempt was support’s own. The 412 requests are nobody’s here: they stay unexplained.';
  const reviewed = ['leak', 'reviewed', keyId, ...under(acme), ...window];
  const explained = yield* stage.type([...reviewed, '--explained', 'refused-attempts'], { as: GRACE });
  promisedOutput(explained, 0, 'explained: refused-attempts', 'not explained: unexplained-at-vendor');

  yield* stage.heading('Close the case');
  const closed = yield* stage.type(['leak', 'close', ...under(acme)], { as: GRACE });
  promisedOutput(closed, 0, 'contained: the vendor shows it dead');
  yield* isClosed(play, 'contained');
  const list = yield* stage.type(['keys', 'list', '--workspace', acme], { as: ADA });
  promisedOutput(list, 0, '…n2AA · Default');
  return [old.secret, fresh.secret];
}
