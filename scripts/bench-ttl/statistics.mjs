// What is told about numbers that were measured again and again.

/** The value below which the given part (0 to 1) of the numbers lies; between two neighbours in proportion. */
export function quantile(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const place = part * (sorted.length - 1);
  const below = Math.floor(place);
  const above = sorted[Math.min(below + 1, sorted.length - 1)];
  return sorted[below] + (above - sorted[below]) * (place - below);
}

export const median = (numbers) => quantile(numbers, 0.5);

/** How far numbers that should all be 1 are from it: the farther one of their quartiles. */
export const spreadAround1 = (numbers) =>
  Math.max(...[0.25, 0.75].map((part) => Math.abs(quantile(numbers, part) - 1)));

/** Prints a line: the median, the range, and the goal; with a limit also how many of the rounds went beyond it. */
export function tell(name, numbers, { digits = 3, unit = '', limit, goal = limit && `≤ ${limit}${unit}` } = {}) {
  const range = `${Math.min(...numbers).toFixed(digits)} to ${Math.max(...numbers).toFixed(digits)}`;
  const beyond = limit === undefined ? '' : `, missed in ${numbers.filter((number) => number > limit).length}`;
  const aim = goal === undefined ? '' : `; goal ${goal}${beyond}`;
  console.log(`${name}: ${median(numbers).toFixed(digits)}${unit}  (${numbers.length} rounds, ${range}${aim})`);
}
