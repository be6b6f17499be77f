import pico from 'picocolors';

/** Off when NO_COLOR is set or standard output is no terminal (https://no-color.org). */
const wanted =
  process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';

export const colours = pico.createColors(wanted);
