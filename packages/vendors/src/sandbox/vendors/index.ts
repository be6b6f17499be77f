import type { SandboxVendor } from '../sandboxVendor';
import { anthropic } from './anthropic';
import { openai } from './openai';

/** The vendors that the sandbox answers as, told apart by the path of the call. */
export const SANDBOX_VENDORS: ReadonlyArray<SandboxVendor> = [anthropic, openai];
