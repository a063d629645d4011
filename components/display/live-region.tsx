/** Where announcements are put. One is in the root layout, one in each dialog (the rest is inert while it is open). */
export function LiveRegion() {
  return <div className="visually-hidden" role="status" aria-live="polite" data-live-region />;
}
