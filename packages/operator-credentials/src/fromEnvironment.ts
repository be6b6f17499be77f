import { credentialFrom } from './content';
import { OperatorCredentialFault } from './fault';
import type { OperatorCredential } from './operatorCredential';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Reads a credential from an environment variable. The environment's own copy is a string, which can't be wiped. */
export const credentialFromEnvironment = (vendor: string, variable: string): OperatorCredential => {
  if (!NAME.test(variable)) {
    // Not quoted: it may be the credential itself.
    throw new OperatorCredentialFault(
      'not-configured',
      vendor,
      `What is configured for ${vendor} is no name of an environment variable. ` +
        "Give the variable's name, not its value.",
    );
  }
  const value = process.env[variable];
  if (value === undefined || value === '') {
    throw new OperatorCredentialFault(
      'missing',
      vendor,
      `The environment variable ${variable} is not set: it is to hold the operator credential for ${vendor}.`,
    );
  }
  const bytes = Buffer.from(value, 'utf8');
  try {
    return credentialFrom(vendor, `The environment variable ${variable}`, bytes);
  } finally {
    bytes.fill(0);
  }
};
