import type { Instant } from '../../base/time'
import type { Intervention } from '../../world/intervention'
import type { Watched } from '../run/liveRun'
import { readIntervention, readNow, readWatched } from './told'

export interface StreamEvents {
  /** A new run from its beginning. It replaces the earlier one. */
  run(watched: Watched): void
  intervention(intervention: Intervention): void
  /** The present instant of the served world. */
  now(now: Instant): void
  state(state: StreamState): void
}

/**
 * `ended`: the server has said that the run ends; it may be served again. `closed`: no server answers, or it has too many
 * watchers already.
 */
export type StreamState = 'connecting' | 'open' | 'ended' | 'lost' | 'closed' | 'tooLate' | 'unreadable'

/** The URL of the events, relative to the page. */
const EVENTS = 'watch/events'
const AGAIN_AFTER = 3000

/** Listens to a served world until the returned function is called. A lost connection is tried again. */
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
      // The browser tries again by itself, but not after an HTTP refusal.
      if (made.readyState === EventSource.CLOSED) again = setTimeout(connect, AGAIN_AFTER)
    }
  }
  connect()
  return () => {
    clearTimeout(again)
    source?.close()
  }
}
