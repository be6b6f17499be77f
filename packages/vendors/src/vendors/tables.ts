import type { VendorTable } from '../vendorTable';
import { table as anthropic } from './anthropic/table';
import { table as awsBedrock } from './aws-bedrock/table';
import { table as azureOpenai } from './azure-openai/table';
import { table as cerebras } from './cerebras/table';
import { table as cohere } from './cohere/table';
import { table as deepseek } from './deepseek/table';
import { table as fireworks } from './fireworks/table';
import { table as googleGemini } from './google-gemini/table';
import { table as groq } from './groq/table';
import { table as mistral } from './mistral/table';
import { table as openai } from './openai/table';
import { table as openaiCompatible } from './openai-compatible/table';
import { table as openrouter } from './openrouter/table';
import { table as perplexity } from './perplexity/table';
import { table as together } from './together/table';
import { table as xai } from './xai/table';

/** The vendors whose keys can be test-called. Made of the folders beside this file by `pnpm vendors`. */
export const VENDOR_TABLES: ReadonlyArray<VendorTable> = [
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
