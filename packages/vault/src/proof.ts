/**
 * How far a vault proves that what it shreds is gone. `erased`: no file of the vault, or of the server, has a byte of
 * it. `row`: no row has it any more. That is for a managed PostgreSQL server, which shows no files: there it may
 * remain, sealed, in files, logs and backups.
 */
export type Proof = 'erased' | 'row';
