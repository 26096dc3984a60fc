/** The beginning of a reply that tells what it is: `503 5.5.1`, `-ERR`, `a5 BAD`. */
export const codeOf = (reply: string): string =>
  /^\d{3}(?: \d\.\d+\.\d+)?|^[+-]\w+|^(?:NO|BAD)\b/.exec(reply)?.[0] ?? reply.slice(0, 12)
