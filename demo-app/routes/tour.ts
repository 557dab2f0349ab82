import { relative } from 'node:path';
import { Router } from 'express';
import type { RequestGatekeeper } from 'express-gatekeeper';
import { commandFor, FLAGS_FILE, type ShopFlags } from '../flag-store.js';
import { classStops } from '../tour/class-stops.js';
import { dataStops } from '../tour/data-stops.js';
import { classSource, dataSource, storeContent } from '../tour/sources.js';

const classes = classStops.map((stop) => ({ ...stop, source: classSource(stop.file) }));

export function tour(shopFlags: ShopFlags): Router {
  const router = Router();
  const { store, environment, url } = shopFlags;
  const command = url === undefined ? undefined : commandFor(url, environment);
  const flagsFile = relative(process.cwd(), FLAGS_FILE);

  router.get('/tour', async (req, res) => {
    const content = await storeContent(shopFlags);
    res.render('tour', {
      classes: classes.map((stop) => ({ ...stop, ...verdict(req.gk, stop.flag) })),
      data: dataStops.map((stop) => ({
        ...stop,
        ...verdict(req.gk, stop.flag),
        source: dataSource(content, stop.shows),
        command: command?.(stop.change),
      })),
      storeName: store.name,
      isFile: url?.startsWith('file:'),
      flagsFile,
      command,
    });
  });

  router.get('/trouble', () => {
    throw new Error('The ink was knocked over, on purpose: this address shows the error page.');
  });

  return router;
}

/** What this visitor gets, and why: the rules that passed them by, then what decided. */
function verdict(gk: RequestGatekeeper, flag: Parameters<RequestGatekeeper['explain']>[0]) {
  const { variant, steps, text } = gk.explain(flag);
  const missed = steps.filter(({ rule, decided }) => rule !== undefined && !decided);
  return { variant, why: [...missed.map((step) => step.text), text].join(' ') };
}
