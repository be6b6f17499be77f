/** What reads alone. It loads nothing of vault and vendors. */
export { makeHistorian, type Historian, type HistorianOptions } from '../historian';
export { permittedQuery, type QueryContext, type Reader } from '../permittedQuery';
