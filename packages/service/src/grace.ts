/** How old something has to be to count as left behind, in milliseconds, unless said otherwise. */
export const USUAL_GRACE_MS = 10 * 60_000;
