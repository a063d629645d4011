import { z } from 'zod';
import type { Json } from './vendor';

/** Any JSON value, as it comes back from a database column. */
export const jsonSchema: z.ZodType<Json> = z.json();
