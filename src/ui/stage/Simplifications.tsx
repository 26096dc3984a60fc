import { useEffect, useRef } from 'react'
import { stageText } from '../../messages/stage'
import { typographic } from '../../view/run/names'
import type { Simplification } from '../../world/scenario'
import { useRunStore } from '../run/RunContext'
import { Standard } from '../shell/Standard'
import './simplifications.css'

interface SimplificationsProps {
  readonly lesson: readonly Simplification[]
  onClose(): void
}

/** The simplifications of this scene, each with the behaviour of real servers. */
export default function Simplifications({ lesson, onClose }: SimplificationsProps) {
  const { simplifies, title } = useRunStore().scenario
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog ref={dialog} className="dialog simplified" aria-label={stageText('simplified')} onClose={onClose}>
      <h2>{stageText('simplifiedIn', { world: typographic(title) })}</h2>
      <List all={simplifies} />
      {lesson.length > 0 && (
        <>
          <h3>{stageText('simplifiedInLesson')}</h3>
          <List all={lesson} />
        </>
      )}
      <form method="dialog">
        <button className="button quiet">{stageText('close')}</button>
      </form>
    </dialog>
  )
}

function List({ all }: { readonly all: readonly Simplification[] }) {
  return (
    <dl>
      {all.map(({ here, instead, standard }) => (
        <div key={here}>
          <dt>{typographic(here)}</dt>
          {instead !== undefined && (
            <dd>
              {stageText('really', { instead: typographic(instead) })}{' '}
              {standard !== undefined && (
                <span className="simplified-standard">
                  <Standard place={standard} />
                </span>
              )}
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
