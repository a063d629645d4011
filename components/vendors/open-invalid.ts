/** Opens the collapsed parts in which a field is marked as wrong: a fault must not hide. */
export function openInvalid(root: Element | null): void {
  // The marks appear with the next drawing.
  requestAnimationFrame(() => {
    for (const details of root?.querySelectorAll('details') ?? []) {
      if (details.querySelector('[aria-invalid="true"]') !== null) details.open = true;
    }
  });
}
