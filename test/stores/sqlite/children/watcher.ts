import { sqliteStore } from '../../../../src/stores/sqlite/index.js';

// Watches, and has nothing else to do.
sqliteStore(process.argv[2] ?? '').watch('default', () => undefined);
process.stdout.write('watching\n');
