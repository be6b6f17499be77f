import type { NumberedStep } from '@keyturn/sqlite';

/** How a vault is stored. */
export interface VaultFormat {
  /** Names the vault. */
  readonly deploymentId: string;
  readonly format: number;
  /** What leads from there to the present format; nothing where that is it. */
  readonly steps: ReadonlyArray<NumberedStep>;
}

/** Called before a step is taken. */
export type OnStep = (step: NumberedStep) => void;
