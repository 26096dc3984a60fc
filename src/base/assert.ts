/** Throws with the broken expectation: for programmers' mistakes, never for what a peer or a learner sent. */
export function assert(condition: unknown, expectation: string): asserts condition {
  if (!condition) throw new Error(`Broken expectation: ${expectation}`)
}

/** Marks a branch that the types say cannot be reached. */
export function unreachable(value: never): never {
  throw new Error(`Broken expectation: unreachable case ${JSON.stringify(value)}`)
}
