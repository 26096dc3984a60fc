import { use, useEffect, useRef, useSyncExternalStore } from 'react'
import { ladderText } from '../../messages/ladder'
import { useRunStore } from '../run/RunContext'
import { type ShownPart, ShownPartContext } from '../run/shownPart'
import styles from './bracket.module.css'

/**
 * The bracket under the timeline: the part of the run that the ladder shows. Dragging it scrolls the ladder. For the eye and the
 * mouse only, since the ladder itself is scrolled by keys and read as a table.
 */
export function Bracket() {
  const shown = use(ShownPartContext)
  const isShown = useSyncExternalStore(shown?.subscribe ?? never, () => shown?.get() !== undefined)
  return shown && isShown ? <Drawn shown={shown} /> : null
}

const never = (): (() => void) => () => {}

function Drawn({ shown }: { readonly shown: ShownPart }) {
  const run = useRunStore()
  const element = useRef<HTMLDivElement>(null)
  /** Where the bracket was taken hold of, as a share of the track, from its beginning. */
  const held = useRef(0)

  useEffect(() => {
    const place = (): void => {
      const part = shown.get()
      const { pace } = run.view()
      if (!part || pace.length === 0) return
      const [from, until] = [pace.playingAt(part.from) / pace.length, pace.playingAt(part.until) / pace.length]
      element.current?.style.setProperty('--from', from.toFixed(5))
      element.current?.style.setProperty('--until', until.toFixed(5))
    }
    place()
    const leave = [shown.subscribe(place), run.subscribe(place)]
    return () => {
      for (const each of leave) each()
    }
  }, [shown, run])

  const shareAt = ({ clientX }: React.PointerEvent): number => {
    const track = element.current?.parentElement?.getBoundingClientRect()
    return track ? (clientX - track.left) / track.width : 0
  }
  const begin = (event: React.PointerEvent<HTMLDivElement>): void => {
    const part = shown.get()
    const { pace } = run.view()
    if (!part) return
    event.currentTarget.setPointerCapture(event.pointerId)
    held.current = shareAt(event) - pace.playingAt(part.from) / pace.length
  }
  const drag = (event: React.PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { pace } = run.view()
    const to = Math.min(1, Math.max(0, shareAt(event) - held.current))
    shown.moveTo(pace.virtualAt(to * pace.length))
  }
  return (
    <div
      ref={element}
      className={styles.bracket}
      data-bracket=""
      aria-hidden="true"
      title={ladderText('bracketHint')}
      onPointerDown={begin}
      onPointerMove={drag}
    >
      <span>{ladderText('inLadder')}</span>
    </div>
  )
}
