/** Says a sentence to screen readers without moving focus. Texts come from the caller's catalogue. */
export function announce(text: string): void {
  const regions = document.querySelectorAll('dialog[open] [data-live-region], body [data-live-region]');
  const open = document.querySelectorAll('dialog[open] [data-live-region]');
  const region = open[open.length - 1] ?? regions[0];
  if (region === undefined) return;
  // The same sentence twice would not be read: empty the region first.
  region.textContent = '';
  setTimeout(() => {
    region.textContent = text;
  }, 60);
}
