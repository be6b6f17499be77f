import type { RotationReport } from './report';

/** What this call has come to. */
export interface Run {
  /** It has begun a rotation, or taken one up that does what was asked for. */
  readonly own: boolean;
  readonly resumed: boolean;
  readonly startedOver: boolean;
  /** Of the master key that this call re-sealed from; null when it came later. */
  readonly marks: { readonly masterKeyId: Buffer; readonly marks: ReadonlyArray<Buffer> } | null;
  readonly report: Omit<RotationReport, 'masterKeyId' | 'resumed'>;
}

/** One that has done nothing yet. */
export const FRESH: Run = {
  own: false,
  resumed: false,
  startedOver: false,
  marks: null,
  report: {
    replacedMasterKeyId: null,
    renewed: false,
    workspaceKeysResealed: 0,
    workspaceKeysRenewed: 0,
    dataKeysResealed: 0,
    dataKeysUnopened: 0,
    checks: [],
  },
};
