import { randomBytes } from 'node:crypto';

// What env() needs besides a database, so that a test file states only what it is about.
process.env.NEXTAUTH_SECRET ??= randomBytes(32).toString('base64url');
process.env.NEXTAUTH_URL ??= 'http://localhost:3000';
process.env.QUAYSIDE_SECRET_KEYS ??= `1:${randomBytes(32).toString('base64')}`;
process.env.QUAYSIDE_SANDBOX ??= '1';
process.env.LOG_LEVEL ??= 'silent';
// Nobody answers there: a file that needs a database asks testDatabase() for one.
process.env.DATABASE_URL ??= 'postgresql://nobody@127.0.0.1:1/none';
