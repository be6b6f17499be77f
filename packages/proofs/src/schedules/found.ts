import type { Turn } from './schedule';

/** Schedules that found a mistake once. */
export const found: ReadonlyArray<[ReadonlyArray<Turn>]> = [
  // A hard delete of unknown outcome had frozen its key's row; a run was pinned to the key meanwhile, the delete sent
  // again only retired it, and the row stayed frozen.
  [
    [
      {
        faults: [],
        steps: [
          { kind: 'add', service: 0, workspace: 0, vendor: 'anthropic' },
          { kind: 'add', service: 0, workspace: 1, vendor: 'anthropic' },
        ],
      },
      {
        faults: [
          { kind: 'cut-before-commit', after: 0 },
          { kind: 'cut-before-commit', after: 0 },
        ],
        steps: [{ service: 0, workspace: 0, kind: 'add', vendor: 'anthropic' }],
      },
      {
        faults: [{ kind: 'cut-before-commit', after: 0 }],
        steps: [{ service: 0, workspace: 0, kind: 'default', key: 0, successor: 0 }],
      },
      {
        faults: [{ kind: 'leader', node: 1 }],
        steps: [
          { service: 0, workspace: 1, kind: 'start', run: 0 },
          { service: 0, workspace: 0, kind: 'delete', key: 0, successor: 1 },
          { service: 0, workspace: 0, kind: 'start-with-secret', run: 0 },
        ],
      },
      { faults: [], steps: [{ service: 0, workspace: 0, kind: 'start', run: 0 }] },
      { faults: [], steps: [{ service: 0, workspace: 0, kind: 'default', key: 0, successor: 0 }] },
    ],
  ],
];
