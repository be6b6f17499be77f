import type { Route } from '../api/route';
import { auditRoutes } from './audit';
import { deploymentRoutes } from './deployment';
import { keyRoutes } from './keys';
import { runRoutes } from './runs';
import { supportRoutes } from './support';
import { workspaceRoutes } from './workspaces';

/** Every route there is: the handler and the OpenAPI document are made of this table. */
export const ROUTES: ReadonlyArray<Route> = [
  ...keyRoutes,
  ...runRoutes,
  ...auditRoutes,
  ...supportRoutes,
  ...workspaceRoutes,
  ...deploymentRoutes,
];
