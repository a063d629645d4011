import { runAttempts } from '../onboarding/run-attempts';

// A process of its own that runs the attempts named on its command line, so that a test can kill it in the middle.
// It says when it is up, and begins when it is told to.
process.once('message', () => {
  void runAttempts(process.argv.slice(2)).then(() => process.exit(0));
});
process.send?.('up');
