import type { KeyAddition } from 'keyturn';
import { command } from '../command';
import { optional, required, text, toggle, underCaseFlag, workspaceFlag } from '../input/flags';
import { parseInstant } from '../input/instants';
import { readPastedKey } from '../input/pastedKey';
import type { Session } from '../session';
import { brokenDefaultHints, brokenDefaultJson } from './brokenDefaults';
import { keyJson, keyLine } from './keyWords';
import { meantWords } from './nameWords';
import { validationHints, validationJson } from './validationWords';

const LABEL = '--label <text>';
const VENDOR = '--vendor <vendor>';
const ENDPOINT = '--endpoint <address>';
const REGION = '--region <region>';
const MODEL = '--model <model>';
const EXPIRES = '--expires <time>';

/**
 * Looked up without the vault, which would check every seal first; where lists can't be read, none is told. The key is
 * on file by then: nobody waits until the lists know of it.
 */
const nearestOf = async (session: Session, workspace: string): Promise<string | null> => {
  try {
    const { workspaces } = await session.reader();
    return await workspaces.nearest(session.asReaderOfAll(), workspace, { asTheyStand: true });
  } catch {
    return null;
  }
};

export const keysAdd = command({
  details: [
    'The key is read from standard input, or from a hidden prompt on a terminal; one line end behind it is',
    'no part of it. The first key of a workspace is its Default at once. A key that the test call does not',
    'accept is on file all the same, and says so; no run gets it. --expires is shown and due, and refuses nothing.',
  ],
  operands: {},
  flags: {
    workspace: workspaceFlag,
    vendor: required(VENDOR, 'whose key it is, such as anthropic', text(VENDOR)),
    label: optional(LABEL, 'a name of your own for it, up to 64 characters', text(LABEL)),
    expires: optional(EXPIRES, 'when it is to be replaced (RFC 3339, or a date: its end, UTC)', (given) =>
      parseInstant('--expires', String(given), 'end'),
    ),
    clean: toggle(
      '--clean',
      'take off what surrounds the key (white space, quotes, NAME=), instead of refusing it',
    ),
    vendorIsCertain: toggle(
      '--vendor-is-certain',
      "it is this vendor's, though it looks like somebody else's",
    ),
    keyIsCertain: toggle('--key-is-certain', 'it is the key as it is, whatever printable characters it has'),
    endpoint: optional(ENDPOINT, 'for vendors whose keys belong to an endpoint', text(ENDPOINT)),
    region: optional(REGION, 'for vendors whose keys belong to a region', text(REGION)),
    model: optional(MODEL, 'for vendors whose keys come with a model, or deployment', text(MODEL)),
    case: underCaseFlag,
  },
  examples: [
    'keyturn keys add --workspace acme --vendor anthropic --label prod-1',
    'pass show anthropic/prod-2 | keyturn keys add --workspace acme --vendor anthropic',
  ],
  noMoreBecause:
    'A key is never taken from the command line: other users of this machine can read it there, ' +
    'and the shell may keep it. ' +
    'If that was a key, replace it, and paste the new one when asked, or on standard input',
  run: async (session, given) => {
    const {
      workspace,
      vendor,
      label,
      expires,
      clean,
      vendorIsCertain,
      keyIsCertain,
      endpoint,
      region,
      model,
      case: caseId,
    } = given;
    const keyturn = await session.keyturn({ asksNext: true });
    const context = session.context(workspace, caseId);
    const pasted = await readPastedKey(vendor, session.io);
    session.io.doneAsking?.();
    const adding = (): Promise<KeyAddition> =>
      keyturn.keys.add(context, {
        vendor,
        pasted,
        clean,
        vendorIsCertain,
        keyIsCertain,
        ...(label === undefined ? {} : { label }),
        ...(expires === undefined ? {} : { expiresAt: expires }),
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(region === undefined ? {} : { region }),
        ...(model === undefined ? {} : { model }),
      });
    const { key, becameDefault, newWorkspace, validation, formatWarning, brokenDefaults, keyringRevision } =
      await session.showing('Test-calling the vendor', adding).finally(() => {
        if (typeof pasted !== 'string') pasted.fill(0);
      });
    const facts = keyturn.vendors.get(key.vendor);
    const nearest = newWorkspace ? await nearestOf(session, workspace) : null;
    return {
      json: {
        key: keyJson(key),
        becameDefault,
        newWorkspace,
        validation: validationJson(validation),
        formatWarning,
        brokenDefaults: brokenDefaults.map(brokenDefaultJson),
        keyringRevision,
      },
      lines: [
        key.display,
        keyLine(key),
        ...(validation === null ? [] : [validation.sentence]),
        ...(newWorkspace
          ? [`${workspace} is a new workspace: no event named it before.${meantWords(nearest)}`]
          : []),
        ...(becameDefault ? ['It is the first key on file, so it is the Default.'] : []),
      ],
      hints: [
        ...(formatWarning === null ? [] : [formatWarning]),
        ...validationHints(workspace, key, facts, validation, session.settings.contacts),
        ...brokenDefaultHints(workspace, brokenDefaults),
      ],
    };
  },
});
