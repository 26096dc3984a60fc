import { ChevronDown, ChevronLeft, ChevronRight, ChevronUp } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { stageText } from '../../messages/stage'
import { LEAST, MOST, type Split, toShare } from './useSplit'

interface DividerProps {
  /** `row`: the parts stand side by side. `column`: one above the other. */
  readonly parts: 'row' | 'column'
  /** The names of the part before it and of the part after it. */
  readonly before: string
  readonly after: string
  readonly split: Split
}

const STEP = 0.04

/** The handle between two parts of the stage, for mouse, touch and arrow keys (WAI-ARIA window splitter), and buttons that fold either. */
export function Divider({ parts, before, after, split }: DividerProps) {
  const element = useRef<HTMLDivElement>(null)
  const [now, setNow] = useState(50)
  const isRow = parts === 'row'
  const folded = split.share === 0 ? 'before' : split.share === 1 ? 'after' : undefined

  const lengths = (): readonly [part: number, whole: number, start: number] => {
    const part = element.current?.previousElementSibling?.getBoundingClientRect()
    const whole = element.current?.parentElement?.getBoundingClientRect()
    if (!part || !whole) return [0, 1, 0]
    return isRow ? [part.width, whole.width, whole.left] : [part.height, whole.height, whole.top]
  }
  useEffect(() => {
    const before = element.current?.previousElementSibling
    if (!before) return undefined
    const measure = (): void => {
      const part = before.getBoundingClientRect()
      const whole = before.parentElement?.getBoundingClientRect()
      if (!whole) return
      const share = isRow ? part.width / whole.width : part.height / whole.height
      if (Number.isFinite(share)) setNow(Math.round(share * 100))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(before)
    return () => observer.disconnect()
  }, [isRow])

  const dragged = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const [, whole, start] = lengths()
    split.set(toShare(((isRow ? event.clientX : event.clientY) - start) / whole))
  }
  const pressed = (event: KeyboardEvent<HTMLDivElement>): void => {
    const [part, whole] = lengths()
    const share = part / whole
    if (event.key === 'Enter') {
      event.preventDefault()
      split.set(folded ? split.opened : 0)
      return
    }
    const to = {
      [isRow ? 'ArrowLeft' : 'ArrowUp']: toShare(share - STEP),
      [isRow ? 'ArrowRight' : 'ArrowDown']: toShare(share + STEP),
      Home: LEAST,
      End: MOST,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    split.set(to)
  }
  const [Back, On] = isRow ? [ChevronLeft, ChevronRight] : [ChevronUp, ChevronDown]
  const backName = stageText(folded === 'after' ? 'unfold' : 'fold', { part: folded === 'after' ? after : before })
  const onName = stageText(folded === 'before' ? 'unfold' : 'fold', { part: folded === 'before' ? before : after })

  return (
    <div ref={element} className="divider" data-parts={parts}>
      <div
        className="divider-handle"
        role="separator"
        tabIndex={0}
        aria-label={stageText('divider', { before, after })}
        aria-orientation={isRow ? 'vertical' : 'horizontal'}
        aria-valuenow={folded === 'before' ? 0 : folded === 'after' ? 100 : now}
        aria-valuemin={0}
        aria-valuemax={100}
        onPointerDown={(event) => {
          if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={dragged}
        onDoubleClick={split.reset}
        onKeyDown={pressed}
      />
      <span className="divider-folds">
        {folded !== 'before' && (
          <button
            type="button"
            aria-label={backName}
            title={backName}
            onClick={() => split.set(folded === 'after' ? split.opened : 0)}
          >
            <Back aria-hidden="true" />
          </button>
        )}
        {folded !== 'after' && (
          <button
            type="button"
            aria-label={onName}
            title={onName}
            onClick={() => split.set(folded === 'before' ? split.opened : 1)}
          >
            <On aria-hidden="true" />
          </button>
        )}
      </span>
    </div>
  )
}
