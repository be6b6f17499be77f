import { looksLikeSecret } from 'keyturn';
import type { CommanderError } from 'commander';
import { WordsError } from './command';
import { UsageError } from './problems';

const LONGEST_REPEATED = 32;
const NOT_REPEATED = '(not repeated here)';

/** A connection string in the wrong place may hold a password. */
const repeatable = (word: string): boolean =>
  word.length <= LONGEST_REPEATED && !word.includes('://') && !looksLikeSecret(word);

/** The words of an option that is not known may carry a key: `--key=sk-…`. Its name alone is repeated. */
const withoutSecrets = (message: string, words: ReadonlyArray<string>): string =>
  words.reduce((text, word) => {
    const name = word.startsWith('--') ? word.replace(/=.*$/s, '') : word;
    return text.replaceAll(word, repeatable(name) ? name : NOT_REPEATED);
  }, message);

/** What commander found wrong, as a sentence of ours, without what may be a secret. */
export const usageErrorOf = (
  thrown: CommanderError | WordsError,
  words: ReadonlyArray<string>,
): UsageError => {
  const [error, help] = thrown instanceof WordsError ? [thrown.found, thrown.help] : [thrown, null];
  if (error.code === 'commander.help') return new UsageError('Which command? See keyturn --help.');
  const message = withoutSecrets(error.message.replace(/^error: /, ''), words);
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}`
    .replace(/\n/g, ' ')
    .replace(/\.?$/, '.');
  return help === null ? new UsageError(`${sentence} See keyturn --help.`) : new UsageError(sentence, help);
};
