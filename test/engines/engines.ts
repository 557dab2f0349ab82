import type { Engine } from './engine.js';

export const chromiumEngine: Engine = {
  name: 'Chromium',
  variable: 'CHROMIUM_PATH',
  commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  aptPackage: 'chromium',
};

/** What `npm run setup:engines` makes available. */
export const engines: readonly Engine[] = [chromiumEngine];
