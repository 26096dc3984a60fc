/** How other panels put a command into the dialogue editor: the editor that is shown takes it. */
type Taker = (text: string) => void

let taker: Taker | undefined

export function takeOffers(take: Taker): () => void {
  taker = take
  return () => {
    if (taker === take) taker = undefined
  }
}

export function offerCommand(text: string): void {
  taker?.(text)
}
