const NAMES: ReadonlyMap<string, string> = new Map([
  ['anthropic', 'Anthropic'],
  ['openai', 'OpenAI'],
  ['google-gemini', 'Google Gemini'],
  ['mistral', 'Mistral'],
  ['groq', 'Groq'],
  ['xai', 'xAI'],
  ['openrouter', 'OpenRouter'],
  ['azure-openai', 'Azure OpenAI'],
  ['aws-bedrock', 'AWS Bedrock'],
]);

/** A vendor's name as people write it; its slug where none is known, as for a vendor that was given up. */
export const vendorName = (slug: string): string => NAMES.get(slug) ?? slug;
