import type { VendorSandbox } from '@keyturn/vendors/sandbox';
import { ADA, CASE, GRACE, memberAt, VENDOR } from './cast';
import { promised, promisedOutput, type Stage, type Telling, type Typed } from './stage';

/** What a story is played with. */
export interface Play {
  readonly stage: Stage;
  readonly sandbox: VendorSandbox;
}

/** Who needs what in a workspace. */
export interface Given {
  readonly workspace: string;
  readonly secret: string;
  readonly label: string;
}

/** A case of the workspace. */
export const under = (workspace: string): ReadonlyArray<string> => [
  ...['--workspace', workspace],
  ...['--case', CASE],
];

const credentialOf = (sandbox: VendorSandbox): Pick<Typed, 'pasted' | 'shownAs'> => ({
  pasted: sandbox.issueAdminCredential(VENDOR),
  shownAs: 'an admin credential',
});

/** The id of the newest key of a workspace that ends so. */
const keyIdOf = async ({ stage }: Play, workspace: string, secret: string): Promise<string> => {
  const listed = await stage.ask(['leak', 'find', '--workspace', workspace, '--last4', secret.slice(-4)]);
  return String(memberAt(listed, 'keys', 0, 'keyId'));
};

/** Adds a key, and gives its id. */
export async function* adds(
  play: Play,
  { workspace, secret, label }: Given,
  more: ReadonlyArray<string> = [],
): Telling<string> {
  const words = ['keys', 'add', '--workspace', workspace, '--vendor', VENDOR, '--label', label, ...more];
  const added = yield* play.stage.type(words, { as: ADA, pasted: secret });
  promisedOutput(added, 0, `…${secret.slice(-4)}`, 'accepted the key');
  return keyIdOf(play, workspace, secret);
}

/** "Confirm the new key is valid and set as Default." */
export async function* succeeds(play: Play, given: Given): Telling<string> {
  const keyId = yield* adds(play, given, ['--case', CASE]);
  const moved = yield* play.stage.type(['keys', 'set-default', keyId, ...under(given.workspace)], {
    as: ADA,
  });
  promisedOutput(moved, 0, `…${given.secret.slice(-4)} · Default`);
  return keyId;
}

/** Whoever asks for such a credential by mail may be a thief, so that nobody of support may have one. */
export async function* credentialIsRefused(
  { stage, sandbox }: Play,
  workspace: string,
  keyId: string,
): Telling {
  const words = ['leak', 'revoke', keyId, ...under(workspace), '--admin-api'];
  const refused = yield* stage.type(words, { as: GRACE, ...credentialOf(sandbox) });
  promisedOutput(refused, 1, 'admin-credential-from-support');
}

/** The customer has the vendor revoke the key, looks at what it lists, and says yes. */
export async function* revokesAtVendor(
  { stage, sandbox }: Play,
  workspace: string,
  keyId: string,
  ...texts: ReadonlyArray<string>
): Telling {
  const words = ['leak', 'revoke', keyId, ...under(workspace), '--admin-api'];
  const revoked = yield* stage.type(words, { as: ADA, saysYes: true, ...credentialOf(sandbox) });
  promisedOutput(revoked, 0, 'It is dead', ...texts);
}

/** "Hard-delete the old key from our vault." */
export async function* hardDeletes(
  { stage }: Play,
  { workspace, secret, label }: Given,
  keyId: string,
  ...texts: ReadonlyArray<string>
): Telling {
  const words = ['keys', 'hard-delete', keyId, ...under(workspace), '--yes'];
  const deleted = yield* stage.type(words, { as: GRACE });
  promisedOutput(deleted, 0, 'is destroyed in the vault: confirmed', ...texts);
  const back = ['keys', 'add', '--workspace', workspace, '--vendor', VENDOR, '--label', label];
  const again = yield* stage.type(back, { as: ADA, pasted: secret });
  promisedOutput(again, 1, 'fingerprint-leaked');
}

/** How the case stands, and that nothing of it is left. */
export async function* isClosed({ stage }: Play, outcome: string): Telling {
  const words = ['leak', 'status', '--case', CASE];
  const status = yield* stage.type(words, { as: GRACE });
  promisedOutput(status, 0, outcome);
  const document = await stage.ask(words, { as: GRACE });
  promised('the case is closed', memberAt(document, 'closed') === true);
}
