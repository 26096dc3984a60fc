import { createStore } from '../keeping/createStore'

/** Lets other panels put a command into the dialogue editor that is shown. */
type Taker = (text: string) => void

const shown = createStore<Taker | undefined>(undefined)

export function takeOffers(take: Taker): () => void {
  shown.set(take)
  return () => {
    if (shown.get() === take) shown.set(undefined)
  }
}

export function offerCommand(text: string): void {
  shown.get()?.(text)
}
