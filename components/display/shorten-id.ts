/** `0198c2…7f3a`: both ends of a long id, which is what people compare. Short ids stay whole. */
export function shortenId(id: string): string {
  return id.length > 14 ? `${id.slice(0, 6)}…${id.slice(-4)}` : id;
}
