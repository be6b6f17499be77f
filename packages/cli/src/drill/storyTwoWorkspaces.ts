import { CASE, GRACE, keyEnding } from './cast';
import { adds, hardDeletes, isClosed, revokesAtVendor, succeeds, under, type Play } from './scenes';
import { promisedOutput, type Telling } from './stage';

const acme = 'acme';
const globex = 'globex';

/** The same secret is on file in two workspaces: a leak is not over while one of them is left. */
export async function* storyTwoWorkspaces(play: Play): Telling<ReadonlyArray<string>> {
  const { stage, sandbox } = play;
  const secret = keyEnding(sandbox, 'o1AA');
  const inAcme = { workspace: acme, secret, label: 'prod-1' };
  const inGlobex = { workspace: globex, secret, label: 'shared' };
  const fresh = { workspace: acme, secret: keyEnding(sandbox, 'n2AA'), label: 'prod-2' };
  const other = { workspace: globex, secret: keyEnding(sandbox, 'n3AA'), label: 'globex' };

  yield* stage.heading('Before: two workspaces work with the same key');
  const first = yield* adds(play, inAcme);
  const second = yield* adds(play, inGlobex);

  yield* stage.heading('The mail: "Our key is in a log that we sent around." Where is it on file?');
  const found = yield* stage.type(['leak', 'find'], { as: GRACE, pasted: secret });
  promisedOutput(found, 0, acme, globex, first.slice(0, 8), second.slice(0, 8));

  yield* stage.heading('Report it in both, under one case');
  for (const [workspace, keyId] of [
    [acme, first],
    [globex, second],
  ] as const) {
    const report = [
      'leak',
      'report',
      keyId,
      ...under(workspace),
      '--source',
      'a log',
      '--used-elsewhere',
      'yes',
    ];
    promisedOutput(yield* stage.type(report, { as: GRACE }), 0, 'is reported as leaked');
  }
  const status = yield* stage.type(['leak', 'status', '--case', CASE], { as: GRACE });
  promisedOutput(status, 0, `keyturn leak revoke ${first}`, `keyturn leak revoke ${second}`);

  yield* stage.heading(
    '"Walk you through revoking the old key": once is enough, and the second is recognised',
  );
  yield* revokesAtVendor(play, acme, first, 'Anthropic revoked the key.');
  yield* revokesAtVendor(play, globex, second, 'nothing was sent');

  yield* stage.heading('"Confirm the new key is valid and set as Default", in both');
  yield* succeeds(play, fresh);
  yield* succeeds(play, other);

  yield* stage.heading('"Hard-delete the old key from our vault", in both');
  yield* hardDeletes(play, inAcme, first);
  yield* hardDeletes(play, inGlobex, second);

  yield* stage.heading('"Help you review your audit log for any anomalous activity", of both');
  for (const [workspace, keyId] of [
    [acme, first],
    [globex, second],
  ] as const) {
    const exposure = yield* stage.type(['leak', 'exposure', keyId, '--workspace', workspace], { as: GRACE });
    promisedOutput(exposure, 0, 'Window');
    const reviewed = yield* stage.type(['leak', 'reviewed', keyId, ...under(workspace)], { as: GRACE });
    promisedOutput(reviewed, 0, 'The review of key');
  }

  yield* stage.heading('Close the case: it closes with its last workspace');
  for (const workspace of [acme, globex]) {
    const closed = yield* stage.type(['leak', 'close', ...under(workspace)], { as: GRACE });
    promisedOutput(closed, 0, 'contained: the vendor shows it dead');
  }
  yield* isClosed(play, 'contained');
  return [secret, fresh.secret, other.secret];
}
