import type { Mutation } from './mutation';

export const CANARIES: ReadonlyArray<Mutation> = [
  {
    name: 'secret-prints-itself',
    removes: 'a secret that is inspected shows its last four characters alone',
    check: 'canaries',
    edits: [
      {
        file: 'packages/vault/src/secret.ts',
        find: `  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.#masked;`,
        replace: `  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.#bytes.toString('latin1');`,
      },
    ],
  },
  {
    name: 'vendor-answers-unsearched',
    removes: "an id in a vendor's answer that has a part of the key is dropped",
    check: 'canaries',
    edits: [
      {
        file: 'packages/vendors/src/judge.ts',
        find: ' && !sharesBytes(id, secret)',
        replace: '',
      },
    ],
  },
  {
    name: 'texts-unsearched',
    removes: 'a label, an id or an endpoint that has a part of the key is refused',
    check: 'canaries',
    edits: [
      {
        file: 'packages/service/src/addKeyCommand.ts',
        find: 'text !== null && sharesSecret(secret, text)',
        replace: 'text !== null && sharesSecret(secret, text) && text.length === 0',
      },
    ],
  },
];
