import type { VendorSandbox } from '@keyturn/vendors/sandbox';
import type { DemoKeys } from './story';

/** Keys are told apart by their last 4 on the screen, so the story's keys differ in them. */
export const issueKeys = (sandbox: VendorSandbox): DemoKeys => {
  const first = sandbox.issueKey('anthropic');
  let fresh = sandbox.issueKey('anthropic');
  while (fresh.slice(-4) === first.slice(-4)) fresh = sandbox.issueKey('anthropic');
  let other = sandbox.issueKey('openai');
  while ([first, fresh].some((key) => key.slice(-4) === other.slice(-4))) other = sandbox.issueKey('openai');
  return { first, other, fresh };
};
