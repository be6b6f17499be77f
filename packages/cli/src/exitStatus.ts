/** What `keyturn` ends with. With `--exec` the command's own status is passed on: see `exec/childStatus.ts`. */
export const EXIT_DONE = 0;
/** A rule says no: nothing is broken, and the sentence says what to do. */
export const EXIT_REFUSED = 1;
/** The command line itself is not one that `keyturn` takes. */
export const EXIT_USAGE = 2;
/** Something is broken, or not set up. */
export const EXIT_FAULT = 3;
/** Of `keys due --exit-code`: a key is due. */
export const EXIT_DUE = 1;
