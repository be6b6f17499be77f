import type { SandboxVendor } from '../sandbox/sandboxVendor';
import { sandbox as anthropic } from './anthropic/sandbox';
import { sandbox as awsBedrock } from './aws-bedrock/sandbox';
import { sandbox as azureOpenai } from './azure-openai/sandbox';
import { sandbox as cerebras } from './cerebras/sandbox';
import { sandbox as cohere } from './cohere/sandbox';
import { sandbox as deepseek } from './deepseek/sandbox';
import { sandbox as fireworks } from './fireworks/sandbox';
import { sandbox as googleGemini } from './google-gemini/sandbox';
import { sandbox as groq } from './groq/sandbox';
import { sandbox as mistral } from './mistral/sandbox';
import { sandbox as openai } from './openai/sandbox';
import { sandbox as openaiCompatible } from './openai-compatible/sandbox';
import { sandbox as openrouter } from './openrouter/sandbox';
import { sandbox as perplexity } from './perplexity/sandbox';
import { sandbox as together } from './together/sandbox';
import { sandbox as xai } from './xai/sandbox';

/** The vendors that the sandbox answers as. Made of the folders beside this file by `pnpm vendors`. */
export const SANDBOX_VENDORS: ReadonlyArray<SandboxVendor> = [
  anthropic,
  awsBedrock,
  azureOpenai,
  cerebras,
  cohere,
  deepseek,
  fireworks,
  googleGemini,
  groq,
  mistral,
  openai,
  openaiCompatible,
  openrouter,
  perplexity,
  together,
  xai,
];
