import { z } from 'zod';
import { attemptStates, operations } from './attempt';

/** State and operation of an attempt as they come back from the database. */
export const attemptStateSchema = z.enum(attemptStates);
export const operationSchema = z.enum(operations);
