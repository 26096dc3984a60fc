/** News between the windows of this browser: stored data have changed. */
export interface WindowNews {
  /** Calls back with the key that another window has changed. Returns the function that ends it. */
  listen(heard: (key: string) => void): () => void
  tell(key: string): void
}

/** News between the windows that show this page. If the browser has no channel, no news arrives. */
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
/** The one channel of this window. It does not receive its own news. */
export function news(): WindowNews {
  known ??= windowNews('ehlo-world')
  return known
}
