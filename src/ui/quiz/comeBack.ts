/** The page from which a moment was looked at: the way back from it. Without one it is the question's own page. */
let from: string | undefined

export function comeBackTo(path: string): void {
  from = path
}

export const cameFrom = (): string | undefined => from
