/** `image goes back from :v2 (set by v12, not in git) to :v1`. */
export function renderUndone(path: string, release: number, ran: string, next: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const [from, to] = name.split('.')[0] === 'image' ? shortened(ran.trim(), next.trim()) : linesThatDiffer(ran, next);
  return `${name} goes back from ${from} (set by v${release}, not in git) to ${to}`;
}

/** Of two references to the same repository only what differs. */
function shortened(before: string, after: string): [string, string] {
  const cutAt = Math.max(before.lastIndexOf(':'), 0);
  const same = cutAt > 0 && after.slice(0, cutAt) === before.slice(0, cutAt) && /^[:@]/.test(after.slice(cutAt));
  return same ? [before.slice(cutAt), after.slice(cutAt)] : [before, after === '' ? 'none' : after];
}

function linesThatDiffer(before: string, after: string): [string, string] {
  const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  const [a, b] = [lines(before), lines(after)];
  const words = (mine: string[], other: string[]) => {
    const own = mine.filter((line) => !other.includes(line)).map((line) => `\`${line.trim()}\``);
    return own.length === 0 ? 'nothing' : own.join(', ');
  };
  return [words(a, b), words(b, a)];
}
