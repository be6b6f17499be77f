import type { KeyForms } from './keyForms';

/** Texts that other programs put a key in place of. Each is the whole paste, or all that is left of it. */
const REFERENCES: ReadonlyArray<RegExp> = [
  /^\$\{[^{}]+\}$/,
  /^\$\([^()]+\)$/,
  /^\$[A-Za-z_]\w*$/,
  /^%[A-Za-z_]\w*%$/,
  /^\$?\{\{[^{}]+\}\}$/,
  /^<[A-Za-z]{1,14}(?:[-_ ][A-Za-z]{1,14})*>$/,
  /^\[[A-Za-z]{1,14}(?:[-_ ][A-Za-z]{1,14})*\]$/,
  /^(?:process\.env|import\.meta\.env|os\.environ|os\.getenv|deno\.env|system\.getenv|secrets|env)[.([]/i,
  /^(?:op|vault|secret|secrets|secretref|keyring|keychain|bws|doppler|infisical|awssm|gcpsm|akv|env|file):\/\//i,
  /^ref\+[a-z0-9]+:\/\//i,
  /^arn:aws[a-z-]*:(?:secretsmanager|ssm):/i,
  /^projects\/[^/\s]+\/secrets\//,
  /^[A-Z][A-Z0-9]*_(?:[A-Z0-9]+_)*(?:KEY|TOKEN|SECRET)$/,
];

/** Words of a text that says what is to be there. Random keys have them between `-` and `_` in one of millions. */
const WORD =
  /(?:^|[-_ ])(?:your|insert|replace|enter|paste|example|placeholder|redacted|changeme|here)(?=$|[-_ ])/i;

/** Whether a text only stands for a key: a name, a reference, or words. */
export const isPlaceholder = (text: string, { fits }: KeyForms): boolean =>
  REFERENCES.some((reference) => reference.test(text)) || (WORD.test(text) && fits(text) !== true);
