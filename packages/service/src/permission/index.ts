/** May a query be answered? It loads nothing of the keyring, vault and vendors. */
export { permittedQuery, type QueryContext, type Reader } from '../permittedQuery';
