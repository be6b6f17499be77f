export { keyturnHandler } from './keyturnHandler';
export type { HandlerOptions, Identity, Limits, Permission, StepUpAct, ToldFault } from './options';
export { openApiDocument } from './openapi/document';
export type { BrandProperties, BrandProperty, Branding } from './pages/frame/branding';
