import { useEffect } from 'react'
import { isForField } from '../dom/isForField'
import { useRunStore } from '../run/RunContext'

/** Space, arrows, Home and End move in time, unless the focus is in a field. */
export function useStageKeys(): void {
  const run = useRunStore()
  useEffect(() => {
    const { actions } = run
    const doing: Readonly<Record<string, () => void>> = {
      ' ': () => (run.get().playing ? actions.pause() : actions.play()),
      ArrowRight: actions.stepForward,
      ArrowLeft: actions.stepBack,
      Home: actions.goToStart,
      End: actions.goToEnd,
    }
    const pressed = (event: KeyboardEvent) => {
      const act = doing[event.key]
      if (!act || isForField(event) || document.querySelector('dialog[open]')) return
      // The space bar presses a focused button instead.
      if (
        event.key === ' ' &&
        event.target instanceof Element &&
        event.target.closest('button, a, summary, [role=button]')
      )
        return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [run])
}
