import { memoryStore } from 'express-gatekeeper/stores/memory';
import { storeContract } from 'express-gatekeeper/testing';
import { describe, it } from 'vitest';

storeContract('the store in memory', () => memoryStore(), { describe, it });
