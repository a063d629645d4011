import { getRequestConfig } from 'next-intl/server';
import { catalogue } from './catalogue';

/**
 * One language so far, no routing. Times are shown in the zone of the actor, which components take as a prop; what has
 * no zone of its own is read as UTC.
 */
export default getRequestConfig(async () => ({ locale: 'en', messages: catalogue, timeZone: 'UTC' }));
