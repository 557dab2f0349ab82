export type { Authorization, Authorize, Right } from './authorize.js';
export { type DashboardOptions, dashboard } from './dashboard.js';
