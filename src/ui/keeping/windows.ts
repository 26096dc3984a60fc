/** What the windows of this browser tell each other: that something kept has changed. */
export interface WindowNews {
  /** Calls back with the key of what another window has changed. Returns the function that ends it. */
  listen(heard: (key: string) => void): () => void
  tell(key: string): void
}

/** News between the windows that show this page. Where the browser has no channel, nothing is heard. */
export function windowNews(name: string): WindowNews {
  if (typeof BroadcastChannel === 'undefined') return { listen: () => () => {}, tell: () => {} }
  const channel = new BroadcastChannel(name)
  return {
    listen: (heard) => {
      const take = ({ data }: MessageEvent<unknown>): void => {
        if (typeof data === 'string') heard(data)
      }
      channel.addEventListener('message', take)
      return () => channel.removeEventListener('message', take)
    },
    tell: (key) => channel.postMessage(key),
  }
}

let known: WindowNews | undefined
/** The one channel of this window: what it tells it does not hear itself. */
export function news(): WindowNews {
  known ??= windowNews('ehlo-world')
  return known
}
