/** A row of a vault: a sealed secret, or a data key. */
export interface VaultRow {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly kind: 'sealed secret' | 'data key';
  readonly state: string;
  readonly sealed: Buffer;
}
