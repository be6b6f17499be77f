/** How far a rotation has come. */
export interface RotationProgress {
  readonly step: 'resealing' | 'renewing' | 'erasing';
  /** Workspaces; in the last step there is but one thing to do. */
  readonly done: number;
  readonly total: number;
}

/** What a rotation did. Counts are of this call: an earlier one, that was cut off, may have done more. */
export interface RotationReport {
  /** Opens the vault from now on: 16 hexadecimal digits that name the master key and tell nothing of it. */
  readonly masterKeyId: string;
  /** Opens it no more; backups of before need it. Null when nobody can say any more. */
  readonly replacedMasterKeyId: string | null;
  /** Took up a rotation that had been begun before. */
  readonly resumed: boolean;
  /** Every workspace has a new key. */
  readonly renewed: boolean;
  readonly workspaceKeysResealed: number;
  readonly workspaceKeysRenewed: number;
  readonly dataKeysResealed: number;
  /** Data keys that opened neither before nor after: orphans of a killed process, or altered rows. */
  readonly dataKeysUnopened: number;
  /** How it was seen to that nothing the old key had sealed is left in the vault's files. */
  readonly checks: ReadonlyArray<string>;
}
