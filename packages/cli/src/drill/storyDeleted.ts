import { ADA, CASE, GRACE, keyEnding } from './cast';
import { adds, isClosed, under, type Play } from './scenes';
import { promisedOutput, type Telling } from './stage';

const acme = 'acme';

/** The customer rotated first, and deleted the old key last week. Support has nothing of it any more. */
export async function* storyDeleted(play: Play): Telling<ReadonlyArray<string>> {
  const { stage, sandbox } = play;
  const old = { workspace: acme, secret: keyEnding(sandbox, 'o1AA'), label: 'prod-1' };
  const fresh = { workspace: acme, secret: keyEnding(sandbox, 'n2AA'), label: 'prod-2' };

  yield* stage.heading('Last week, in this story: the customer rotated, and deleted the old key');
  const keyId = yield* adds(play, old);
  const next = yield* adds(play, fresh);
  const move = ['keys', 'set-default', next, '--workspace', acme];
  promisedOutput(yield* stage.type(move, { as: ADA }), 0, '…n2AA · Default');
  const remove = ['keys', 'delete', keyId, '--workspace', acme, '--yes'];
  promisedOutput(yield* stage.type(remove, { as: ADA }), 0, 'is destroyed in the vault: confirmed');

  yield* stage.heading('The mail: "The key that we replaced was in a laptop\'s backup." Which key was it?');
  const found = yield* stage.type(['leak', 'find'], { as: GRACE, pasted: old.secret });
  promisedOutput(found, 0, acme, '…o1AA');

  yield* stage.heading('Report it: a key that is gone, too');
  const source = ['--source', 'a backup of a laptop', '--stranger', 'no'];
  const report = yield* stage.type(['leak', 'report', keyId, ...under(acme), ...source], { as: GRACE });
  promisedOutput(report, 0, 'is reported as leaked');
  const back = ['keys', 'add', '--workspace', acme, '--vendor', 'anthropic'];
  const again = yield* stage.type(back, { as: ADA, pasted: old.secret });
  promisedOutput(again, 1, 'fingerprint-leaked');

  yield* stage.heading('What is done already is recognised: the new key is Default, the old one deleted');
  const status = yield* stage.type(['leak', 'status', '--case', CASE], { as: GRACE });
  promisedOutput(status, 0, `keyturn leak revoke ${keyId}`);
  const gone = ['keys', 'hard-delete', keyId, ...under(acme), '--yes'];
  const told = yield* stage.type(gone, { as: GRACE });
  promisedOutput(told, 0, 'It was deleted before.', 'Revoke it at Anthropic as well');

  yield* stage.heading('The vendor still takes it: deleting it here stopped nobody');
  const without = yield* stage.type(['leak', 'check', keyId, ...under(acme)], { as: GRACE });
  promisedOutput(without, 0, 'so nothing was asked');
  const checking = ['leak', 'check', keyId, ...under(acme), '--pasted'];
  const alive = yield* stage.type(checking, { as: ADA, pasted: old.secret });
  promisedOutput(alive, 0, 'The vendor still takes the key.');

  yield* stage.heading('"Walk you through revoking the old key in the vendor\'s console"');
  const steps = yield* stage.type(['leak', 'revoke', keyId, ...under(acme)], { as: GRACE });
  promisedOutput(steps, 0, 'To revoke …o1AA', 'Nothing was recorded');
  sandbox.setBehaviour(old.secret, 'rejected');
  yield '  The customer goes through the clicks, and writes that it is done. That is told, and not confirmed:';
  const done = ['leak', 'revoke', keyId, ...under(acme), '--done', '--told-by', 'ada@acme.example'];
  promisedOutput(yield* stage.type(done, { as: GRACE }), 0, 'It is recorded');

  yield* stage.heading('One refusal shows little: three in a row over five minutes show a key dead');
  const dead = yield* stage.type(checking, { as: ADA, pasted: old.secret });
  promisedOutput(dead, 0, 'The vendor refuses the key');
  yield '  Here support asks again with --until dead. A rehearsal does not wait so long, and leaves the step open.';

  yield* stage.heading('"Help you review your audit log for any anomalous activity"');
  const exposure = yield* stage.type(['leak', 'exposure', keyId, '--workspace', acme], { as: GRACE });
  promisedOutput(exposure, 0, '0 runs pinned', 'No finding');
  const reviewed = yield* stage.type(['leak', 'reviewed', keyId, ...under(acme)], { as: GRACE });
  promisedOutput(reviewed, 0, 'The review of key');

  yield* stage.heading('Close the case: each step that stays open is named, with its reason');
  const refused = yield* stage.type(['leak', 'close', ...under(acme)], { as: GRACE });
  promisedOutput(refused, 1, 'leak-steps-open', 'kill-check');
  const leave = ['--leave', 'kill-check=a rehearsal does not wait'];
  const closed = yield* stage.type(['leak', 'close', ...under(acme), ...leave], { as: GRACE });
  promisedOutput(closed, 0, 'revoked, as a person says, and not confirmed');
  yield* isClosed(play, 'revoked-unconfirmed');
  return [old.secret, fresh.secret];
}
