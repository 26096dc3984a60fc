import type { Instant } from '../../base/time'
import type { Intervention } from '../../world/intervention'
import type { Watched } from '../run/liveRun'
import { readIntervention, readNow, readWatched } from './told'

export interface StreamEvents {
  /** A run from its beginning; what was told before is over. */
  run(watched: Watched): void
  intervention(intervention: Intervention): void
  /** What time it is there. */
  now(now: Instant): void
  state(state: StreamState): void
}

/** `ended`: it said that it ends; it may be served anew. `closed`: nobody answers there, or too many watch already. */
export type StreamState = 'connecting' | 'open' | 'ended' | 'lost' | 'closed' | 'tooLate' | 'unreadable'

/** Where the events are, seen from the page. */
const EVENTS = 'watch/events'
const AGAIN_AFTER = 3000

/** Listens to a served world until the function that it gives back is called. A connection that is lost is tried again. */
export function listen(events: StreamEvents): () => void {
  let source: EventSource | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let opened = false
  let ended = false
  const end = (state: StreamState): void => {
    source?.close()
    events.state(state)
  }
  const connect = (): void => {
    const made = new EventSource(EVENTS)
    source = made
    const on = <T>(name: string, read: (text: string) => T, take: (told: T) => void): void => {
      made.addEventListener(name, ({ data }: MessageEvent<string>) => {
        try {
          take(read(data))
        } catch {
          end('unreadable')
        }
      })
    }
    on('run', readWatched, (watched) => {
      if (!watched.complete) return end('tooLate')
      opened = true
      ended = false
      events.run(watched)
      return events.state('open')
    })
    on('intervention', readIntervention, (intervention) => events.intervention(intervention))
    on('now', readNow, events.now)
    made.addEventListener('ended', () => {
      ended = true
      events.state('ended')
    })
    made.onerror = () => {
      if (!ended) events.state(opened ? 'lost' : made.readyState === EventSource.CLOSED ? 'closed' : 'connecting')
      // The browser tries again by itself, but not where it was sent away.
      if (made.readyState === EventSource.CLOSED) again = setTimeout(connect, AGAIN_AFTER)
    }
  }
  connect()
  return () => {
    clearTimeout(again)
    source?.close()
  }
}
