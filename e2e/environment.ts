import { z } from 'zod';

const environmentSchema = z.object({
  /** The portal. */
  baseUrl: z.string(),
  /** The vendors, by key: where they answer. */
  simulators: z.record(z.string(), z.object({ baseUrl: z.string(), tokenUrl: z.string().nullable() })),
  /** Connection strings of the portal's database. */
  database: z.object({ servingUrl: z.string(), migrationUrl: z.string(), superUrl: z.string() }),
  /** What portal and simulators write. */
  logFiles: z.array(z.string()),
});

/** What an end-to-end test meets. */
export type Environment = z.infer<typeof environmentSchema>;

/** Where portal, simulators and database of this run are; throws outside a run. */
export function environment(): Environment {
  return environmentSchema.parse(JSON.parse(process.env.QUAYSIDE_E2E ?? 'null'));
}
