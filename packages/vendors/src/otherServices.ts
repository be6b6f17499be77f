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
 * Secrets that people have at hand and paste by mistake: no vendor is to see them. Where their forms are from stands
 * above each group, or behind a line. The list is kept by hand, and never complete.
 */
export const OTHER_SERVICES: ReadonlyArray<KnownSecret> = [
  // Rules of github.com/gitleaks/gitleaks, config/gitleaks.toml.
  service('1Password', ['ops_eyJ']),
  service('AWS', ['AKIA', 'ASIA'], '^(AKIA|ASIA)[A-Z2-7]{16}$'),
  service('Atlassian', ['ATATT3x']),
  service('Databricks', ['dapi'], '^dapi[0-9a-f]{32}(-[0-9])?$'),
  service('DigitalOcean', ['dop_v1_', 'doo_v1_', 'dor_v1_']),
  service(
    'GitHub',
    ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    '^(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})$',
  ),
  service('GitLab', ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-', 'glsoat-']),
  service('Grafana', ['glsa_', 'glc_eyJ']),
  service('HashiCorp Vault', ['hvs.', 'hvb.']),
  service('Heroku', ['HRKU-']),
  service('Hugging Face', ['hf_'], '^hf_[A-Za-z0-9]{34}$'),
  service('Linear', ['lin_api_']),
  service('New Relic', ['NRAK-']),
  service('Notion', ['ntn_'], '^ntn_[A-Za-z0-9]{46}$'),
  service('PEM', ['-----BEGIN ']),
  service('Postman', ['PMAK-']),
  service('PyPI', ['pypi-AgE']),
  service('RubyGems', ['rubygems_']),
  service('Sentry', ['sntrys_', 'sntryu_']),
  service('Shopify', ['shpat_', 'shpca_', 'shppa_', 'shpss_']),
  service('Slack', ['xoxb-', 'xoxp-', 'xoxa-', 'xoxe-', 'xoxe.', 'xoxs-', 'xoxr-', 'xapp-']),
  service('Stripe', ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_']),
  service('age', ['AGE-SECRET-KEY-1']),
  service('npm', ['npm_'], '^npm_[A-Za-z0-9]{36}$'),

  // Detectors of github.com/trufflesecurity/trufflehog, pkg/detectors.
  service('Atlassian', ['ATCTT3x']),
  service('Buildkite', ['bkua_']),
  service('Docker Hub', ['dckr_pat_', 'dckr_oat_']),
  service('Google OAuth', ['ya29.']),
  service('LangSmith', ['lsv2_']),
  service('Langfuse', ['sk-lf-', 'pk-lf-']),
  service('NVIDIA', ['nvapi-']),
  service('Netlify', ['nfp_'], '^nfp_[A-Za-z0-9]{36}$'),
  service('Pinecone', ['pcsk_']),
  service('PostHog', ['phx_'], '^phx_[A-Za-z0-9]{43}$'),
  service('Replicate', ['r8_'], '^r8_[A-Za-z0-9]{37}$'),
  service('SendGrid', ['SG.']),
  service('Supabase', ['sbp_'], '^sbp_[0-9a-f]{40}$'),

  // Rules of github.com/mongodb/kingfisher, data/rules.
  service('Doppler', ['dp.pt.', 'dp.st.', 'dp.ct.']),
  service('Figma', ['figd_']),
  service('Google OAuth', ['GOCSPX-']),

  // Pages and packages, each named behind its line.
  service('E2B', ['e2b_'], '^e2b_[0-9a-f]{40}$'), // https://pypi.org/project/e2b: the beginning alone
  service('Jina', ['jina_']), // np.jina.1 of github.com/praetorian-inc/noseyparker
  service('Stripe', ['whsec_']), // https://github.com/stripe/stripe-node, README.md
  service('Supabase', ['sb_secret_']), // https://supabase.com/docs/guides/api/api-keys
  service('Tavily', ['tvly-']), // https://docs.tavily.com/api-reference/introduction

  // Unsourced: seen in public repositories alone.
  service('Helicone', ['sk-helicone-', 'pk-helicone-']),
  service('Linear', ['lin_oauth_']),
  service('PostHog', ['phc_'], '^phc_[A-Za-z0-9]{43}$'),
  service('Vercel', ['vck_'], '^vck_[A-Za-z0-9]{56}$'),
  service('Weights & Biases', ['wandb_v1_']),
];
