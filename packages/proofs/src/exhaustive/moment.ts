/** The search's one moment: commands come at it, test calls begin at it, and every lease is over long after it. */
export const NOW = Date.UTC(2026, 10, 23, 7, 0, 0);

/** How long the refusals that show a key dead go on at least; one kill check comes so much later. */
export const FIVE_MINUTES = 300_000;
