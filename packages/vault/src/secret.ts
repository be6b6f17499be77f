/** Placeholder face, replaced by the vault's own work. */
export class Secret {
  private constructor() {}
}
