/** Made of the tables of vendors by `pnpm vendors`: read models stand below them. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['anthropic', 'Anthropic'],
  ['aws-bedrock', 'AWS Bedrock'],
  ['azure-openai', 'Azure OpenAI'],
  ['cerebras', 'Cerebras'],
  ['cohere', 'Cohere'],
  ['deepseek', 'DeepSeek'],
  ['fireworks', 'Fireworks AI'],
  ['google-gemini', 'Google Gemini'],
  ['groq', 'Groq'],
  ['mistral', 'Mistral'],
  ['openai', 'OpenAI'],
  ['openai-compatible', 'OpenAI-compatible'],
  ['openrouter', 'OpenRouter'],
  ['perplexity', 'Perplexity'],
  ['together', 'Together AI'],
  ['xai', 'xAI'],
]);

/** A vendor's name as people write it; its slug where none is known, as for a vendor that was given up. */
export const vendorName = (slug: string): string => NAMES.get(slug) ?? slug;
