/**
 * Seconds since 1970 as RFC 3339, whole seconds in UTC: `2026-05-27T15:09:50Z`. The only form of a time in an image.
 * @param epochSeconds 0 to 2^33 − 1
 */
export function rfc3339(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().replace('.000Z', 'Z');
}
