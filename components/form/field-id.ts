/** The id of a field's control: a lint line or a link with this hash jumps to it. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll('.', '-')}`;
}
