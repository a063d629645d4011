import 'server-only';
import path from 'node:path';

/** The clone's root. */
export const cloneRoot = path.resolve(import.meta.dirname, '../..');
/** What runs from this clone keep: never part of the project, removed to start afresh. */
export const dataFolder = path.join(cloneRoot, '.data');
/** Keys that the demo made for itself, once. */
export const demoEnvFile = path.join(dataFolder, 'demo.env');
/** Connections of the demo, written for the ports of its simulators. */
export const demoConnectionsFile = path.join(dataFolder, 'connections.json');
/** Says which process runs the demo. */
export const demoLockFile = path.join(dataFolder, 'demo.lock');
