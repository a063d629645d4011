import { findBrowser } from './browser';

// Installs a Chromium where there is none, so that the end-to-end tests need not wait for it.
findBrowser();
