/** History alone. It loads nothing of vault and vendors. */
export { makeHistorian, type Historian, type HistorianOptions } from '../historian';
