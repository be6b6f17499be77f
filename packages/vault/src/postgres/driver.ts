/**
 * PostgreSQL's driver, loaded on first use. By `require`: a native `import()` in a CommonJS module is refused where
 * modules run in a context of their own, as under Jest.
 */
export const driver = (): typeof import('pg') => require('pg');
