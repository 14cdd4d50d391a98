const NAME = /^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;
const known = new Map<string, boolean>();

/**
 * Whether this is the name of an IANA time zone, `Europe/Berlin` or `UTC`, in its own spelling: JavaScript ignores case and takes
 * offsets such as `+02:00`, EventBridge Scheduler does not.
 */
export function isTimezone(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const answer = name.length <= 50 && NAME.test(name) && isKnown(name);
  known.set(name, answer);
  return answer;
}

function isKnown(name: string): boolean {
  try {
    const resolved = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    // An alias resolves to another name; only a difference in case alone is a misspelling.
    return resolved === name || resolved.toLowerCase() !== name.toLowerCase();
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
