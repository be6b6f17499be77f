import type { Mutation } from './mutation';

export const OPERATOR_PATH: ReadonlyArray<Mutation> = [
  {
    name: 'operator-uses-the-vault',
    removes: "the operator's package imports nothing of the customers'",
    check: 'operator-path',
    edits: [
      {
        file: 'packages/operator-credentials/src/operatorCredentials.ts',
        find: "import { credentialFromFile } from './fromFile';",
        replace: "import { credentialFromFile } from './fromFile'; import '../../vault/dist/secret';",
      },
    ],
  },
  {
    name: 'service-uses-the-operators',
    removes: "the customers' path loads nothing of the operator's",
    check: 'operator-path',
    edits: [
      {
        file: 'packages/service/src/keyturn.ts',
        find: "import { makeAddKey } from './addKey';",
        replace: "import { makeAddKey } from './addKey'; import '../../operator-credentials/dist/content';",
      },
    ],
  },
  {
    name: 'anything-is-sealed',
    removes: "the operator's credential does not compile where a customer's secret is wanted",
    check: 'operator-path',
    edits: [
      {
        file: 'packages/vault/src/vault.ts',
        find: 'readonly seal: (binding: KeyBinding, secret: Secret)',
        replace: "readonly seal: (binding: KeyBinding, secret: Pick<Secret, 'use'>)",
      },
    ],
  },
];
