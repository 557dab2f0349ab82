/** A part of the dashboard, as the top of each page shows it. */
interface Room {
  readonly title: string;
  /** Below the dashboard's first page. */
  readonly path: string;
  readonly current: boolean;
}

const ROOMS = [
  {
    title: 'Flags',
    path: '',
    pages: ['/', '/flag', '/create', '/preview', '/save', '/shut', '/kill', '/revive', '/delete', '/share'],
    ofStore: false,
  },
  { title: 'People', path: 'people', pages: ['/people', '/person'], ofStore: false },
  { title: 'History', path: 'history', pages: ['/history', '/undo', '/then'], ofStore: true },
  { title: 'Environments', path: 'environments', pages: ['/environments', '/promote'], ofStore: true },
];

/** @param stores whether there is a store: without one nothing is written down */
export function roomsFor(path: string, stores: boolean): Room[] {
  return ROOMS.filter(({ ofStore }) => stores || !ofStore).map(({ title, path: leads, pages }) => ({
    title,
    path: leads,
    current: pages.includes(path),
  }));
}
