import { Router } from 'express';
import type { RequestGatekeeper } from 'express-gatekeeper';
import { classStops } from '../tour/class-stops.js';
import { dataStops } from '../tour/data-stops.js';
import { classSource, dataSource } from '../tour/sources.js';

const classes = classStops.map((stop) => ({ ...stop, source: classSource(stop.file) }));

export function tour(flagsFile: string): Router {
  const router = Router();

  router.get('/tour', (req, res) => {
    res.render('tour', {
      classes: classes.map((stop) => ({ ...stop, ...verdict(req.gk, stop.flag) })),
      data: dataStops.map((stop) => ({
        ...stop,
        ...verdict(req.gk, stop.flag),
        source: dataSource(flagsFile, stop.shows),
      })),
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
