import type { KnownSecret } from './sightings';

/** A service that is no vendor here, and how its secrets begin. */
const service = (
  owner: string,
  beginnings: ReadonlyArray<string>,
  pattern: string | null = null,
): KnownSecret => ({
  owner,
  isVendor: false,
  beginnings,
  adminBeginnings: [],
  mark: null,
  pattern,
});

/**
 * Secrets that people have at hand and paste by mistake: no vendor is to see them. By what the services document, or
 * what their secrets are recognised by in public repositories; kept by hand, and never complete.
 */
export const OTHER_SERVICES: ReadonlyArray<KnownSecret> = [
  service('1Password', ['ops_eyJ']),
  service('AWS', ['AKIA', 'ASIA'], '^(AKIA|ASIA)[A-Z2-7]{16}$'),
  service('Atlassian', ['ATATT3x', 'ATCTT3x']),
  service('Buildkite', ['bkua_']),
  service('Databricks', ['dapi'], '^dapi[0-9a-f]{32}(-[0-9])?$'),
  service('DigitalOcean', ['dop_v1_', 'doo_v1_', 'dor_v1_']),
  service('Docker Hub', ['dckr_pat_', 'dckr_oat_']),
  service('Doppler', ['dp.pt.', 'dp.st.', 'dp.ct.']),
  service('E2B', ['e2b_'], '^e2b_[0-9a-f]{40}$'),
  service('Figma', ['figd_']),
  service(
    'GitHub',
    ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    '^(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})$',
  ),
  service('GitLab', ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-', 'glsoat-']),
  service('Google OAuth', ['ya29.', 'GOCSPX-']),
  service('Grafana', ['glsa_', 'glc_eyJ']),
  service('HashiCorp Vault', ['hvs.', 'hvb.']),
  service('Helicone', ['sk-helicone-', 'pk-helicone-']),
  service('Heroku', ['HRKU-']),
  service('Hugging Face', ['hf_'], '^hf_[A-Za-z0-9]{34}$'),
  service('Jina', ['jina_']),
  service('LangSmith', ['lsv2_']),
  service('Langfuse', ['sk-lf-', 'pk-lf-']),
  service('Linear', ['lin_api_', 'lin_oauth_']),
  service('NVIDIA', ['nvapi-']),
  service('Netlify', ['nfp_'], '^nfp_[A-Za-z0-9]{36}$'),
  service('New Relic', ['NRAK-']),
  service('Notion', ['ntn_'], '^ntn_[A-Za-z0-9]{46}$'),
  service('PEM', ['-----BEGIN ']),
  service('Pinecone', ['pcsk_']),
  service('PostHog', ['phx_', 'phc_'], '^ph[xc]_[A-Za-z0-9]{43}$'),
  service('Postman', ['PMAK-']),
  service('PyPI', ['pypi-AgE']),
  service('Replicate', ['r8_'], '^r8_[A-Za-z0-9]{37}$'),
  service('RubyGems', ['rubygems_']),
  service('SendGrid', ['SG.']),
  service('Sentry', ['sntrys_', 'sntryu_']),
  service('Shopify', ['shpat_', 'shpca_', 'shppa_', 'shpss_']),
  service('Slack', ['xoxb-', 'xoxp-', 'xoxa-', 'xoxe-', 'xoxe.', 'xoxs-', 'xoxr-', 'xapp-']),
  service('Stripe', ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_']),
  service('Supabase', ['sbp_', 'sb_secret_'], '^sbp_[0-9a-f]{40}$'),
  service('Tavily', ['tvly-']),
  service('Vercel', ['vck_'], '^vck_[A-Za-z0-9]{56}$'),
  service('Weights & Biases', ['wandb_v1_']),
  service('age', ['AGE-SECRET-KEY-1']),
  service('npm', ['npm_'], '^npm_[A-Za-z0-9]{36}$'),
];
