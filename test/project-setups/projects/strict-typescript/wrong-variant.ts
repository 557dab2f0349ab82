import type { Request } from 'express';
import './src/flags.js';

export const answers = (req: Request): boolean[] => [req.gk.ff('GREETING', 'LUKEWARM'), req.gk.ff('banner', 'WINTER')];
