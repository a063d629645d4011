import './matrix-next';
import { testDatabase } from './database';
import { describeMatrix } from './matrix-suite';

// S34 as well: nothing here passes through proxy.ts.
await describeMatrix({
  title: 'S30, S31, S6: each door opens for whom the tables say, and shows nothing of other branches',
  database: await testDatabase(),
  exact: true,
});
